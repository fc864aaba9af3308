"""The clean files that are damaged: drawn by `samples`, and read here by nobody's reader but the plainest.

Text is split, CSV goes through the csv module, JSON and XML through the standard library, workbooks through
openpyxl.
"""

import csv
import datetime as dt
import io
import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl

from samples.make import make
from tests.hostile.pair import Cells, Clean

CYCLE, PEOPLE = "day-1", 14
SPG = "{http://www.justice.gsi.gov.uk/SPG/}"

FILES = {
    "text": ("C06", "C06_delius_UPW_APPOINTMENT.txt"),
    "persons": ("C06", "C06_delius_OFFENDER.txt"),
    "csv": ("C17", "C17_upw_sessions.csv"),
    "csv cp1252": ("C12", "C12_upw_placements.csv"),
    "csv semicolon": ("C03", "C03_upw_sessions.csv"),
    "csv mark": ("C17", "C17_programmes_rar.csv"),
    "documents": ("C17", "C17_documents.csv"),
    "jsonl": ("C06", "C06_eoc.jsonl"),
    "xml": ("C17", "C17_spg_001.xml"),
    "staff": ("C06", "C06_staff.xlsx"),
    "upw": ("C06", "C06_upw.xlsx"),
    "estates": ("C17", "C17_estates.xlsx"),
}
"""A word of ours to the company and the file."""


def clean_files(out: Path) -> dict[str, Clean]:
    """The files of FILES, drawn below `out`."""
    make(out, companies=sorted({company for company, _ in FILES.values()}), people=PEOPLE)
    return {word: _clean(out / CYCLE / company, name, company) for word, (company, name) in FILES.items()}


def _clean(folder: Path, name: str, company: str) -> Clean:
    manifest = tomllib.loads((folder / "delivery.toml").read_text("utf-8"), parse_float=Decimal)
    (entry,) = [file for file in manifest["file"] if file["name"] == name]
    content = (folder / name).read_bytes()
    rows = READ[Path(name).suffix](content, entry["encoding"])
    counted = sum(map(len, rows.values()))
    assert counted == entry["rows"], f"{name}: {counted} rows read plainly, {entry['rows']} stated"
    return Clean(name, company, content, {**manifest, "file": [entry]}, rows)


Rows = dict[str, dict[int, Cells]]
"""Part, "" where a file has one, to row number to cells."""


def _text(content: bytes, encoding: str) -> Rows:
    header, *lines = [line.split("|") for line in content.decode(encoding).split("\r\n")[:-1]]
    return {"": {number: dict(zip(header, line, strict=True)) for number, line in enumerate(lines, 2)}}


def _csv(content: bytes, encoding: str) -> Rows:
    text = content.decode(encoding)
    delimiter = max(",;", key=text.partition("\n")[0].count)
    header, *records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return {"": {number: dict(zip(header, cells, strict=True)) for number, cells in enumerate(records, 2)}}


def _jsonl(content: bytes, encoding: str) -> Rows:
    lines = content.decode(encoding).splitlines()
    return {"": {number: members(json.loads(line, parse_float=str)) for number, line in enumerate(lines, 1)}}


def members(found: dict[str, Any]) -> dict[str, str | None]:
    """Path of each member to its text; of a list of objects the texts of one member as JSON."""
    cells: dict[str, str | None] = {}
    for name, value in found.items():
        if not isinstance(value, list):
            cells[name] = _json_text(value)
            continue
        for member in dict.fromkeys(member for item in value for member in item):
            texts = [_json_text(item.get(member)) for item in value]
            cells[f"{name}[].{member}"] = json.dumps(texts, ensure_ascii=False)
    return cells


def _json_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _xml(content: bytes, _encoding: str) -> Rows:
    messages = ElementTree.fromstring(content).iter(f"{SPG}SPGMessage")
    return {"": {number: dict(_message(message)) for number, message in enumerate(messages, 1)}}


def _message(message: ElementTree.Element) -> Iterator[tuple[str, str]]:
    header, record, _ = message
    for branch in (header, record):
        yield from _leaves(branch, branch.tag.removeprefix(SPG))


def _leaves(element: ElementTree.Element, path: str) -> Iterator[tuple[str, str]]:
    for child in element:
        below = f"{path}/{child.tag.removeprefix(SPG)}"
        if len(child):
            yield from _leaves(child, below)
        else:
            yield below, child.text or ""


def _workbook(content: bytes, _encoding: str) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found: Rows = {}
    for sheet in book:
        header, *rows = [[_cell(cell) for cell in row] for row in sheet.values]
        names = [str(name) for name in header]
        found[sheet.title] = {
            number: dict(zip(names, cells, strict=True)) for number, cells in enumerate(rows, 2)
        }
    return found


def _cell(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time(0) else str(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)


READ = {".txt": _text, ".csv": _csv, ".jsonl": _jsonl, ".xml": _xml, ".xlsx": _workbook}
