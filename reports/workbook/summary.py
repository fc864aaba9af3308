"""The first sheet: verdict, go or no go and why, charts, then the tables in the order a reader asks."""

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.basis import basis_sentence, sign_off_sentence
from reports.book import Book, following_tables, opening_tables
from reports.key_figures import key_figures
from reports.readiness import readiness
from reports.runs import run_sentence
from reports.tables import Table
from reports.workbook.style import (
    BOLD,
    LINE_HEIGHT,
    MARK,
    MARKING,
    TITLE,
    UNINDENTED,
    WORD_FILLS,
    set_for_paper,
)
from reports.workbook.table import put, put_table, put_title

WIDTHS = {"A": 24, "B": 44, "C": 16, "D": 16, "E": 16, "F": 16, "G": 16, "H": 16, "I": 16}
"""One grid for all tables of the sheet: a name in B, figures to its right."""

WRAP_AT = 46
"""Letters that fit B. The last column of a table runs on to the right: wrapped it would be a tower."""

VERDICT_ROW, ANSWER_ROW = 4, 5
FIGURE_COLUMN = "C"
CHART_ROWS = 18
"""Rows that a chart covers."""

LAST_ROW_WITH_CHARTS = 26
"""Where charts can begin and still end on the first page of paper."""


def summary_sheet(sheet: Worksheet, book: Book) -> list[str]:
    """Fills the summary; gives the cells at which the charts are to be drawn."""
    sheet.title = "Summary"
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    row, _ = put_tables(sheet, put_head(sheet, book), opening_tables(book))
    row += 1  # an empty row, lest a chart's edge is printed on the page before
    next_page = row if row > LAST_ROW_WITH_CHARTS else row + CHART_ROWS
    sheet.row_breaks.append(Break(id=next_page - 2))
    charts = [f"{column}{place}" for place in (row, row + CHART_ROWS) for column in "AD"]
    for covered in range(row, row + 2 * CHART_ROWS):
        sheet.row_dimensions[covered].height = LINE_HEIGHT
    _, header = put_tables(sheet, row + 2 * CHART_ROWS, following_tables(book))
    name_figures(sheet, book, header)
    sheet.freeze_panes = f"A{ANSWER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    set_for_paper(sheet)
    return charts


def put_tables(sheet: Worksheet, row: int, tables: list[Table]) -> tuple[int, int]:
    """Tables one below the other; gives the next row, and the row of the last header."""
    header = row
    for table in tables:
        put_title(sheet, row, table.title)
        header = row + 1
        row = put_table(sheet, header, table, WRAP_AT, last_runs_on=True) + 1
    return row, header


def put_head(sheet: Worksheet, book: Book) -> int:
    """Title, marking, whom it is about, verdict and answer; returns the next row."""
    reconciliation = book.reconciliation
    title = f"Day 1 reconciliation, cycle {reconciliation.cycle}"
    lines = (
        (title, "", TITLE),
        (MARKING, "", MARK),
        ("About", book.scope.title, BOLD),
        ("Verdict", reconciliation.verdict, BOLD),
        ("Go or no go", readiness(reconciliation).answer, BOLD),
        ("Sign-off", sign_off_sentence(reconciliation), BOLD),
        ("Stands on", basis_sentence(reconciliation), BOLD),
        ("Of run", run_sentence(reconciliation) or "not recorded", BOLD),
    )
    for row, (text, said, font) in enumerate(lines, 1):
        cell = put(sheet, row, 1, text)
        cell.font, cell.alignment = font, UNINDENTED
        if said:
            place = put(sheet, row, 2, said)
            place.font, place.alignment = BOLD, UNINDENTED
        if said in WORD_FILLS:
            sheet.cell(row, 2).fill = WORD_FILLS[said]
    sheet.row_dimensions[1].height = 24
    return len(lines) + 2


def name_figures(sheet: Worksheet, book: Book, header: int) -> None:
    """Names the cells of verdict, answer and key figures; `header` is the row above the figures."""
    cells = {"verdict": f"$B${VERDICT_ROW}", "go_or_no_go": f"$B${ANSWER_ROW}"}
    for row, figure in enumerate(key_figures(book.reconciliation), header + 1):
        cells[figure.name] = f"${FIGURE_COLUMN}${row}"
    workbook = sheet.parent
    assert workbook is not None
    for name, cell in cells.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{cell}")
