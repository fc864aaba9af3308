"""Changes values of a written baseline and makes its manifest agree again."""

from collections.abc import Callable
from pathlib import Path

from left_out import rows_of_file
from resealed import sign

Row = dict[str, str]


def change(folder: Path, table: str, edit: Callable[[list[Row]], None]) -> Path:
    """`edit` the rows of a table of the baseline in `folder`; gives the file."""
    (path,) = folder.glob(f"*_delius_{table}.txt")
    rows = rows_of_file(path)
    header = "|".join(rows[0])
    edit(rows)
    text = "\r\n".join([header, *("|".join(row.values()) for row in rows), ""])
    path.write_bytes(text.encode("cp1252"))
    sign(folder)
    return path
