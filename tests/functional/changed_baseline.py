"""Changes values of a written baseline and makes its manifest agree again."""

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

from damaged_rows import written

Row = dict[str, str]


def change(folder: Path, table: str, edit: Callable[[list[Row]], None]) -> Path:
    """`edit` the rows of a table of the baseline in `folder`; gives the file."""
    (path,) = folder.glob(f"*_delius_{table}.txt")
    header, *lines = path.read_bytes().decode("cp1252").split("\r\n")[:-1]
    names = header.split("|")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in lines]
    edit(rows)
    text = "\r\n".join([header, *("|".join(row.values()) for row in rows), ""])
    path.write_bytes(text.encode("cp1252"))
    manifest = tomllib.loads((folder / "delivery.toml").read_text("utf-8"))
    for file in manifest["file"]:
        if file["name"] == path.name:
            content = path.read_bytes()
            file |= {"rows": len(rows), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "delivery.toml").write_text(written(manifest), encoding="utf-8")
    return path
