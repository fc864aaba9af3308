"""Planned rows against rows read back, field by field: identical, different, missing, extra."""

from dataclasses import dataclass

import polars as pl

from reports.data import EntityCount
from reports.readback import COMPARED, ReadBack, natural_text
from target.load import SHARED
from target.plan import Change, Plan
from target.record import Fill, record
from target.shape import is_membership, primary_key

DIFFERENCE_SCHEMA = {
    "table": pl.String, "id": pl.Int64, "column": pl.String,
    "export": pl.String, "source_file": pl.String, "source_row": pl.String,
    "expected": pl.String, "found": pl.String,
}  # fmt: skip
"""Where a field differs. VALUES are only for who asked to see them."""

VALUES = ("expected", "found")

COMPLETED = ("team", "officer", "origin_team", "origin_officer")
"""Words that target.assignment completes where they are blank."""

AREA = "area"
"""Of a row that companies share: it is the area of the company that brought the row first."""


@dataclass(frozen=True)
class Compared:
    """Counts per entity and the fields that differ."""

    counts: tuple[EntityCount, ...]
    differences: pl.DataFrame


def compare(plan: Plan, target: ReadBack) -> Compared:
    """Lay every row of the plan beside the target's."""
    tables = sorted({*plan.inserts, *(change.table for change in plan.changes)})
    counts, found = [], [pl.DataFrame(schema=DIFFERENCE_SCHEMA)]
    for table in tables:
        parts = []
        if table in plan.inserts:
            parts.append(_inserted(table, plan.inserts[table], target))
        parts += [_changed(change, target) for change in plan.changes if change.table == table]
        counts.append(_sum(table.lower(), [count for count, _ in parts]))
        found += [frame for _, frame in parts]
    return Compared(tuple(counts), pl.concat(found))


def _inserted(table: str, planned: pl.DataFrame, target: ReadBack) -> tuple[EntityCount, pl.DataFrame]:
    ids = target.ids(table)
    keyed = planned.join(ids, on="natural_key", how="left", maintain_order="left")
    actual = target.rows(table, ids["id"])
    fills = [fill for fill in record(table) if fill.fill in COMPARED and fill.word in planned.columns]
    expected = keyed.select(
        "id",
        *(column for column in ("export", "source_file", "source_row")),
        *(_expected(table, fill, keyed[str(fill.word)]) for fill in fills),
    )
    extra = ids.join(planned, on="natural_key", how="anti").height
    if is_membership(table):
        return _memberships(table, expected, actual), pl.DataFrame(schema=DIFFERENCE_SCHEMA)
    return _beside(table, expected, actual, [fill.column for fill in fills], extra)


def _memberships(table: str, expected: pl.DataFrame, actual: pl.DataFrame) -> EntityCount:
    """Rows that are their key: one is there or it is not, and none can differ."""
    key = list(primary_key(table))
    missing = expected.join(actual, on=key, how="anti").height
    extra = actual.join(expected, on=key, how="anti").height
    return EntityCount(table.lower(), expected.height, expected.height - missing, 0, missing, extra)


def _changed(change: Change, target: ReadBack) -> tuple[EntityCount, pl.DataFrame]:
    words = [column for column in change.rows.columns if column != "key"]
    fills = {fill.column: fill for fill in record(change.table)}
    expected = change.rows.select(
        pl.col("key").alias("id"),
        *(pl.lit("").alias(column) for column in ("export", "source_file", "source_row")),
        *(_expected(change.table, fills[column], change.rows[column]) for column in words),
    )
    return _beside(change.table, expected, target.rows(change.table, change.rows["key"]), words, 0)


def _expected(table: str, fill: Fill, values: pl.Series) -> pl.Series:
    """The planned value as text; a blank one is the record's default."""
    text = natural_text(values, table, fill.column)
    if fill.default is not None and not fill.default.startswith("@"):
        text = text.fill_null(fill.default)
    return text.alias(fill.column)


def _beside(
    table: str, expected: pl.DataFrame, actual: pl.DataFrame, words: list[str], extra: int
) -> tuple[EntityCount, pl.DataFrame]:
    pairs = expected.join(actual, on="id", how="left", suffix=".target", maintain_order="left").with_columns(
        pl.col("id").is_in(actual["id"].implode()).fill_null(False).alias("is_there")
    )
    there = pairs.filter("is_there")
    found = pl.concat(
        [pl.DataFrame(schema=DIFFERENCE_SCHEMA), *(_field(table, word, there) for word in words)]
    )
    different = found["id"].n_unique()
    missing = pairs.height - there.height
    count = EntityCount(table.lower(), pairs.height, there.height - different, different, missing, extra)
    return count, found


def _field(table: str, word: str, pairs: pl.DataFrame) -> pl.DataFrame:
    """The rows in which one column differs, as DIFFERENCE_SCHEMA has it."""
    return pairs.filter(_differs(word) & ~_is_settled_elsewhere(table, word)).select(
        pl.lit(table).alias("table"),
        pl.col("id").cast(pl.Int64),
        pl.lit(word).alias("column"),
        *("export", "source_file", "source_row"),
        pl.col(word).alias("expected"),
        pl.col(f"{word}.target").alias("found"),
    )


def _differs(word: str) -> pl.Expr:
    return pl.col(word).ne_missing(pl.col(f"{word}.target"))


def _is_settled_elsewhere(table: str, column: str) -> pl.Expr:
    """True where the plan left a team or officer blank: the target has a stand-in then (target.assignment);
    and for the area of a row that companies share."""
    fill = next(fill for fill in record(table) if fill.column == column)
    if table in SHARED and fill.word == AREA:
        return pl.lit(True)
    return pl.col(column).is_null() if fill.word in COMPLETED else pl.lit(False)


def _sum(entity: str, counts: list[EntityCount]) -> EntityCount:
    return EntityCount(
        entity,
        sum(count.expected for count in counts),
        sum(count.identical for count in counts),
        sum(count.different for count in counts),
        sum(count.missing for count in counts),
        sum(count.extra for count in counts),
    )
