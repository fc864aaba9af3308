"""What stands in a delivered row, found by its row number alone, with the csv module, openpyxl and lxml."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree
from openpyxl import load_workbook


def cells_of_row(path: Path, source_row: str) -> list[str]:
    """The cells of the row, as text; of a message, the texts of its elements."""
    return _READERS[path.suffix](path)[source_row]


@cache
def _text(path: Path) -> dict[str, list[str]]:
    lines = path.read_bytes().decode("cp1252").split("\r\n")
    return {str(number): line.split("|") for number, line in enumerate(lines, 1)}


@cache
def _records(path: Path) -> dict[str, list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    separator = ";" if text.split("\r\n")[0].count(";") > text.split("\r\n")[0].count(",") else ","
    return {
        str(number): record
        for number, record in enumerate(csv.reader(text.splitlines(True), delimiter=separator), 1)
    }


@cache
def _sheets(path: Path) -> dict[str, list[str]]:
    return {
        f"{sheet.title}!{number}": ["" if cell is None else str(cell) for cell in row]
        for sheet in load_workbook(path).worksheets
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
    }


@cache
def _messages(path: Path) -> dict[str, list[str]]:
    messages = etree.parse(path).getroot().iter("{*}SPGMessage")
    return {
        message.findtext("{*}SPGMessageHeader/{*}MessageReferenceNumber"): list(message.itertext())
        for message in messages
    }


@cache
def _lines(path: Path) -> dict[str, list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return {str(number): list(_told(json.loads(line))) for number, line in enumerate(lines, 1)}


def _told(value: object) -> Iterator[str]:
    """Every text and number of a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _told(one)
    elif value is not None:
        yield str(value)


_READERS = {".jsonl": _lines, ".txt": _text, ".csv": _records, ".xlsx": _sheets, ".xml": _messages}
