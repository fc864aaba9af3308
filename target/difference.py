"""What is other in a plan than in the one before it: of a delta, what it adds, changes and takes away."""

from dataclasses import dataclass

import polars as pl

from target.plan import Change, Plan
from target.schema.shape import load_order

NATURAL = "natural_key"
PROVENANCE = ("export", "source_file", "source_row")
NO_ROWS = dict.fromkeys((NATURAL, *PROVENANCE), pl.String)


@dataclass(frozen=True)
class TableDifference:
    """Of one table by natural key: rows of the new plan `added`; rows in both whose words differ, as they
    were (`old`) and are (`new`), in one order; rows `gone`; rows `renamed`: the same words, another source.
    """

    table: str
    added: pl.DataFrame
    old: pl.DataFrame
    new: pl.DataFrame
    gone: pl.DataFrame
    renamed: pl.DataFrame


@dataclass(frozen=True)
class PlanDifference:
    """`changes`: what the new plan changes otherwise than the old. `undone`: table, key of rows that only the
    old one changed."""

    tables: tuple[TableDifference, ...]
    changes: tuple[Change, ...]
    undone: pl.DataFrame


def difference(before: Plan, after: Plan) -> PlanDifference:
    """`after` against `before`, of one company."""
    named = [name for name in load_order() if name in before.inserts or name in after.inserts]
    tables = tuple(_of_table(name, before, after) for name in named)
    return PlanDifference(tables, _changes(before, after), _undone(before, after))


def _of_table(name: str, before: Plan, after: Plan) -> TableDifference:
    old, new = _alike(before.inserts.get(name), after.inserts.get(name))
    added = new.join(old, on=NATURAL, how="anti", maintain_order="left")
    gone = old.join(new, on=NATURAL, how="anti", maintain_order="left")
    stays = new.join(old, on=NATURAL, how="semi", maintain_order="left")
    was = stays.select(NATURAL).join(old, on=NATURAL, how="left", maintain_order="left")
    words = [word for word in new.columns if word not in (NATURAL, *PROVENANCE)]
    then = as_later(was, after.company, before.cycle)
    differs = _any([stays[word].ne_missing(was[word]) for word in words], stays.height)
    moved = _any([stays[word].ne_missing(then[word]) for word in PROVENANCE], stays.height)
    return TableDifference(
        name, added, was.filter(differs), stays.filter(differs), gone, stays.filter(moved & ~differs)
    )


def _alike(old: pl.DataFrame | None, new: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both with the words of either, typed alike; a word that one lacks as null."""
    given = [rows if rows is not None else pl.DataFrame(schema=NO_ROWS) for rows in (old, new)]
    plain = [rows.with_columns(pl.col("source_row").cast(pl.String)) for rows in given]
    both = pl.concat(plain, how="diagonal_relaxed")
    return both.head(plain[0].height), both.tail(plain[1].height)


def as_later(rows: pl.DataFrame, company: str, cycle: str) -> pl.DataFrame:
    """Rows of a plan of `cycle` with their files as a later cycle of the line names them."""
    file = pl.col("source_file")
    is_own = file.str.starts_with(f"{company}_")  # nDelius's own rows keep their place
    return rows.with_columns(
        pl.when(is_own).then(pl.format("{}/{}", pl.lit(cycle), file)).otherwise(file).alias("source_file"),
        pl.col("source_row").cast(pl.String),
    )


def _any(masks: list[pl.Series], height: int) -> pl.Series:
    total = pl.Series([False]).new_from_index(0, height)
    for mask in masks:
        total = total | mask
    return total


def _changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    found = []
    for change in after.changes:
        rows = change.rows
        for earlier in before.changes:
            if (earlier.table, earlier.kind) == (change.table, change.kind) and set(
                earlier.rows.columns
            ) == set(rows.columns):
                rows = rows.join(
                    earlier.rows, on=rows.columns, how="anti", nulls_equal=True, maintain_order="left"
                )
        found.append(Change(change.table, change.kind, rows))
    return tuple(found)


def _undone(before: Plan, after: Plan) -> pl.DataFrame:
    return _changed_rows(before).join(
        _changed_rows(after), on=["table", "key"], how="anti", maintain_order="left"
    )


def _changed_rows(plan: Plan) -> pl.DataFrame:
    schema = {"table": pl.String, "key": pl.Int64}
    rows = [
        change.rows.select(pl.lit(change.table).alias("table"), pl.col("key").cast(pl.Int64))
        for change in plan.changes
    ]
    return pl.concat([pl.DataFrame(schema=schema), *rows]).unique(maintain_order=True)
