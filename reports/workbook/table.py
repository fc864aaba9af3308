"""A table on a sheet: header, cells that are never formulas, widths that fit, filter and frozen header."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.cell_text import format_cell, is_formula_like, truncate
from reports.tables import Cell as Value
from reports.tables import Table
from reports.workbook.look import (
    EMPTY,
    HEADER_OF_NUMBERS,
    HEADER_OF_TEXT,
    HEADING_OF_TABLE,
    NOTE,
    PLAINLY,
    Look,
    dress,
)
from reports.workbook.style import LINE_HEIGHT, WORD_FILLS, set_for_paper

NARROWEST, WIDEST = 9, 60
"""Column widths in digits, as spreadsheets measure them."""

WRAP_AT = 68
"""Letters that fit the widest column: small ones are narrower than digits. Longer text is wrapped."""

CAPITAL = 0.3
"""How much wider than a digit a capital is."""

WHOLE, POUNDS = "#,##0", "#,##0.00"

HEADER_ROW = 3
"""Where the header of a sheet's one table stands."""

MOST_ROWS = 1_048_576 - HEADER_ROW
"""Rows that a sheet holds below the header."""


def table_sheet(sheet: Worksheet, table: Table, note: str = "") -> None:
    """Fills an empty sheet with one table under its title and a note; says what a sheet cannot hold."""
    table = shortened(table, MOST_ROWS)
    put_title(sheet, 1, table.title)
    put(sheet, 2, 1, note, NOTE)
    put_table(sheet, HEADER_ROW, table)
    set_widths(sheet, table)
    last = get_column_letter(len(table.header))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + len(table.rows)}"
    set_for_paper(sheet, HEADER_ROW)


def shortened(table: Table, most: int) -> Table:
    """`table` with at most `most` rows; its title says how many there are."""
    if len(table.rows) <= most:
        return table
    title = f"{table.title} (the first {most:,} of {len(table.rows):,})"
    return replace(table, title=title, rows=table.rows[:most])


def put_title(sheet: Worksheet, row: int, title: str) -> None:
    """A heading in column A."""
    put(sheet, row, 1, title, HEADING_OF_TABLE)


def put_table(
    sheet: Worksheet, row: int, table: Table, wrap_at: int = WRAP_AT, *, last_runs_on: bool = False
) -> int:
    """Writes `table` with its header at `row`; returns the first free row below.

    Text longer than `wrap_at` letters is wrapped; with `last_runs_on` that of the last column is not.
    """
    for column, name in enumerate(table.header):
        is_number = bool(table.rows) and not any(isinstance(values[column], str) for values in table.rows)
        put(sheet, row, column + 1, name, HEADER_OF_NUMBERS if is_number else HEADER_OF_TEXT)
    wrapped = len(table.header) - last_runs_on
    for below, values in enumerate(table.rows, row + 1):
        put_row(sheet, below, values, wrap_at, wrapped)
    if table.rows:
        return row + 1 + len(table.rows)
    put(sheet, row + 1, 1, table.empty, EMPTY)
    return row + 2


def put_row(sheet: Worksheet, row: int, values: Sequence[Value], wrap_at: int, wrapped: int) -> None:
    """One line of a table, long text in the first `wrapped` cells wrapped, telling words in their colour."""
    lines = 1
    for column, value in enumerate(values, 1):
        is_long = column <= wrapped and isinstance(value, str) and len(value) > wrap_at
        if is_long:
            lines = max(lines, ceil(len(str(value)) / wrap_at))
        put(sheet, row, column, value, _look_of(value, is_long))
    sheet.row_dimensions[row].height = lines * LINE_HEIGHT


_RULED, _RULED_AND_WRAPPED = Look(is_ruled=True), Look(is_ruled=True, is_wrapped=True)


def _look_of(value: Value, is_long: bool) -> Look:
    if value in WORD_FILLS:
        return Look(is_ruled=True, is_wrapped=is_long, word=str(value))
    return _RULED_AND_WRAPPED if is_long else _RULED


def put(sheet: Worksheet, row: int, column: int, value: Value, look: Look = PLAINLY) -> Cell:
    """One cell. Text stays text (reports.cell_text): a leading `=` is no formula."""
    cell = cast(Cell, sheet.cell(row, column))
    if isinstance(value, int | Decimal):
        cell.value = value
        dress(cell, look, WHOLE if isinstance(value, int) else POUNDS)
        return cell
    cell.value = truncate(value)
    cell.data_type = "s"
    dress(cell, look, "", is_quoted=is_formula_like(value))
    return cell


def set_widths(sheet: Worksheet, table: Table) -> None:
    """As wide as the widest cell of each column, within reason; the filter arrow needs room in the header."""
    for column, name in enumerate(table.header):
        widest = max((digits(format_cell(row[column])) for row in table.rows), default=0)
        width = min(max(widest + 2, len(name) + 4, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = width


def digits(text: str) -> float:
    """How wide `text` is, in digits."""
    return len(text) + CAPITAL * sum(letter.isupper() for letter in text)
