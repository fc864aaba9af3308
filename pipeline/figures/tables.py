"""Per target table the rows that are a company's: before the run, what the run did to them, and after it.

A row is the company's when it belongs to a person the company delivered, or, for the organisation and its
projects, when it stands in the company's area; and what its load inserted is the company's too.
"""

import polars as pl

from mappings.case.company_persons import delivered_persons
from pipeline.figures.company_rows import company_rows
from reconcile.sources.evidence import Evidence
from reconcile.target.snapshot import MISSING
from reports.data import TableCount
from target.bulk import read
from target.ledger import BEFORE_IMAGE
from target.schema.tables import of_load
from vocabulary.batch import Batch
from vocabulary.source import ndelius_tables

NOT_COUNTED = ("staff_team", "user")
"""Entities without a key of one column or without an area of their own."""


def table_counts(evidence: Evidence, batch: Batch, baseline: Batch) -> tuple[TableCount, ...]:
    """One line per table that holds or gets rows of the company."""
    known = baseline_keys(batch, baseline)
    changed = _changed(evidence, batch)
    by_kind = {tuple(row[:2]): row[2] for row in changed.group_by("TABLE_NAME", "KIND").len().iter_rows()}
    brought = evidence.trail.rows["table"].unique()
    counts = []
    for name in sorted({*known, *brought, *changed["TABLE_NAME"]}):
        before = known.get(name, pl.Series("key", [], pl.String)).cast(pl.String)
        inserted = evidence.trail.of_table(name)
        change = evidence.country.changes.get(name)
        gone = 0
        if change is not None and change.counts[MISSING]:
            gone = int(change.keys(MISSING).is_in(before.implode()).sum())
        line = TableCount(
            name,
            len(before),
            inserted.height,
            by_kind.get((name, "close"), 0),
            by_kind.get((name, "repoint"), 0),
            len(before) - gone + _standing(evidence, name, inserted["key"]),
        )
        if any((line.before, line.inserted, line.after)):
            counts.append(line)
    return tuple(counts)


def _standing(evidence: Evidence, table: str, keys: pl.Series) -> int:
    """How many of the rows that the crosswalk names are in the target; a membership counts each."""
    change = evidence.country.changes.get(table)
    if change is None or keys.is_empty():
        return 0
    return len(change.inserted_names(keys))


def baseline_keys(batch: Batch, baseline: Batch) -> dict[str, pl.Series]:
    """Per table the keys of the baseline's rows that belong to the company's persons."""
    own = company_rows(baseline, batch.company, delivered_persons(batch))
    named = ndelius_tables().items()
    return {table: own[entity]["key"] for table, entity in named if entity not in NOT_COUNTED}


def _changed(evidence: Evidence, batch: Batch) -> pl.DataFrame:
    """TABLE_NAME, TARGET_ID, KIND of the rows that the company's load changed, once each."""
    names = ["TABLE_NAME", "TARGET_ID", "KIND"]
    where = of_load(BEFORE_IMAGE, batch.company, batch.cycle)
    return read(evidence.country.connection, BEFORE_IMAGE, names, where).unique()
