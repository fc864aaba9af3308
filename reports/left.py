"""Rows that still stand with a closing company, by person key, table, row and rule. They hold sign-off."""

from collections import Counter
from dataclasses import asdict

import polars as pl

from reports.capped import capped, shared_cap
from reports.data import Reconciliation
from reports.tables import Table

LEFT_SCHEMA = dict.fromkeys(
    ("company", "rule", "person", "table", "key", "column", "because", "source_file", "source_row"),
    pl.String,
)
"""Columns of a list of what is left. `person` is nDelius's key, never a name."""

TITLE = "Rows that stay with a closing company"
FIRST = 10
"""Rows on the first page."""

BY = ("company", "rule", "table")
"""What shares the rows of a page, so that one rule with many rows hides no other."""


def left_rows(reconciliation: Reconciliation) -> pl.DataFrame:
    """Every row that is left, of all companies, as LEFT_SCHEMA has it."""
    rows = [
        {"company": company.company, **asdict(one)}
        for company in reconciliation.companies
        for one in company.left
    ]
    return pl.DataFrame(rows, schema=LEFT_SCHEMA)


def left_counts(reconciliation: Reconciliation) -> Table:
    """How many rows are left by company, rule and table, and how many of them nothing explains."""
    every, bare = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for company in reconciliation.companies:
        for one in company.left:
            place = (company.company, one.rule, one.table)
            every[place] += 1
            bare[place] += not one.because
    rows = tuple((*place, count, bare[place]) for place, count in sorted(every.items()))
    header = ("company", "rule", "table", "rows left", "without explanation")
    return Table(f"{TITLE}, by rule", header, rows)


def left_page(reconciliation: Reconciliation, most: int, full_list: str) -> Table:
    """At most `most` rows with all their columns; `full_list` is where all of them lie."""
    rows = left_rows(reconciliation)
    return capped(TITLE, shared_cap(rows, most, BY), rows.height, full_list)


def first_left(reconciliation: Reconciliation) -> Table:
    """The first rows in few columns, for the first page; the page Left has all of their columns."""
    rows = left_rows(reconciliation)
    shown = shared_cap(rows, FIRST, BY)
    lines = [
        (row["company"], f"{row['table']} {row['column']}".strip(), row["key"], row["person"], _why(row))
        for row in shown.iter_rows(named=True)
    ]
    header = ("company", "table and column", "row key", "person key", "rule and why")
    title = f"{TITLE}: {shown.height:,} of {rows.height:,}" if rows.height else TITLE
    if rows.height > shown.height:
        title += ". The page Left has more; all of them lie beside the workbook as CSV"
    return Table(title, header, tuple(lines))


def _why(row: dict[str, str]) -> str:
    """The rule, and the source row that explains it; that nothing does must be seen."""
    if not row["because"]:
        return f"{row['rule']}: NOTHING explains it"
    place = f"{row['source_file']} row {row['source_row']}" if row["source_file"] else "no source row"
    return f"{row['rule']}: {row['because']}, {place}"
