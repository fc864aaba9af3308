"""Differences as figures and pages: how many by proof and table, and the first of them by name."""

import polars as pl

from reports.capped import capped, shared_cap
from reports.data import DifferenceCount, Reconciliation
from reports.tables import Table
from vocabulary.differences import PROOFS, VALUES

TITLE = "Differences, row by row"
BRIEF = ("company", "proof", "table", "key", "column", "source_file", "source_row", "what")
"""What a terminal has room for. Never a value."""

BY = ("company", "proof", "table")
"""What shares the rows of a page, so that one table with many differences hides no other."""


def counted(differences: pl.DataFrame) -> tuple[DifferenceCount, ...]:
    """The differences of one company by proof and table, in the order of the proofs."""
    place = (pl.col(name).fill_null("") for name in ("proof", "table"))
    counts = differences.group_by(*place).len().iter_rows()
    order = {proof: place for place, proof in enumerate(PROOFS)}
    found = [DifferenceCount(*row) for row in counts]
    return tuple(sorted(found, key=lambda one: (order.get(one.proof, len(order)), one.table)))


def difference_counts(reconciliation: Reconciliation) -> Table:
    """One line per company, proof and table."""
    rows = tuple(
        (company.company, one.table, one.proof, one.rows)
        for company in reconciliation.companies
        for one in company.differences
    )
    header = ("company", "table", "proof", "differences")
    return Table("Differences by proof and table", header, rows)


def difference_page(differences: pl.DataFrame, most: int, full_list: str) -> Table:
    """At most `most` differences, those of each proof and table in turn; `full_list` is where all lie."""
    shown = shared_cap(differences, most, BY)
    return capped(TITLE, shown, differences.height, full_list)


def named(differences: pl.DataFrame) -> pl.DataFrame:
    """`differences` without values: which row and field, never what stands there."""
    return differences.drop(VALUES, strict=False)
