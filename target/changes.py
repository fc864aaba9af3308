"""Rows that exist and change in place: resolved, written with a new row version, kept as they were before."""

from collections.abc import Sequence

import polars as pl

from target.bulk import insert, read, read_rows, update
from target.ledger import BEFORE_IMAGE
from target.plan import Change, Plan
from target.resolve import MIGRATION_USER_ID, Resolver
from target.schema.record import Fill, fill_of, record
from target.schema.shape import columns, key_column
from target.schema.tables import of_load, table
from vocabulary.errors import ConfigError, TargetError

_ROW_VERSION = "ROW_VERSION"


def apply_changes(
    resolver: Resolver, plan: Plan, changes: Sequence[Change], first: int = 1
) -> dict[tuple[str, str], int]:
    """Write `changes` of the load of `plan`, numbered from `first`; rows changed per (table, kind).

    Raises:
        ConfigError: a column cannot be changed. TargetError: a row to change is not there.
    """
    counts: dict[tuple[str, str], int] = {}
    for number, change in enumerate(changes, start=first):
        if change.rows.is_empty():
            continue
        old, new = _old_and_new(resolver, plan, change)
        update(resolver.connection, change.table, key_column(change.table), new)
        insert(resolver.connection, BEFORE_IMAGE, _images(plan, change, number, old, new))
        place = (change.table, change.kind)
        counts[place] = counts.get(place, 0) + new.height
    return counts


def apply_values(
    resolver: Resolver, plan: Plan, name: str, kind: str, values: pl.DataFrame, number: int
) -> int:
    """Set columns of rows of table `name` to target values, as one numbered change of the load of `plan`.

    `values`: the key column and every column to set, typed as the table's. Gives the rows changed.
    """
    key = key_column(name)
    current = read_rows(resolver.connection, name, key, values[key])
    current = values.select(key).join(current, on=key, how="left", maintain_order="left")
    change = Change(name, kind, values.select(pl.col(key).alias("key")))
    new = values.with_columns(_stamps(resolver, name, current, _changed_before(resolver, plan, change)))
    names = [key, *(column for column in new.columns if column != key)]
    update(resolver.connection, name, key, new.select(names))
    images = _images(plan, change, number, current.select(names), new.select(names))
    insert(resolver.connection, BEFORE_IMAGE, images)
    return new.height


def _old_and_new(resolver: Resolver, plan: Plan, change: Change) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The changing rows before and after, in the same order, both with the key first and the same columns."""
    key = key_column(change.table)
    rows = change.rows.unique("key", keep="first", maintain_order=True)
    current = read_rows(resolver.connection, change.table, key, rows["key"])
    if current.height < rows.height:
        raise TargetError(
            f"{change.table}: {rows.height - current.height} rows to {change.kind} are not in the target. "
            "The baseline and the target have drifted apart; load the baseline of this cycle."
        )
    fills = _fills(change)
    words = rows.select(*(pl.col(name).alias(word) for word, name in _words(change).items()))
    new = resolver.some(change.table, words, fills).with_columns(rows["key"].cast(pl.Int64).alias(key))
    current = new.select(key).join(current, on=key, how="left", maintain_order="left")
    new = new.with_columns(_stamps(resolver, change.table, current, _changed_before(resolver, plan, change)))
    names = [key, *(name for name in new.columns if name != key)]
    return current.select(names), new.select(names)


def _words(change: Change) -> dict[str, str]:
    """Word of the record to the changed column that gives its value."""
    found: dict[str, str] = {}
    for name in change.rows.columns:
        if name == "key":
            continue
        word = fill_of(change.table, name).word
        if word is None:
            raise ConfigError(
                f"{change.table}.{name} is filled by day1 alone and cannot be changed by a plan."
            )
        found.setdefault(word, name)
    return found


def _fills(change: Change) -> list[Fill]:
    """The columns that follow from the changed words: a new team also changes the copies of its id."""
    words = _words(change)
    return [fill for fill in record(change.table) if fill.word in words and fill.fill != "key"]


def _changed_before(resolver: Resolver, plan: Plan, change: Change) -> pl.Series:
    """Keys of the rows of the table that this load changed already."""
    images = table(BEFORE_IMAGE).c
    where = of_load(BEFORE_IMAGE, plan.company, plan.cycle) & (images["TABLE_NAME"] == change.table)
    return read(resolver.connection, BEFORE_IMAGE, ["TARGET_ID"], where)["TARGET_ID"]


def _stamps(resolver: Resolver, name: str, current: pl.DataFrame, before: pl.Series) -> list[pl.Series]:
    """The audit columns of a changed row; ROW_VERSION goes up by one in a load (target.md, section 4)."""
    known = columns(name)
    stamps = []
    if _ROW_VERSION in known:
        is_first = ~current[key_column(name)].is_in(before.implode())
        stamps.append((current[_ROW_VERSION] + is_first.cast(pl.Int64)).alias(_ROW_VERSION))
    if "LAST_UPDATED_USER_ID" in known:
        users = pl.Series("LAST_UPDATED_USER_ID", [MIGRATION_USER_ID], pl.Int64)
        stamps.append(users.new_from_index(0, current.height))
    if "LAST_UPDATED_DATETIME" in known:
        moments = pl.repeat(resolver.moment, current.height, dtype=pl.Datetime("us"), eager=True)
        stamps.append(moments.alias("LAST_UPDATED_DATETIME"))
    return stamps


def _images(plan: Plan, change: Change, number: int, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    key = key_column(change.table)
    return pl.DataFrame(
        {
            "TARGET_ID": old[key],
            "OLD_VALUES": _as_json(old, key),
            "NEW_VALUES": _as_json(new, key),
        }
    ).with_columns(
        pl.lit(plan.company).alias("COMPANY"),
        pl.lit(plan.cycle).alias("CYCLE"),
        pl.lit(change.table).alias("TABLE_NAME"),
        pl.lit(number, pl.Int64).alias("CHANGE_NUMBER"),
        pl.lit(change.kind).alias("KIND"),
    )


def _as_json(values: pl.DataFrame, key: str) -> pl.Series:
    """Each row without its `key` as one JSON object of texts; target.undo reads it back."""
    texts = [
        pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S") if kind == pl.Datetime else pl.col(name).cast(pl.String)
        for name, kind in values.schema.items()
        if name != key
    ]
    return values.select(pl.struct(texts).struct.json_encode()).to_series()
