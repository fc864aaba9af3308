"""The last sheet: what the run stood on, and how to read the others."""

from openpyxl.worksheet.worksheet import Worksheet

from reports.book import Book, about_tables
from reports.workbook.style import set_for_paper
from reports.workbook.table import put_table, put_title

VALUE_WIDTH = 90


def about_sheet(sheet: Worksheet, book: Book) -> None:
    """Fills the sheet with what the run stood on, then the guide."""
    row = 1
    for table in about_tables(book):
        put_title(sheet, row, table.title)
        row = put_table(sheet, row + 1, table, wrap_at=VALUE_WIDTH) + 1
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = VALUE_WIDTH
    sheet.freeze_panes = "B1"
    set_for_paper(sheet)
