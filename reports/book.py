"""What a book says, laid out once: the workbook and the web page show these pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from reports.basis import basis_table
from reports.chart_tables import trend_table, work_table
from reports.custody import unattended_tables
from reports.data import Reconciliation
from reports.differences import difference_counts
from reports.guide import HOW_TO_READ, PROOFS
from reports.key_figures import key_figure_table
from reports.left import first_left
from reports.linked import first_linked
from reports.readiness import problem_table, reason_table
from reports.share import Scope
from reports.summary import headline_totals
from reports.tables import (
    Table,
    company_table,
    entity_table,
    file_table,
    finding_table,
    lost_table,
    move_table,
    officer_table,
    place_table,
    rule_table,
    staff_table,
    target_table,
    total_table,
    waiting_counts,
    waiting_table,
)
from reports.undelivered import first_undelivered
from reports.workload import workload_table


@dataclass(frozen=True)
class Book:
    """Everything that one book shows.

    `findings` has the columns of FINDING_SCHEMA, `differences` those of DIFFERENCE_SCHEMA; both with values
    only where the reader may see them.
    `history` are the cycles so far, this one last.
    """

    scope: Scope
    reconciliation: Reconciliation
    findings: pl.DataFrame
    differences: pl.DataFrame
    history: tuple[Reconciliation, ...]
    about: Mapping[str, str]


TABLE_PAGES: dict[str, Callable[[Reconciliation], Table]] = {
    "Account": file_table,
    "Totals": total_table,
    "Findings": rule_table,
    "Findings by company": finding_table,
    "Transfers": move_table,
    "Officers": officer_table,
    "Staff": staff_table,
    "Unpaid work": work_table,
    "Workload": workload_table,
    "Open questions": waiting_table,
    "Target rows": entity_table,
    "Tables": target_table,
    "Basis": basis_table,
}
"""Pages of one table, in their order."""

LEFT, DIFFERENCES, FINDING_ROWS = "Left", "Differences", "Finding rows"
AFTER = {"Account": LEFT, "Totals": DIFFERENCES, "Findings": FINDING_ROWS}
"""Page to the page of rows that follows it."""


def opening_tables(book: Book) -> list[Table]:
    """The tables that a reader must see before anything else: why, what is left, and the account."""
    reconciliation = book.reconciliation
    return [
        reason_table(reconciliation),
        problem_table(reconciliation),
        first_left(reconciliation),
        *first_undelivered(reconciliation),
        *first_linked(reconciliation),
        *unattended_tables(reconciliation),
        company_table(reconciliation),
    ]


def following_tables(book: Book) -> list[Table]:
    """The tables of the first page that stand below the charts; the key figures are the last."""
    reconciliation = book.reconciliation
    return [
        place_table(reconciliation),
        difference_counts(reconciliation),
        headline_totals(reconciliation, book.scope.code),
        waiting_counts(reconciliation),
        lost_table(reconciliation),
        trend_table(book.history),
        key_figure_table(reconciliation),
    ]


def table_pages(book: Book, rows: Mapping[str, Table]) -> dict[str, Table]:
    """Name to table of every page that holds one, `rows` behind the page they belong to.

    Findings by company only where there are several.
    """
    pages: dict[str, Table] = {}
    for name, table_of in TABLE_PAGES.items():
        if name == "Findings by company" and len(book.reconciliation.companies) == 1:
            continue
        pages[name] = table_of(book.reconciliation)
        if AFTER.get(name) in rows:
            pages[AFTER[name]] = rows[AFTER[name]]
    return pages


def about_tables(book: Book) -> list[Table]:
    """What the run stood on, what is proved, then the guide."""
    return [Table("About this book", ("what", "value"), tuple(book.about.items())), PROOFS, HOW_TO_READ]
