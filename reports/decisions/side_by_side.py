"""The sheet that lays a delivered person beside each person of nDelius whom a question names."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from reports.decisions.question import Question
from reports.region_books import MASK
from reports.tables import Cell, Table
from reports.workbook.style import MARK, MARKING, UNINDENTED, set_for_paper
from reports.workbook.table import put, put_table, put_title

SIDE_BY_SIDE = "Side by side"
HEADER = (
    *("company", "evidence", "person", "what", "delivered", "nDelius", "how far it agrees", "weight"),
    "for ■, against □",
)
EXPLAINED = (
    "Weights are bits: one more doubles the odds that the two are one person, one less halves them. "
    "Blank where nothing was weighed. Answer on the sheet Persons, by the same evidence."
)
WIDTHS = (10, 20, 14, 26, 24, 24, 34, 10, 24)
FOR, AGAINST, LONGEST_BAR = "■", "□", 20
HEADER_ROW = 4


def compared_rows(questions: Sequence[Question], *, reveal: bool) -> tuple[tuple[Cell, ...], ...]:
    """HEADER for each thing that a question compares; values are masked unless `reveal`."""
    return tuple(_rows(questions, reveal=reveal))


def side_by_side_sheet(sheet: Worksheet, questions: Sequence[Question], *, reveal: bool) -> None:
    """Fill `sheet`, locked: nothing of it is read back."""
    rows = compared_rows(questions, reveal=reveal)
    put_title(sheet, 1, SIDE_BY_SIDE)
    put(sheet, 2, 1, MARKING).font = MARK
    put(sheet, 3, 1, EXPLAINED).alignment = UNINDENTED
    put_table(sheet, HEADER_ROW, Table(SIDE_BY_SIDE, HEADER, rows, "nothing to compare"))
    for column, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.protection.sheet = True
    set_for_paper(sheet, HEADER_ROW)


def _rows(questions: Sequence[Question], *, reveal: bool) -> Iterator[tuple[Cell, ...]]:
    for question in questions:
        for one in question.compared:
            values = (one.delivered, one.known)
            shown = values if reveal else tuple(MASK if value else "" for value in values)
            weight: Cell = Decimal(str(one.bits)) if one.bits is not None else ""
            told = (question.key[0], question.key[-1], one.answer, one.what, *shown, one.says)
            yield (*told, weight, bar(one.bits))


def bar(bits: float | None) -> str:
    """The weight drawn, a square a bit: what spoke for, and what against; blank where nothing was weighed."""
    if bits is None:
        return ""
    return (FOR if bits > 0 else AGAINST) * min(round(abs(bits)), LONGEST_BAR)
