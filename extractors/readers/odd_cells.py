"""Looks at the cells of a sheet one by one, where the fast reader does not tell what they are or reads them
otherwise.

A formula's stored result is its value (T09), an error value its own text; nothing is ever computed, and a
formula
without a stored result is its own text, so that nobody takes it for a blank. A cell that says of itself what
cannot be,
and merged cells, of which one is filled and the others are blank whatever was meant, set their row aside
(T01).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractors.readers.sheet_survey import Survey, column_number

Place = tuple[int, int]
"""Row, from 1, and column, from 0 for the first filled one, as the fast reader counts them."""

ERRORS = re.compile(r"#[A-Z0-9/_]+[!?]?")
"""What a cell that failed shows."""

KNOWN_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")
"""What the fast reader knows; of another it refuses the workbook."""

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
EXACT, LARGEST_DAY = 1e15, 2_958_465
"""Above the first a number of a spreadsheet has digits that nobody wrote; the second is 31 December 9999."""

MERGED = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


@dataclass
class OddCells:
    """Of one sheet: `shown` are the texts that stand for what the fast reader gives; `formulas` are all
    formulas.

    `bad`: rows to set aside. `unusable`: names of cells at which the fast reader would give up.
    """

    shown: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    bad: set[int] = field(default_factory=set)
    unusable: set[str] = field(default_factory=set)


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    targets = {
        link.get("Id"): str(link.get("Target"))
        for link in _root(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    for sheet in _root(archive, "xl/workbook.xml").iter("{*}sheet"):
        # A sheet without a link is KeyError below, as one whose link leads nowhere.
        link = next((value for name, value in sheet.items() if etree.QName(name).localname == "id"), None)
        target = targets[str(link)].removeprefix("/")
        yield str(sheet.get("name")), target if target.startswith("xl/") else f"xl/{target}"


def _root(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)


def odd_cells(archive: zipfile.ZipFile, part: str, surveyed: Survey) -> OddCells:
    """The odd cells of the sheet `part`."""
    found, first = OddCells(bad=set(surveyed.contradicted)), None
    texts = _shared_texts(archive)
    merged: list[str] = []
    with archive.open(part) as sheet:
        for row, column, cell in _cells(sheet, merged):
            formula, value = cell.find("{*}f"), cell.findtext("{*}v")
            if formula is None and value is None and cell.find("{*}is") is None:
                continue
            first = column if first is None else min(first, column)
            if formula is not None:
                found.formulas.add((row, column))
            _judge(cell, (row, column), formula, value, texts, found)
    for name in merged:
        if places := MERGED.fullmatch(name):
            found.bad.update(range(int(places[2]), min(int(places[4]), surveyed.rows) + 1))
    return _counted_from(found, first or 0)


def _judge(
    cell: etree._Element,
    place: Place,
    formula: etree._Element | None,
    value: str | None,
    texts: int,
    found: OddCells,
) -> None:
    """Notes what the fast reader does not tell of a cell that is filled."""
    kind = cell.get("t", "n")
    name = cell.get("r", "")
    if kind == "e":
        if not value or not ERRORS.fullmatch(value):
            found.bad.add(place[0])
        found.shown[place] = value or ""
        if value not in KNOWN_ERRORS:
            found.unusable.add(name)
    elif formula is not None and not value and kind != "str":
        found.shown[place] = f"={formula.text or ''}"
    elif kind == "n":
        _judge_number(value or "", place, name, found)
    elif kind == "s":
        if not (value or "").isdecimal() or int((value or "")[:18]) >= texts:
            found.bad.add(place[0])
            found.unusable.add(name)
    elif kind == "inlineStr" and cell.find("{*}is") is None:
        found.shown[place] = value or ""
    elif kind not in ("str", "inlineStr", "b", "d"):
        found.bad.add(place[0])
        found.unusable.add(name)


def _judge_number(value: str, place: Place, name: str, found: OddCells) -> None:
    if not NUMBER.fullmatch(value) or abs(float(value)) == float("inf"):
        found.bad.add(place[0])
        found.unusable.add(name)
    elif abs(float(value)) >= EXACT:
        found.shown[place] = value
    elif abs(float(value)) > LARGEST_DAY:
        found.shown[place] = value if "." in value or "e" in value.lower() else value.lstrip("+")


def _shared_texts(archive: zipfile.ZipFile) -> int:
    """How many texts the workbook keeps apart from its sheets."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return 0
    with archive.open("xl/sharedStrings.xml") as content:
        entries = etree.iterparse(
            content, events=("end",), tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False
        )
        count = 0
        for _, entry in entries:
            count += 1
            entry.clear()
    return count


def _cells(sheet: object, merged: list[str]) -> Iterator[tuple[int, int, etree._Element]]:
    """Row, from 1, column, from 0, and element of every cell; a place that is not stated follows the last.
    Ranges of merged cells are added to `merged`."""
    rows = etree.iterparse(
        sheet,
        events=("end",),
        tag=("{*}row", "{*}mergeCell"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    number = 0
    for _, row in rows:
        if etree.QName(row).localname == "mergeCell":
            merged.append(row.get("ref") or "")
            continue
        number = int(row.get("r") or number + 1)
        column = -1
        for cell in row.iter("{*}c"):
            place = re.match(r"[A-Z]+", cell.get("r") or "")
            column = column_number(place[0]) if place else column + 1
            yield number, column, cell
        row.clear()


def _counted_from(found: OddCells, first: int) -> OddCells:
    return OddCells(
        {(row, column - first): text for (row, column), text in found.shown.items()},
        {(row, column - first) for row, column in found.formulas},
        found.bad,
        found.unusable,
    )
