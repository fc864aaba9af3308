"""Words of natural rows as expressions: their defaults, what they name, and the types they are stored in."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from target.bulk import polars_type
from target.schema.record import AUDIT_MOMENT, Fill
from target.schema.shape import Column

_DAY_OF_TIMES = dt.date(1970, 1, 1)
"""A time of day is stored on this day (target.md, section 4)."""


@dataclass(frozen=True)
class Value:
    """A column as an expression over the natural rows, and its type.

    `word` and `found`: what names something of the target and the id that it was found under, if it does.
    """

    expr: pl.Expr
    kind: pl.DataType
    word: pl.Expr | None = None
    found: pl.Expr | None = None


def word_of(natural: pl.DataFrame, name: str) -> Value:
    """The word, or nulls when the frame has no such word."""
    if name in natural.columns:
        return Value(pl.col(name), natural.schema[name])
    return Value(pl.repeat(None, pl.len(), dtype=pl.Null), pl.Null())


def look_up(values: pl.Expr, mapping: pl.DataFrame, key: str) -> pl.Expr:
    """The `id` of `mapping` for each value that equals its column `key`; null for no match."""
    if mapping.is_empty():
        return pl.repeat(None, pl.len(), dtype=pl.Int64)
    return values.replace_strict(mapping[key], mapping["id"], default=None, return_dtype=pl.Int64)


def with_default(fill: Fill, word: Value, moment: dt.datetime) -> Value:
    """The word with the default of its fill where it is blank."""
    if fill.default is None:
        return word
    if fill.default == AUDIT_MOMENT:
        moments = pl.Datetime("us")
        return Value(word.expr.cast(moments).fill_null(moment), moments)
    if word.kind in (pl.Null, pl.String):
        return Value(word.expr.cast(pl.String).fill_null(fill.default), pl.String())
    if word.kind == pl.Boolean:
        return Value(word.expr.fill_null(fill.default in ("1", "Y")), word.kind)
    if word.kind == pl.Date:
        return Value(word.expr.fill_null(dt.date.fromisoformat(fill.default)), word.kind)
    return Value(word.expr.fill_null(int(fill.default)), word.kind)


def stored(value: Value, column: Column, where: pl.Expr | None) -> pl.Expr:
    """`value` as the dictionary types the column: flags 0/1 or Y/N, days at midnight, times in 1970.

    `where`: the rows that have it at all; None for every row.
    """
    as_stored = _typed(value.expr, value.kind, column)
    return as_stored if where is None else pl.when(where).then(as_stored)


def _typed(expr: pl.Expr, kind: pl.DataType, column: Column) -> pl.Expr:
    if kind == pl.Boolean and column.is_text:
        return pl.when(expr).then(pl.lit("Y")).when(~expr).then(pl.lit("N"))
    if kind == pl.Time:
        return pl.lit(_DAY_OF_TIMES).dt.combine(expr)
    if column.is_moment and kind == pl.String:
        return expr.str.to_datetime("%Y-%m-%d", time_unit="us")  # constants and defaults of records
    wanted = polars_type(column)
    return expr if kind == wanted else expr.cast(wanted)
