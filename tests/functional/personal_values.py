"""What is personal in deliveries and what stands in every byte of their copies: read with the standard
library alone, by the names that columns have in the files."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from pathlib import Path

PERSONAL = re.compile(
    r"(?i)surname|last name|forename|first_?name|second_?name|crn$|noms|pnc|cro_?num|ni_?number|identifier$"
    r"|mobile|street|address_number|house|town|^notes?$|^comments$|restriction_message|^summary$|^objective$"
    r"|^measure$|^action$|user_?name|distinguished|updateuser|casereference|local_?(record|event)?ref"
    r"|person_(ref|id)|prisoner_number|employee_no|assessor|_ID$|[a-z]ID$|alfresco|sha256|officer|supervisor"
    r"|worker|author|beneficiary|interchange no"
)
"""Words in headers, elements and members that hold what is somebody's."""

NOBODYS = re.compile(r"[A-Z]\d\d[A-Z0-9]{3}U|[A-Z]\d\dP\d{3}|Unallocated|Staff|#N/A|Sample|0+")
"""Officers who stand for nobody, how samples name them, and those whose codes are codes of projects, too; an
error; a checksum of nothing."""

SHORTEST = 4
BOOK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def personal_values(folder: Path) -> set[str]:
    """Every personal value of the deliveries below `folder` that has more than three characters."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "delivery.toml"]
    found = {
        value.strip()
        for path in files
        for name, value in _values(path)
        if isinstance(value, str) and PERSONAL.search(name or "")
    }
    return {value for value in found if len(value) >= SHORTEST and not NOBODYS.fullmatch(value)}


def text_of(path: Path) -> str:
    """Everything that stands in a file; of a workbook, in each of its parts."""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode("cp1252" if path.suffix == ".txt" else "utf-8", "replace")


def _values(path: Path) -> Iterator[tuple[str | None, object]]:
    readers = {".txt": _lines, ".csv": _records, ".jsonl": _members, ".xml": _elements, ".xlsx": _cells}
    return readers[path.suffix](path) if path.suffix in readers else iter(())


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    head, *rows = (line.split("|") for line in path.read_bytes().decode("cp1252", "replace").split("\r\n"))
    return (
        (name, value) for row in rows if len(row) == len(head) for name, value in zip(head, row, strict=True)
    )


def _records(path: Path) -> Iterator[tuple[str, str]]:
    content = path.read_bytes()
    text = content.decode("utf-8-sig", "replace")
    if "\ufffd" in text:
        text = content.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    head, *rows = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    return (
        (name, value) for row in rows if len(row) == len(head) for name, value in zip(head, row, strict=True)
    )


def _members(path: Path) -> Iterator[tuple[str, object]]:
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        for name, value in found.items():
            yield name, value
            for item in value if isinstance(value, list) else ():
                yield from item.items()


def _elements(path: Path) -> Iterator[tuple[str, str | None]]:
    return ((element.tag.split("}")[1], element.text) for element in ElementTree.parse(path).iter())


def _cells(path: Path) -> Iterator[tuple[str | None, str]]:
    with zipfile.ZipFile(path) as archive:
        for part in (name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")):
            head: dict[str, str] = {}
            for row in ElementTree.fromstring(archive.read(part)).iter(f"{BOOK}row"):
                cells = {
                    re.sub(r"\d", "", str(cell.get("r"))): "".join(cell.itertext())
                    for cell in row.iter(f"{BOOK}c")
                }
                if not head and len(cells) > 1:
                    head = cells
                else:
                    yield from ((head.get(column), value) for column, value in cells.items())
