"""Finds what the fast reader does not tell of a cell: that it is a formula (T09), or shows an error value.

The fast reader gives a formula's stored result like any value, and a failed cell as a blank one. Nothing is
ever computed: a formula without a stored result is its own text, so that nobody takes it for a blank.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from extractors.readers.sheet_xml import FORMULA_OR_ERROR, any_sheet_has

Place = tuple[int, int]
"""Row, from 1, and column, from 0 for the first filled one, as the fast reader counts them."""


@dataclass
class OddCells:
    """Of one sheet: `shown` are the texts that stand for a blank; `formulas` are all formulas."""

    shown: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)


def odd_cells(path: Path) -> dict[str, OddCells]:
    """The odd cells of each sheet; empty for a workbook without any."""
    # The slow way through every cell is taken only when there is one at all.
    if not any_sheet_has(path, FORMULA_OR_ERROR):
        return {}
    with zipfile.ZipFile(path) as archive:
        return {name: _in_sheet(archive, part) for name, part in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
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


def _in_sheet(archive: zipfile.ZipFile, part: str) -> OddCells:
    found, first = OddCells(), None
    if part not in archive.namelist() or not re.search(r"/worksheets/", part):
        return found
    with archive.open(part) as sheet:
        for row, column, cell in _cells(sheet):
            formula, value = cell.find("{*}f"), cell.findtext("{*}v")
            if formula is None and value is None and cell.find("{*}is") is None:
                continue
            first = column if first is None else min(first, column)
            if formula is not None:
                found.formulas.add((row, column))
            if cell.get("t") == "e":
                found.shown[row, column] = value or ""
            elif formula is not None and not value and cell.get("t") != "str":
                found.shown[row, column] = f"={formula.text or ''}"
    return _counted_from(found, first or 0)


def _cells(sheet: object) -> Iterator[tuple[int, int, etree._Element]]:
    """Row, from 1, column, from 0, and element of every cell; a place that is not stated follows the last."""
    rows = etree.iterparse(
        sheet, events=("end",), tag="{*}row", resolve_entities=False, no_network=True, load_dtd=False
    )
    number = 0
    for _, row in rows:
        number = int(row.get("r") or number + 1)
        column = -1
        for cell in row.iter("{*}c"):
            place = re.match(r"[A-Z]+", cell.get("r") or "")
            column = _column(place[0]) if place else column + 1
            yield number, column, cell
        row.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _counted_from(found: OddCells, first: int) -> OddCells:
    return OddCells(
        {(row, column - first): text for (row, column), text in found.shown.items()},
        {(row, column - first) for row, column in found.formulas},
    )
