"""The findings row by row, as many as a person will read; the full list lies beside the workbook as CSV."""

import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from reports.finding_order import worst_first
from reports.tables import Table
from reports.workbook_table import table_sheet

CAP = 5_000
"""Rows shown. Nobody reads more in a sheet, and each thousand costs a reader's program time."""


def finding_rows_sheet(sheet: Worksheet, findings: pl.DataFrame, full_list: str) -> None:
    """The worst CAP findings; `full_list` is the file name of the CSV with all of them."""
    rows = tuple(tuple(value or "" for value in row) for row in worst_first(findings).head(CAP).iter_rows())
    title = f"Findings row by row: {len(rows):,} of {findings.height:,}. All of them: {full_list}"
    table_sheet(sheet, Table(title, tuple(findings.columns), rows, "no finding"))
