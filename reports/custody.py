"""Who comes out of prison or ends supervision in the first four weeks, and has nobody in post: first page."""

from dataclasses import astuple

from reports.data import Reconciliation
from reports.tables import Table

FIRST = 10
"""Rows on the first page; the custody book of each region's pack has them all, with names on request."""

HEADER = ("company", "region", "delivery unit", "team", "person", "what", "day")


def unattended_tables(reconciliation: Reconciliation) -> list[Table]:
    """The first of them by day; no table where there is nobody."""
    rows = sorted(
        (
            (company.company, *astuple(one))
            for company in reconciliation.companies
            for one in company.unattended
        ),
        key=lambda row: (row[-1], row),
    )
    if not rows:
        return []
    more = f" (the first {FIRST} of {len(rows):,})" if len(rows) > FIRST else ""
    title = f"First four weeks: released, or supervision ends, without a practitioner in post{more}"
    return [Table(title, HEADER, tuple(rows[:FIRST]))]
