"""Damages rows of a written delivery at random places and makes the manifest agree again."""

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

KINDS = ("broken", "repeated", "differing", "deleted", "orphaned", "unreadable", "empty")
"""What can happen to a row; see `damage`."""
NOBODY = "999999999999"


class Damage(NamedTuple):
    """One damaged row: the file's ending, which row (counted round and round), and a kind of KINDS."""

    part: str
    row: int
    kind: str


def damage(folder: Path, damages: Sequence[Damage]) -> dict[str, int]:
    """Does `damages` to a delivery of text and CSV files; file name to the rows it has now."""
    manifest = tomllib.loads((folder / "delivery.toml").read_text("utf-8"))
    for part in sorted({damage.part for damage in damages}):
        (path,) = folder.glob(f"*_{part}")
        path.write_bytes(damaged(path.read_bytes(), [each for each in damages if each.part == part]))
    for file in manifest["file"]:
        content = (folder / file["name"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != file["sha256"]:
            file |= {
                "rows": content.count(b"\r\n") - 1,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
    (folder / "delivery.toml").write_text(written(manifest), encoding="utf-8")
    return {file["name"]: file["rows"] for file in manifest["file"]}


def damaged(content: bytes, damages: Sequence[Damage]) -> bytes:
    """The file with its rows damaged. No cell of the samples holds a line break."""
    header, *rows = content.split(b"\r\n")[:-1]
    separator = b"|" if b"|" in header else b";"
    for each in damages:
        if rows:
            place = each.row % len(rows)
            rows[place : place + 1] = bad_rows(rows[place], header, separator, each.kind)
    return b"\r\n".join([header, *rows, b""])


def bad_rows(row: bytes, header: bytes, separator: bytes, kind: str) -> list[bytes]:
    """What becomes of one row."""
    words, cells = header.split(separator), row.split(separator)
    match kind:
        case "broken":
            return [row + separator]
        case "repeated":
            return [row, row]
        case "differing":
            return [row, separator.join([*cells[:-1], b"X"])]
        case "deleted" if b"SOFT_DELETED" in words:
            cells[words.index(b"SOFT_DELETED")] = b"1"
            return [separator.join(cells)]
        case "orphaned":
            return [separator.join([cells[0], NOBODY.encode(), *cells[2:]])]
        case "unreadable":
            return [separator.join([*cells[:2], b"\x00", *cells[3:]])]
        case "empty":
            return [separator.join([cells[0], *(b"" for _ in cells[1:])])]
        case _:
            return [row]


def written(manifest: dict[str, Any]) -> str:
    """A manifest as TOML, without control totals: they are counted on rows that are damaged now."""
    lines = [f'{name} = "{value}"' for name, value in manifest.items() if name != "file"]
    for file in manifest["file"]:
        lines += ["", "[[file]]"]
        lines += [
            f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
            for name, value in file.items()
            if name not in ("totals", "rows_by_part")
        ]
        if parts := file.get("rows_by_part"):
            lines.append("rows_by_part = { " + ", ".join(f'"{n}" = {v}' for n, v in parts.items()) + " }")
    return "\n".join(lines) + "\n"
