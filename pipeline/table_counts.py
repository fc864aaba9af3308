"""Per target table the rows that are the company's: before the run, what the run did to them, and after it.

A row is the company's when it belongs to a person the company delivered, or, for the organisation and its
projects, when it stands in the company's area; and what its load inserted is the company's too.
"""

import polars as pl

from pipeline.company_rows import company_rows
from reports.data import TableCount
from reports.readback import ReadBack
from target.bulk import read, read_rows
from target.ledger import BEFORE_IMAGE
from target.plan import Plan
from target.shape import naming_column
from target.tables import table as sql_table
from vocabulary.batch import Batch
from vocabulary.source import parts

NOT_COUNTED = ("staff_team", "user")
"""Entities without a key of one column or without an area of their own."""


def table_counts(
    plan: Plan, batch: Batch, baseline: Batch, target: ReadBack, company: str, cycle: str
) -> tuple[TableCount, ...]:
    """One line per table that holds or gets rows of the company."""
    known = baseline_keys(batch, baseline)
    changed = _changed(target, company, cycle)
    counts = []
    for name in sorted({*known, *plan.inserts, *changed["TABLE_NAME"]}):
        before = known.get(name, pl.Series("key", [], pl.Int64))
        inserted = target.ids(name)["id"]
        there = read_rows(
            target.connection, name, naming_column(name), pl.concat([before.rename("id"), inserted])
        )
        kinds = dict(changed.filter(pl.col("TABLE_NAME") == name).group_by("KIND").len().iter_rows())
        line = TableCount(
            name, len(before), len(inserted), kinds.get("close", 0), kinds.get("repoint", 0), there.height
        )
        if any((line.before, line.inserted, line.after)):
            counts.append(line)
    return tuple(counts)


def baseline_keys(batch: Batch, baseline: Batch) -> dict[str, pl.Series]:
    """Per table the keys of the baseline's rows that belong to the company's persons."""
    export = str(batch.case_export)
    offenders = batch.all(export, "offender")
    ids = offenders["person_id"] if export == "spg" else offenders["offender_id"].cast(pl.String)
    persons = ids.drop_nulls().unique()
    tables = parts("delius")
    own = company_rows(baseline, batch.company, persons)
    return {
        table: own[entity]["key"].cast(pl.Int64)
        for table, entity in tables.items()
        if entity not in NOT_COUNTED
    }


def _changed(target: ReadBack, company: str, cycle: str) -> pl.DataFrame:
    """TABLE_NAME, TARGET_ID, KIND of the rows that the company's load changed, once each."""
    images = sql_table(BEFORE_IMAGE)
    where = (images.c["COMPANY"] == company) & (images.c["CYCLE"] == cycle)
    return read(target.connection, BEFORE_IMAGE, ["TABLE_NAME", "TARGET_ID", "KIND"], where).unique()
