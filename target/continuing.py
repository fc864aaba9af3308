"""A delta into the target that holds the cycle it continues (record 153).

What the delta's plan says otherwise than the plan before is inserted, changed in place or marked as deleted;
everything else stays as it stands. Rows that the delta leaves or changes keep their ids.
"""

import datetime as dt
import json
from dataclasses import dataclass, replace

import polars as pl
import sqlalchemy as sa

from target.bulk import insert, read, schema_of
from target.changes import apply_changes, apply_values
from target.deleting import deletions, require_deletable
from target.derived.figures import wrong_figures
from target.derived.persons import touched_persons
from target.difference import PROVENANCE, PlanDifference, TableDifference, difference
from target.edited import STAMPS, as_stored, find_edited, ids_of, without_edited
from target.flag_rows import with_standing_flags
from target.ledger import BEFORE_IMAGE, CROSSWALK, LEDGER, NO_SOURCE, SECOND_ID, LoadAccount
from target.load import (
    add_provisional,
    crosswalk_entries,
    enter_in_ledger,
    insert_rows,
    is_loaded,
    rebuild_derived,
    undo_earlier,
)
from target.plan import Plan
from target.resolve import MIGRATION_MOMENT, Resolver
from target.schema.shape import is_membership, key_column
from target.schema.tables import of_load, table
from target.sequences import raise_sequences
from target.undo import from_text
from vocabulary.errors import TargetError


@dataclass(frozen=True)
class Continued:
    """What a delta's load came to. `edited`: target.edited.EDITED_SCHEMA of the rows left alone; of a
    repeated load none."""

    account: LoadAccount
    edited: pl.DataFrame


@dataclass
class _Writing:
    """A delta at work: `keys` table to natural_key, id, second of what the line wrote before; `number` of the
    next change; `counts` of rows changed."""

    resolver: Resolver
    plan: Plan
    keys: dict[str, pl.DataFrame]
    number: int
    counts: dict[tuple[str, str], int]

    def set_values(self, name: str, kind: str, values: pl.DataFrame) -> None:
        """Rows of a table changed in place, with their images."""
        if values.is_empty():
            return
        rows = apply_values(self.resolver, self.plan, name, kind, values, self.number)
        self.number += 1
        self.counts[name, kind] = self.counts.get((name, kind), 0) + rows


def load_delta(
    connection: sa.Connection,
    plan: Plan,
    before: Plan,
    input_hash: str,
    before_hash: str,
    moment: dt.datetime = MIGRATION_MOMENT,
    snapshot_hash: str = NO_SOURCE,
) -> Continued:
    """Write what `plan` says otherwise than `before`, the plan of the cycle it continues, in the caller's
    transaction. `input_hash`, `before_hash`: the ledger knows both plans by them.

    Raises:
        TargetError: the target does not hold `before`, a row cannot be taken back, or as target.load.load.
    """
    if is_loaded(connection, plan.company, plan.cycle, input_hash):
        repeated = LoadAccount(plan.company, plan.cycle, {}, {}, is_repeat=True)
        return Continued(repeated, pl.DataFrame())
    earlier = undo_earlier(connection, plan)
    _require_before(connection, before, before_hash)
    keys = _keys_of_line(connection, plan.company, before)
    resolver = Resolver(connection, moment)
    resolver.keys = {name: rows.select("natural_key", "id") for name, rows in keys.items()}
    found = difference(before, plan)
    edited = find_edited(resolver, plan, before, found, keys)
    found = without_edited(found, edited, plan.company, before.cycle)
    require_deletable(found, plan.company)
    return Continued(_write(resolver, plan, found, keys, earlier, input_hash, snapshot_hash), edited)


def _write(
    resolver: Resolver,
    plan: Plan,
    found: PlanDifference,
    keys: dict[str, pl.DataFrame],
    earlier: pl.DataFrame,
    input_hash: str,
    snapshot_hash: str,
) -> LoadAccount:
    connection = resolver.connection
    added = {each.table: each.added for each in found.tables if each.added.height}
    own = with_standing_flags(connection, replace(plan, inserts=added, changes=found.changes))
    add_provisional(resolver, plan, earlier)
    inserted = insert_rows(resolver, own, earlier)
    counts = apply_changes(resolver, plan, own.changes)
    writing = _Writing(resolver, plan, keys, len(own.changes) + 1, counts)
    for each in found.tables:
        _correct(writing, each)
        writing.set_values(each.table, "delete", deletions(each, keys.get(each.table), resolver.moment))
    _put_back(writing, found.undone)
    entries = read(connection, CROSSWALK, where=of_load(CROSSWALK, plan.company, plan.cycle))
    counts |= rebuild_derived(resolver, plan, entries, writing.number)
    writing.number += 1
    _refresh_figures(writing)
    _claim(writing, found)
    raise_sequences(connection, inserted)
    told = {"ROWS_INSERTED": sum(inserted.values()), "ROWS_CHANGED": sum(counts.values())}
    known = {"INPUT_HASH": input_hash, "SNAPSHOT_HASH": snapshot_hash, **told}
    whole = read(connection, CROSSWALK, where=of_load(CROSSWALK, plan.company, plan.cycle))
    enter_in_ledger(connection, plan, whole, known)
    return LoadAccount(plan.company, plan.cycle, inserted, counts)


def _require_before(connection: sa.Connection, before: Plan, before_hash: str) -> None:
    held = read(connection, LEDGER, where=of_load(LEDGER, before.company, before.cycle))
    if held.is_empty() or held["INPUT_HASH"][0] != before_hash:
        what = "nothing of" if held.is_empty() else "another load of"
        raise TargetError(
            f"{before.company}: the target holds {what} {before.cycle}, which the delta continues. "
            f"Load {before.cycle} as it was received last, then the delta. Nothing was written."
        )


def _keys_of_line(connection: sa.Connection, company: str, before: Plan) -> dict[str, pl.DataFrame]:
    """Table to natural_key, id, second of the rows of `before`, as the latest load has them."""
    where = table(CROSSWALK).c["COMPANY"] == company
    names = ["CYCLE", "TABLE_NAME", "NATURAL_KEY", "TARGET_ID", SECOND_ID]
    entries = read(connection, CROSSWALK, names, where)
    loads = read(connection, LEDGER, ["CYCLE", "LOAD_NUMBER"], table(LEDGER).c["COMPANY"] == company)
    latest = entries.join(loads, on="CYCLE").sort("LOAD_NUMBER", descending=True)
    latest = latest.unique(["TABLE_NAME", "NATURAL_KEY"], keep="first", maintain_order=True)
    by_table = latest.select(
        pl.col("TABLE_NAME").alias("table"),
        pl.col("NATURAL_KEY").alias("natural_key"),
        pl.col("TARGET_ID").alias("id"),
        pl.col(SECOND_ID).alias("second"),
    ).partition_by("table", as_dict=True, include_key=False)
    return {
        name: by_table[(name,)].join(rows.select("natural_key"), on="natural_key", how="semi")
        for name, rows in before.inserts.items()
        if (name,) in by_table
    }


def _correct(writing: _Writing, each: TableDifference) -> None:
    """The rows that are changed, with those columns of the table that differ in any of them."""
    if each.new.is_empty() or is_membership(each.table):
        return
    ids = ids_of(each.new, writing.keys[each.table])
    old = as_stored(writing.resolver, each.table, each.old, ids)
    new = as_stored(writing.resolver, each.table, each.new, ids)
    differs = [name for name in new.columns if old[name].ne_missing(new[name]).any()]
    if differs:
        values = new.select(differs).with_columns(ids.alias(key_column(each.table)))
        writing.set_values(each.table, "correct", values)


def _put_back(writing: _Writing, undone: pl.DataFrame) -> None:
    """Rows of nDelius that only the plan before changed: as they were before that, in the columns it set."""
    if undone.is_empty():
        return
    resolver, plan = writing.resolver, writing.plan
    is_own = table(BEFORE_IMAGE).c["COMPANY"] == plan.company
    images = read(resolver.connection, BEFORE_IMAGE, where=is_own).filter(pl.col("CYCLE") != plan.cycle)
    for (name,), rows in undone.partition_by("table", as_dict=True).items():
        own = images.filter(
            (pl.col("TABLE_NAME") == name)
            & pl.col("TARGET_ID").is_in(rows["key"].implode())
            & ~pl.col("KIND").is_in(["rebuild"])
        )
        for image in own.sort("CYCLE", "CHANGE_NUMBER", descending=True).iter_rows(named=True):
            writing.set_values(str(name), "restore", _old_values(str(name), image))


def _old_values(name: str, image: dict[str, object]) -> pl.DataFrame:
    types = schema_of(name)
    old = json.loads(str(image["OLD_VALUES"]))
    texts = pl.DataFrame([old], schema=dict.fromkeys(old, pl.String))
    kept = [column for column in old if column not in STAMPS]
    values = texts.select(from_text(column, types[column]) for column in kept)
    return values.with_columns(pl.lit(image["TARGET_ID"], pl.Int64).alias(key_column(name)))


def _refresh_figures(writing: _Writing) -> None:
    """Figures of the company's rows of earlier cycles that hang on what the delta wrote."""
    resolver, plan = writing.resolver, writing.plan
    named = ["TABLE_NAME", "TARGET_ID"]
    images = read(resolver.connection, BEFORE_IMAGE, named, of_load(BEFORE_IMAGE, plan.company, plan.cycle))
    entries = read(resolver.connection, CROSSWALK, named, of_load(CROSSWALK, plan.company, plan.cycle))
    persons = touched_persons(resolver.connection, pl.concat([entries, images]))
    for name, column, wrong in wrong_figures(resolver.connection, persons):
        own = writing.keys.get(name)
        if own is not None:
            key = key_column(name)
            rows = wrong.filter(pl.col("id").is_in(own["id"].implode()))
            writing.set_values(name, "rebuild", rows.rename({"id": key, "value": column}))


def _claim(writing: _Writing, found: PlanDifference) -> None:
    """The crosswalk names the row of the delta beside each row that it changed or confirmed."""
    plan, connection = writing.plan, writing.resolver.connection
    for each in found.tables:
        rows = pl.concat([each.new, each.renamed])
        known = writing.keys.get(each.table)
        if rows.is_empty() or known is None:
            continue
        numbered = rows.select("natural_key", *PROVENANCE).join(known, on="natural_key", how="inner")
        insert(connection, CROSSWALK, crosswalk_entries(plan, each.table, numbered))
