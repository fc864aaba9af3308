"""The last sheet: what the run stood on, and how to read the others."""

from openpyxl.worksheet.worksheet import Worksheet

from reports.tables import Table
from reports.workbook_style import set_for_paper
from reports.workbook_table import put_table, put_title

VALUE_WIDTH = 90

HOW_TO_READ = Table(
    "How to read the sheets",
    ("sheet", "what it shows"),
    (
        ("Account", "Each source row of a file is carried, set aside or not in scope; the three add up."),
        ("Totals", "Source equals target plus explained. Unpaid work is in whole minutes."),
        ("Moves", "Live components by kind and receiving region. Left behind: set aside or held."),
        ("Staff", "Employees by outcome and region; salaries, what changes them, and the payroll build."),
        ("Tables", "Rows of the target that belong to the company, before and after the run."),
        ("Read back", "The target read back and compared with what a second path expects of it."),
        ("Waiting", "Every question that waits for a decision, with the rows behind it."),
        ("Findings", "One line per company and rule, worst first."),
        ("Finding rows", "File and row of each finding. Values are not shown: they may be personal."),
    ),
)


def about_sheet(sheet: Worksheet, about: dict[str, str]) -> None:
    """Fills the sheet with the lines of `about`, then the guide."""
    row = 1
    for table in (Table("About this workbook", ("what", "value"), tuple(about.items())), HOW_TO_READ):
        put_title(sheet, row, table.title)
        row = put_table(sheet, row + 1, table, wrap_at=VALUE_WIDTH) + 1
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = VALUE_WIDTH
    set_for_paper(sheet)
