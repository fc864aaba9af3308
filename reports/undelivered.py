"""Live components that moved though nobody delivered them: listed by person key, table and nDelius's row."""

from reports.data import Reconciliation, Undelivered
from reports.tables import Table

TITLE = "Moved though not delivered (X05)"
FIRST = 10
"""Rows of each company on the first page; JSON has all of them, and the findings of X05 every row."""


def first_undelivered(reconciliation: Reconciliation) -> list[Table]:
    """The first of them, for the first page; no table where everything was delivered."""
    companies = [company for company in reconciliation.companies if company.undelivered]
    if not companies:
        return []
    rows = tuple(
        (company.company, one.table, one.key, one.person, _row(one))
        for company in companies
        for one in company.undelivered[:FIRST]
    )
    every = sum(len(company.undelivered) for company in companies)
    header = ("company", "table", "row key", "person key", "row of nDelius")
    return [Table(f"{TITLE}: {len(rows):,} of {every:,}", header, rows)]


def _row(one: Undelivered) -> str:
    """Blank of a person with limited access."""
    return f"{one.source_file} row {one.source_row}" if one.source_file else ""
