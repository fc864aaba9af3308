"""Finds formula cells: text columns show what was typed, never what a spreadsheet would compute (T09)."""

import re
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
PIECE = 1024 * 1024

Formulas = dict[tuple[int, int], str]
"""Formula text by row, from 1, and column, from 0."""


def formulas(path: Path) -> dict[str, Formulas]:
    """The formula cells of each sheet; empty for a workbook without formulas."""
    if not _has_formula(path):
        return {}
    book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    try:
        return {sheet.title: _in_sheet(sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _has_formula(path: Path) -> bool:
    """A quick look: the slow way through every cell is taken only when a sheet has a formula element."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml") and _occurs(archive, name):
                return True
    return False


def _occurs(archive: zipfile.ZipFile, name: str) -> bool:
    rest = b""
    with archive.open(name) as sheet:
        while piece := sheet.read(PIECE):
            if FORMULA.search(rest + piece):
                return True
            rest = piece[-64:]
    return False


def _in_sheet(sheet: Worksheet) -> Formulas:
    """Formula cells, the columns counted from the first filled one, as the fast reader counts them."""
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    first = min((cell.column for cell in filled), default=1)
    return {(cell.row, cell.column - first): str(cell.value) for cell in filled if cell.data_type == "f"}
