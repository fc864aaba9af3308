"""Persons whom no identifier found and evidence linked: listed by person key and delivered row."""

from reports.data import LinkedByEvidence, Reconciliation
from reports.tables import Table

TITLE = "Linked by evidence (M11)"
FIRST = 10
"""Rows of each company on the first page; JSON has all of them, and the findings of M11 every row."""


def first_linked(reconciliation: Reconciliation) -> list[Table]:
    """The first of them, for the first page; no table where identifiers found everybody."""
    companies = [company for company in reconciliation.companies if company.linked]
    if not companies:
        return []
    rows = tuple(
        (company.company, one.person, _row(one)) for company in companies for one in company.linked[:FIRST]
    )
    every = sum(len(company.linked) for company in companies)
    return [Table(f"{TITLE}: {len(rows):,} of {every:,}", ("company", "person key", "delivered row"), rows)]


def _row(one: LinkedByEvidence) -> str:
    """Blank of a person with limited access."""
    return f"{one.source_file} row {one.source_row}" if one.source_file else ""
