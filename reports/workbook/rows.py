"""The rows behind the counts, as many as a person will read; the full list lies beside as CSV."""

from pathlib import Path

import polars as pl

from reports.atomic_write import atomic_write
from reports.capped import capped, shared_cap
from reports.cell_text import escape_formulas
from reports.data import Reconciliation
from reports.differences import difference_page
from reports.finding_order import with_count_below, worst_first
from reports.left import left_page, left_rows
from reports.tables import Table

CAP = 5_000
"""Rows shown. Nobody reads more in a sheet, and each thousand costs a reader's program time."""


def finding_rows(findings: pl.DataFrame, workbook: Path) -> Table:
    """The worst findings, each rule with its share of CAP; all of them go to a CSV beside `workbook`."""
    full_list = full_list_of("findings", workbook)
    with atomic_write(full_list) as beside:
        escape_formulas(findings).write_csv(beside)
    shown = shared_cap(with_count_below(worst_first(findings)), CAP, ["rule"])
    return capped("Findings row by row", shown, findings.height, full_list.name)


def difference_rows(differences: pl.DataFrame, workbook: Path) -> Table:
    """The first CAP differences; all of them go to a CSV beside `workbook` when there are any."""
    full_list = full_list_of("differences", workbook)
    put_beside(differences, full_list)
    return difference_page(differences, CAP, full_list.name)


def rows_left(reconciliation: Reconciliation, workbook: Path) -> Table:
    """The first CAP rows that stay with a company; all of them go to a CSV beside when there are any."""
    full_list = full_list_of("left", workbook)
    put_beside(left_rows(reconciliation), full_list)
    return left_page(reconciliation, CAP, full_list.name)


def full_list_of(what: str, workbook: Path) -> Path:
    """Where the whole list lies: beside the workbook, under its name."""
    return workbook.with_suffix(f".{what}.csv")


def put_beside(rows: pl.DataFrame, full_list: Path) -> None:
    """Write the rows; without any a list of an earlier run must not stay."""
    if rows.is_empty():
        full_list.unlink(missing_ok=True)
        return
    with atomic_write(full_list) as beside:
        escape_formulas(rows).write_csv(beside)
