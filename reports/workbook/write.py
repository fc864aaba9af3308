"""The reconciliation workbook of the nation, a company or a region."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.book import DIFFERENCES, FINDING_ROWS, LEFT, Book, table_pages
from reports.chart_tables import chart_tables
from reports.tables import Table
from reports.workbook.about import about_sheet
from reports.workbook.charts import NAME as CHART_DATA
from reports.workbook.charts import chart_sheet, draw
from reports.workbook.file import save
from reports.workbook.links import Anchors, link_rows
from reports.workbook.rows import difference_rows, finding_rows, rows_left
from reports.workbook.summary import summary_sheet
from reports.workbook.table import table_sheet

ROW = ("company", "source_file", "source_row")


def write_workbook(book: Book, path: Path) -> None:
    """Writes the workbook to `path` and the full lists of rows as CSV beside it.

    The same input gives the same bytes. Values of a person are in it only if the book's frames have them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = {
        LEFT: rows_left(book.reconciliation, path),
        DIFFERENCES: difference_rows(book.differences, path),
        FINDING_ROWS: finding_rows(book.findings, path),
    }
    workbook = Workbook()
    summary = workbook.worksheets[0]
    places = summary_sheet(summary, book)
    tables = table_pages(book, rows)
    sheets = {name: workbook.create_sheet(name) for name in tables}
    for name, table in tables.items():
        table_sheet(sheets[name], table)
    link(sheets, tables)
    charts = chart_tables(book.reconciliation, book.history)
    data = workbook.create_sheet(CHART_DATA)
    draw(summary, data, charts, chart_sheet(data, charts), places)
    about_sheet(workbook.create_sheet("About"), book)
    save(workbook, path)


def link(sheets: dict[str, Worksheet], tables: dict[str, Table]) -> None:
    """Rules lead to their rows, tables to their differences, and what is left or differs to its findings."""

    def lead(name: str, columns: tuple[str, ...], to: str, keys: tuple[str, ...]) -> None:
        if name in sheets:
            link_rows(sheets[name], tables[name], columns, Anchors(sheets[to], tables[to], keys))

    lead("Findings", ("rule",), FINDING_ROWS, ("rule",))
    lead("Findings by company", ("company", "rule"), FINDING_ROWS, ("company", "rule"))
    lead("Target rows", ("company", "entity"), DIFFERENCES, ("company", "table"))
    lead(DIFFERENCES, ROW, FINDING_ROWS, ROW)
    lead(LEFT, ROW, FINDING_ROWS, ROW)
