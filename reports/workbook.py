"""The reconciliation workbook: summary first, then a sheet per table, the findings, and how it came about."""

from pathlib import Path

import polars as pl
from openpyxl import Workbook

from reports.data import Reconciliation
from reports.tables import (
    entity_table,
    file_table,
    finding_table,
    move_table,
    staff_table,
    target_table,
    total_table,
    waiting_table,
)
from reports.workbook_about import about_sheet
from reports.workbook_file import save
from reports.workbook_rows import finding_rows_sheet
from reports.workbook_summary import summary_sheet
from reports.workbook_table import table_sheet

SHEETS = {
    "Account": file_table,
    "Totals": total_table,
    "Moves": move_table,
    "Staff": staff_table,
    "Tables": target_table,
    "Read back": entity_table,
    "Waiting": waiting_table,
    "Findings": finding_table,
}
"""Sheets that hold one table each, in their order."""


def write_workbook(
    reconciliation: Reconciliation, findings: pl.DataFrame, path: Path, about: dict[str, str]
) -> None:
    """Writes the workbook to `path` and the full list of findings as CSV beside it.

    `findings` has the columns of FINDING_SCHEMA; `about` says in words what the run stood on. The same input
    gives the same bytes. There is nothing of a person in it: findings name places, not values.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    full_list = path.with_suffix(".findings.csv")
    findings.write_csv(full_list)
    workbook = Workbook()
    summary_sheet(workbook.worksheets[0], reconciliation)
    for name, table_of in SHEETS.items():
        table_sheet(workbook.create_sheet(name), table_of(reconciliation))
    finding_rows_sheet(workbook.create_sheet("Finding rows"), findings, full_list.name)
    about_sheet(workbook.create_sheet("About"), about)
    save(workbook, path)
