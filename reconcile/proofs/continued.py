"""What a delta may leave that a full load may not: rows taken back, higher versions, differences that stood.

The target of a delta was in use since the load before: what its users changed there is no matter of the
delta, and must stand as they left it.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from reconcile.differences import DESTINATION, FIELD, UNCHANGED, differences_of, no_differences
from reconcile.expected.stamps import VERSION
from reconcile.sources.delivery import Delivery
from reconcile.target.marks import is_marked
from reconcile.target.snapshot import ALTERED, INSERTED, TableChange

UNJUDGED = "The row stands after the deltas, and no stage judged it."
OVERWRITTEN = "Somebody changed this row since the load before, and the delta changed it again."
SAME = ["proof", "table", "key", "column", "expected", "found", "source_file", "source_row"]
"""What makes two differences the same one."""

Changes = Mapping[str, TableChange]


def taken_back(
    changes: Changes, brought: pl.DataFrame, claimed: Mapping[str, Sequence[pl.Series]]
) -> dict[str, pl.Series]:
    """Table to keys of inserted rows that no source asks for any more and that are marked so.

    Args:
        changes: since the full load. brought: table, key of what earlier loads of the line wrote. claimed:
            what sources ask for.
    """
    found = {}
    for table, change in changes.items():
        if not change.counts[INSERTED]:
            continue
        own = brought.filter(pl.col("table") == table)["key"]
        asked = pl.concat([pl.Series("key", [], pl.String), *claimed.get(table, [])])
        rows = change.inserted_rows()
        rest = rows.filter(_name(table).is_in(own.implode()) & ~pl.col("key").is_in(asked.implode()))
        if rest.height:
            found[table] = rest.filter(is_marked(table))["key"]
    return found


def marked_rows(table: str, changes: Changes, keys: pl.Series) -> pl.Series:
    """Those of `keys`, by which the crosswalk names rows inserted since the full load, that are gone.

    A row that cannot say so counts, too."""
    change = changes.get(table)
    if change is None:
        return keys.clear()
    rows = change.inserted_rows()
    own = rows.with_columns(_name(table).alias("_name")).filter(pl.col("_name").is_in(keys.implode()))
    return own.filter(is_marked(table))["_name"]


def _name(table: str) -> pl.Expr:
    """What the crosswalk calls a row: its key, or the first part of it."""
    del table
    return pl.col("key").str.split(":").list.first()


def without_versions(differences: pl.DataFrame, since: Changes) -> pl.DataFrame:
    """`differences` without the versions of rows of earlier loads that went up by one, as a change must."""
    told = differences.filter(pl.col("proof").is_in([FIELD, UNCHANGED]) & (pl.col("column") == VERSION))
    right = [pl.DataFrame(schema={"table": pl.String, "key": pl.String})]
    for (table,), rows in told.group_by("table"):
        change = since.get(str(table))
        if change is None:
            continue
        raised = change.changed.filter(
            (pl.col("column") == VERSION)
            & (
                pl.col("after").cast(pl.Int64, strict=False)
                == pl.col("before").cast(pl.Int64, strict=False) + 1
            )
        )
        right.append(rows.join(raised, on="key", how="semi").select("table", "key"))
    excused = told.join(pl.concat(right), on=["table", "key"], how="semi")
    return differences.join(excused, on=SAME, how="anti", nulls_equal=True, maintain_order="left")


def new_differences(differences: pl.DataFrame, stood: pl.DataFrame, since: Changes) -> pl.DataFrame:
    """Those of `differences` that did not stand before the delta, and the rows of those that did which the
    delta changed all the same.

    `stood`: the differences of the cycle before, proved before anything of the delta was written.
    """
    known = stood.filter(pl.col("key").is_not_null() | pl.col("source_row").is_not_null())
    new = differences.join(known, on=SAME, how="anti", nulls_equal=True, maintain_order="left")
    edited = stood.filter(
        pl.col("proof").is_in([FIELD, UNCHANGED])
        & pl.col("key").is_not_null()
        & (pl.col("column") != VERSION)
    ).unique(["table", "key"], keep="first", maintain_order=True)
    found = [new]
    for (table,), rows in edited.group_by("table", maintain_order=True):
        change = since.get(str(table))
        if change is not None and change.counts[ALTERED]:
            again = rows.join(change.altered, on="key", how="semi")
            told = differences_of(again.select("table", "key", "company"), UNCHANGED, OVERWRITTEN)
            found.append(told.with_columns(again["company"]))
    return pl.concat(found) if len(found) > 1 else new


def find_unjudged(delivery: Delivery) -> pl.DataFrame:
    """Differences of rows that stand after the deltas and that no stage judged: they were lost on the way."""
    found = [no_differences()]
    for export, frames in delivery.frames.items():
        for entity in frames:
            rows = delivery.scan(export, entity).filter(pl.col("row_outcome").is_null())
            lost = rows.select("source_file", "source_row").collect()
            named = lost.with_columns(pl.lit(export).alias("export"))
            found.append(differences_of(named, DESTINATION, UNJUDGED))
    return pl.concat(found)


def not_said_by_sources(refused: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Differences of rows that T08 refuses though they are right, or lets pass though they are not.

    `refused`: export, ROW of T08. `told`: export, ROW, is_wrong.
    """
    place = ["export", "source_file", "source_row"]
    marked = refused.select(place).unique().with_columns(_t08=pl.lit(True))
    judged = told.join(marked, on=place, how="left")
    wrong = judged.filter(pl.col("_t08").fill_null(False) != pl.col("is_wrong"))
    what = "T08 says otherwise than the keys that were delivered before."
    return differences_of(wrong, DESTINATION, what) if wrong.height else no_differences()
