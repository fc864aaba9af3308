"""Finds formula cells: text columns show what was typed, never what a spreadsheet would compute (T09)."""

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from extractors.readers.sheet_xml import FORMULA, any_sheet_has

Formulas = dict[tuple[int, int], str]
"""Formula text by row, from 1, and column, from 0."""


def formulas(path: Path) -> dict[str, Formulas]:
    """The formula cells of each sheet; empty for a workbook without formulas."""
    # The slow way through every cell is taken only when there is a formula at all.
    if not any_sheet_has(path, FORMULA):
        return {}
    book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    try:
        return {sheet.title: _in_sheet(sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _in_sheet(sheet: Worksheet) -> Formulas:
    """Formula cells, the columns counted from the first filled one, as the fast reader counts them."""
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    first = min((cell.column for cell in filled), default=1)
    return {(cell.row, cell.column - first): _typed(cell.value) for cell in filled if cell.data_type == "f"}


def _typed(value: object) -> str:
    """The text of a formula; that of an array formula is an object with the text in it."""
    return str(getattr(value, "text", value))
