"""The first sheet: verdict, what to do next, row account, totals, officers, what waits."""

from openpyxl.worksheet.worksheet import Worksheet

from reports.data import Reconciliation
from reports.summary import advice, headline_totals
from reports.tables import Table, company_table, lost_table, officer_table, waiting_counts
from reports.workbook_style import BOLD, MARK, MARKING, TITLE, UNINDENTED, WORD_FILLS, set_for_paper
from reports.workbook_table import put, put_table, put_title

WIDTHS = {"A": 12, "B": 44, "C": 18, "D": 20, "E": 18, "F": 14, "G": 12, "H": 12, "I": 16}
"""One grid for all tables of the sheet: a name in B, figures to its right."""

NEVER = 1_000
"""The last column may run on to the right; wrapped to the grid's width it would be a tower."""


def summary_sheet(sheet: Worksheet, reconciliation: Reconciliation) -> None:
    """Fills the summary."""
    sheet.title = "Summary"
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    row = put_head(sheet, reconciliation)
    row = put_advice(sheet, row, advice(reconciliation))
    for table in page(reconciliation):
        put_title(sheet, row, table.title)
        row = put_table(sheet, row + 1, table, wrap_at=NEVER) + 1
    sheet.freeze_panes = "A5"
    sheet.sheet_view.showGridLines = False
    set_for_paper(sheet)


def page(reconciliation: Reconciliation) -> list[Table]:
    """The tables of the sheet, in the order a reader asks."""
    return [
        company_table(reconciliation),
        headline_totals(reconciliation),
        officer_table(reconciliation),
        lost_table(reconciliation),
        waiting_counts(reconciliation),
    ]


def put_head(sheet: Worksheet, reconciliation: Reconciliation) -> int:
    """Title, marking and verdict; returns the next row."""
    title = f"Day 1 reconciliation, cycle {reconciliation.cycle}"
    for row, (text, font) in enumerate(((title, TITLE), (MARKING, MARK), ("Verdict", BOLD)), 1):
        cell = put(sheet, row, 1, text)
        cell.font, cell.alignment = font, UNINDENTED
    sheet.row_dimensions[1].height = 24
    verdict = put(sheet, 3, 2, reconciliation.verdict)
    verdict.font, verdict.fill = BOLD, WORD_FILLS[reconciliation.verdict]
    return 5


def put_advice(sheet: Worksheet, row: int, steps: list[str]) -> int:
    """What to do next, a line each; returns the next row."""
    put_title(sheet, row, "What to do next")
    for number, step in enumerate(steps, 1):
        put(sheet, row + number, 1, f"{number}. {step}")
    return row + len(steps) + 2
