"""A clean file, the same file damaged, and what must become of each row: drawn by who damaged it.

On disk a pair is a folder `<id>/` with `clean/` and `damaged/`, each a delivery of one file with its
manifest, and `expected.json`. Nothing here asks the readers what they think of it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

RIGHT, ASIDE, EITHER, NOTHING = "right", "aside", "either", "nothing"
"""Of a row: it is loaded as drawn; it is set aside; one of the two; it holds nothing of anybody (a blank
line) and may not be loaded as somebody's row."""

Cells = Mapping[str, str | Sequence[str | None] | None]
"""Header of a column to its text, None for blank; several texts where each of them is true."""


@dataclass(frozen=True)
class Row:
    """A row of the damaged file. `warned`: the rules that must say something of it."""

    fate: str
    cells: Cells = field(default_factory=dict)
    warned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clean:
    """A file as it was drawn, and what stands in it: part to row number to cells."""

    name: str
    company: str
    content: bytes
    manifest: Mapping[str, Any]
    rows: Mapping[str, Mapping[int, Cells]]

    @property
    def entry(self) -> Mapping[str, Any]:
        """What the manifest says of the file."""
        found: Mapping[str, Any] = self.manifest["file"][0]
        return found


@dataclass(frozen=True)
class Pair:
    """One damage. `refused`: the rules of which one must refuse the file; `may_refuse`: they may as well not.

    `manifest`: the damaged manifest where that is what is damaged, else it is signed anew with the clean
    counts.
    """

    id: str
    clean: Clean
    damaged: bytes
    rows: Mapping[str, Mapping[int, Row]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    may_refuse: bool = False
    manifest: bytes | None = None

    def allowing(self, *rules: str) -> "Pair":
        """The same, where a refusal by one of `rules` is as good."""
        return replace(self, refused=rules, may_refuse=True)


def as_drawn(clean: Clean) -> dict[str, dict[int, Row]]:
    """Every row is as it was drawn."""
    return {
        part: {number: Row(RIGHT, cells) for number, cells in rows.items()}
        for part, rows in clean.rows.items()
    }


def refusal(name: str, clean: Clean, damaged: bytes, *rules: str) -> Pair:
    """A damage for which the whole file must be refused by one of `rules`."""
    return Pair(name, clean, damaged, refused=rules)


def write_pair(pair: Pair, folder: Path) -> None:
    """Writes the pair as `folder`/<id>/."""
    place = folder / pair.id
    clean = pair.clean
    _write(place / "clean", clean.name, clean.content, _signed(clean, clean.content))
    manifest = _signed(clean, pair.damaged) if pair.manifest is None else pair.manifest
    _write(place / "damaged", clean.name, pair.damaged, manifest)
    expected = {
        "company": clean.company,
        "cycle": clean.manifest["cycle"],
        "file": clean.name,
        "refused": pair.refused,
        "may_refuse": pair.may_refuse,
        "rows": {
            part: {str(number): vars(row) for number, row in rows.items()} for part, rows in pair.rows.items()
        },
    }
    (place / "expected.json").write_text(json.dumps(expected, indent=1), encoding="utf-8")


def _write(folder: Path, name: str, content: bytes, manifest: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    (folder / "delivery.toml").write_bytes(manifest)


def _signed(clean: Clean, content: bytes) -> bytes:
    signed = {**clean.entry, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return manifest_text({**clean.manifest, "file": [signed]}).encode()


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """The manifest as TOML; JSON spells its plain values alike."""
    lines = [f"{key} = {_toml(value)}" for key, value in manifest.items() if key != "file"]
    for entry in manifest["file"]:
        lines += ["", "[[file]]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(name)} = {one}" for name, one in value.items()) + " }"
    return json.dumps(value) if isinstance(value, str) else str(value)
