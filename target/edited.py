"""Rows of ours that somebody has changed since: a delta leaves them alone, and the row that asks is held."""

from dataclasses import replace

import polars as pl
import sqlalchemy as sa

from target.bulk import read_rows, schema_of
from target.derived.figures import figures
from target.difference import PROVENANCE, PlanDifference, TableDifference, as_later
from target.plan import Plan
from target.resolve import Resolver
from target.schema.record import record
from target.schema.shape import is_membership, key_column

EDITED_SCHEMA = dict.fromkeys(("table", "key", *PROVENANCE), pl.String)
"""A row of the target that somebody changed, and the source row that would have changed it again."""

STAMPS = frozenset(
    {
        *("ROW_VERSION", "CREATED_BY_USER_ID", "CREATED_DATETIME", "LAST_UPDATED_USER_ID"),
        *("LAST_UPDATED_DATETIME", "CREATE_DATE", "CREATE_USER", "LASTUPD_DATE", "LASTUPD_USER"),
    }
)
"""Columns that say who wrote a row and when, never what it says."""


def find_edited(
    resolver: Resolver, plan: Plan, before: Plan, found: PlanDifference, keys: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    """EDITED_SCHEMA of the rows that `found` would change or take away and that are not as `before` wrote
    them. `keys`: table to natural_key, id of what the line wrote."""
    rows = [pl.DataFrame(schema=EDITED_SCHEMA)]
    for each in found.tables:
        if is_membership(each.table):
            continue
        old = pl.concat([each.old, each.gone])
        if old.is_empty():
            continue
        then = as_later(old, plan.company, before.cycle)
        now = pl.concat(
            [each.new.with_columns(pl.col("source_row").cast(pl.String)), then.tail(each.gone.height)]
        )
        ids = ids_of(old, keys[each.table])
        is_other = _is_other(resolver, each.table, old, ids)
        for places in (then, now):
            rows.append(
                places.filter(is_other).select(
                    pl.lit(each.table).alias("table"),
                    ids.filter(is_other).cast(pl.String).alias("key"),
                    *PROVENANCE,
                )
            )
    return pl.concat(rows).unique(maintain_order=True)


def without_edited(found: PlanDifference, edited: pl.DataFrame, company: str, cycle: str) -> PlanDifference:
    """`found` without every row of a source row of `edited`: what it says is done wholly or not at all.

    `cycle`: that of the plan before.
    """
    if edited.is_empty():
        return found
    places = edited.select(PROVENANCE).unique()

    def kept(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.filter(~_is_at(rows, places))

    def left(each: TableDifference) -> TableDifference:
        stays = kept(each.new)
        old = each.old.join(stays.select("natural_key"), on="natural_key", how="semi", maintain_order="left")
        gone = each.gone.filter(~_is_at(as_later(each.gone, company, cycle), places))
        return replace(
            each, new=stays, old=old, gone=gone, added=kept(each.added), renamed=kept(each.renamed)
        )

    return replace(found, tables=tuple(left(each) for each in found.tables))


def _is_at(rows: pl.DataFrame, places: pl.DataFrame) -> pl.Series:
    """True of each row whose source is one of `places`."""
    named = rows.select(pl.col(name).cast(pl.String) for name in PROVENANCE)
    return named.join(
        places.with_columns(_is=pl.lit(True)), on=list(PROVENANCE), how="left", maintain_order="left"
    )["_is"].fill_null(False)


def ids_of(rows: pl.DataFrame, keys: pl.DataFrame) -> pl.Series:
    """The id of each row by its natural key."""
    return rows.select("natural_key").join(keys, on="natural_key", how="left", maintain_order="left")["id"]


def as_stored(resolver: Resolver, name: str, rows: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The columns of `rows` as the target holds them, without stamps and what the target derives."""
    types = schema_of(name)
    derived = {figure.column for figure in figures() if figure.table == name}
    derived |= {fill.column for fill in record(name) if fill.fill in ("crn", "key")}
    filled = resolver.rows(name, rows, ids)
    kept = [
        column for column in filled.columns if column not in STAMPS | derived and types[column] != pl.Binary
    ]
    return filled.select(pl.col(column).cast(types[column]) for column in kept)


def standing_rows(connection: sa.Connection, name: str, ids: pl.Series) -> pl.DataFrame:
    """The rows of `ids` in their order, nulls where one is gone."""
    key = key_column(name)
    rows = read_rows(connection, name, key, ids)
    return ids.alias(key).to_frame().join(rows, on=key, how="left", maintain_order="left")


def _is_other(resolver: Resolver, name: str, old: pl.DataFrame, ids: pl.Series) -> pl.Series:
    written = as_stored(resolver, name, old, ids)
    standing = standing_rows(resolver.connection, name, ids)
    total = pl.Series([False]).new_from_index(0, old.height)
    for column in written.columns:
        total = total | written[column].ne_missing(standing[column])
    return total
