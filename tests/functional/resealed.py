"""Makes the manifest of a written delivery agree with files that were changed."""

import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

BREAK = b"\r\n"
NAMESPACE = "{http://www.justice.gsi.gov.uk/SPG/}"


def reseal(folder: Path, name: str, content: bytes) -> None:
    """Write a file and make the manifest agree with it in size and hash."""
    (folder / name).write_bytes(content)
    manifest = folder / "delivery.toml"
    head, mark, tail = manifest.read_text("utf-8").partition(f'name = "{name}"')
    assert mark
    tail = re.sub(r"bytes = \d+", f"bytes = {len(content)}", tail, count=1)
    tail = re.sub(r'sha256 = "\w+"', f'sha256 = "{hashlib.sha256(content).hexdigest()}"', tail, count=1)
    manifest.write_text(head + mark + tail, encoding="utf-8")


def sign(folder: Path) -> dict[str, int]:
    """States anew what each changed text file and interchange holds; file name to the rows it has now."""
    manifest = tomllib.loads((folder / "delivery.toml").read_text("utf-8"))
    for file in manifest["file"]:
        content = (folder / file["name"]).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest == file["sha256"]:
            continue
        file |= {"rows": content.count(BREAK) - 1, "bytes": len(content), "sha256": digest}
        if file["export"] == "spg":
            records = Counter(etree.QName(node[1]).localname for node in messages(etree.fromstring(content)))
            file |= {"rows": records.total(), "rows_by_part": dict(records)}
    (folder / "delivery.toml").write_text(written(manifest), encoding="utf-8")
    return {file["name"]: file["rows"] for file in manifest["file"]}


def messages(root: etree._Element) -> list[etree._Element]:
    """The messages of an interchange."""
    return list(root.iter(f"{NAMESPACE}SPGMessage"))


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
