"""A delivery to damage: a copy of a clean one whose files and manifest can be changed and signed again."""

import hashlib
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.receive import Receipt, receive


class Copy:
    """A company's folder in a temporary place, with its manifest as a dictionary."""

    def __init__(self, folder: Path, company: str) -> None:
        self.folder = folder
        self.company = company
        self.manifest: dict[str, Any] = tomllib.loads((folder / "delivery.toml").read_text(encoding="utf-8"))

    def entry(self, name: str) -> dict[str, Any]:
        """The manifest's entry of a file."""
        return next(file for file in self.manifest["file"] if file["name"] == name)

    def change(self, name: str, edit: Callable[[bytes], bytes], **stated: Any) -> None:
        """Edits a file and signs it again, with other statements if given."""
        path = self.folder / name
        path.write_bytes(edit(path.read_bytes()))
        self.sign(name, **stated)

    def sign(self, name: str, **stated: Any) -> None:
        """States the file's true size and checksum, and whatever else is given."""
        content = (self.folder / name).read_bytes()
        self.entry(name).update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), **stated)
        self.save()

    def save(self) -> None:
        """Writes the manifest."""
        (self.folder / "delivery.toml").write_text(toml_of(self.manifest), encoding="utf-8")

    def receive(self, *previous: str, out: Path | None = None) -> Receipt:
        """What receive says of it; its text frames go to `out`."""
        return receive(self.folder, self.company, "day-1", previous, out)

    def rules(self, *previous: str) -> list[tuple[str, str]]:
        """(rule, file) of every finding of receive."""
        return self.receive(*previous).findings.select("rule", "source_file").rows()


def toml_of(manifest: dict[str, Any]) -> str:
    """The manifest as TOML; JSON spells its plain values alike."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in manifest.items() if key != "file"]
    for entry in manifest.get("file", []):
        lines.append("[[file]]")
        for key, value in entry.items():
            inline = (
                ", ".join(f"{json.dumps(name)} = {number}" for name, number in value.items())
                if isinstance(value, dict)
                else ""
            )
            lines.append(
                f"{key} = {{{inline}}}" if isinstance(value, dict) else f"{key} = {json.dumps(value)}"
            )
    return "\n".join(lines) + "\n"
