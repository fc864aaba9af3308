"""What a book says, laid out once: the workbook and the web page show these pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from reports.chart_tables import trend_table, work_table
from reports.data import Reconciliation
from reports.key_figures import key_figure_table
from reports.readiness import problem_table, reason_table
from reports.scope import Scope
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
    rule_table,
    staff_table,
    target_table,
    total_table,
    waiting_counts,
    waiting_table,
)


@dataclass(frozen=True)
class Book:
    """Everything that one book shows.

    `findings` has the columns of FINDING_SCHEMA, `differences` those of DIFFERENCE_SCHEMA after `company`;
    both with values only where the reader may see them. `history` are the cycles so far, this one last.
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
    "Open questions": waiting_table,
    "Read back": entity_table,
    "Tables": target_table,
}
"""Pages of one table, in their order."""


def opening_tables(book: Book) -> list[Table]:
    """The tables that a reader must see before anything else: why, and the account."""
    reconciliation = book.reconciliation
    return [reason_table(reconciliation), problem_table(reconciliation), company_table(reconciliation)]


def following_tables(book: Book) -> list[Table]:
    """The tables of the first page that stand below the charts; the key figures are the last."""
    reconciliation = book.reconciliation
    return [
        headline_totals(reconciliation, book.scope.code),
        waiting_counts(reconciliation),
        lost_table(reconciliation),
        trend_table(book.history),
        key_figure_table(reconciliation),
    ]


def table_pages(book: Book) -> dict[str, Table]:
    """Name to table of every page that holds one; findings by company only where there are several."""
    pages = {name: table_of(book.reconciliation) for name, table_of in TABLE_PAGES.items()}
    if len(book.reconciliation.companies) == 1:
        del pages["Findings by company"]
    return pages


HOW_TO_READ = Table(
    "How to read the pages",
    ("page", "what it shows"),
    (
        (
            "Summary",
            "The verdict, whether it is a go, and why. Key figures have names that formulas can use.",
        ),
        ("Account", "Each source row of a file is carried, set aside or not in scope; the three add up."),
        ("Totals", "Source equals target plus explained. Unpaid work is in whole minutes."),
        ("Differences", "Fields of the target that are not as a second path expects; values with --reveal."),
        ("Findings", "One line per rule, worst first. The rule leads to its rows."),
        ("Finding rows", "File and row of each finding; values with --reveal, for they may be personal."),
        ("Transfers", "Live components by kind and receiving region. Left behind: set aside or held."),
        ("Officers", "Who has the moved components: own practitioner, default officer, nobody yet."),
        ("Staff", "Employees by outcome and region; salaries, what changes them, and the payroll build."),
        ("Unpaid work", "The minutes of Totals in hours."),
        ("Open questions", "Every question that waits for a decision, with the rows behind it."),
        ("Read back", "The target read back and compared with what a second path expects of it."),
        ("Tables", "Rows of the target that belong to the company, before and after the run."),
        ("Chart data", "The figures behind the charts of the summary."),
    ),
)
"""The guide at the end of a book."""


def about_tables(book: Book) -> list[Table]:
    """What the run stood on, then the guide."""
    return [Table("About this book", ("what", "value"), tuple(book.about.items())), HOW_TO_READ]
