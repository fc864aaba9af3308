"""pandera schemas of natural rows, derived from dictionary and records: nothing unvalidated is loaded."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from target.schema.record import Fill, record
from target.schema.shape import Column, columns, constraints
from validators.row_checks import row_failures
from vocabulary.errors import ConfigError

if TYPE_CHECKING:
    import pandera.polars as pa

FAILURE_SCHEMA = {"row": pl.Int64, "column": pl.String, "check": pl.String}
"""`row` counts from 0 and is null when the whole column failed. There is no value: it may be a person's."""

BOOKKEEPING = ("natural_key", "export", "source_file", "source_row")
"""Columns that every frame of new rows has beside the record's words."""

_BESIDE_WORDS = ("origin_area",)
"""Words that help to find a team (target.assignment) and fill no column of their own."""

_SELF_FILLING = frozenset({"key", "constant", "audit", "agency", "agency_flag", "either", "crn"})
"""Fills that have a value even where the word is blank."""


def check_records(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with new rows of `table`: per row, column and check a line in FAILURE_SCHEMA.

    Raises:
        ConfigError: the frame has a word that the record does not know, or lacks a bookkeeping column.
    """
    _check_words(table, frame)
    canonical = frame.select(_canonical(frame, name, kind) for name, kind in _types(table, frame).items())
    columns_failed = _column_failures(_schema(table, tuple(frame.columns)), canonical)
    return pl.concat([columns_failed, row_failures(table, canonical)]).sort("column", "check", "row")


def _check_words(table: str, frame: pl.DataFrame) -> None:
    known = {*BOOKKEEPING, *_BESIDE_WORDS, *(fill.word for fill in record(table)), *_conditions(table)}
    strange = [name for name in frame.columns if name not in known]
    missing = [name for name in BOOKKEEPING if name not in frame.columns]
    if strange or missing:
        raise ConfigError(
            f"New rows of {table}: unknown words {strange or 'none'}, missing {missing or 'none'}. "
            f"Known: {', '.join(sorted(name for name in known if name))}. Mend the mapping or the record."
        )


def _conditions(table: str) -> set[str]:
    return {fill.when for fill in record(table) if fill.when}


def _types(table: str, frame: pl.DataFrame) -> dict[str, pl.DataType]:
    """The canonical type of each word of the frame."""
    found: dict[str, pl.DataType] = {name: pl.String() for name in frame.columns}
    for fill in record(table):
        if fill.word in found and fill.fill == "value":
            found[fill.word] = _value_type(columns(table)[fill.column])
    return found


def _value_type(column: Column) -> pl.DataType:
    if column.is_moment:
        return pl.Datetime("us")
    return pl.Float64() if column.is_number else pl.String()


def _canonical(frame: pl.DataFrame, name: str, kind: pl.DataType) -> pl.Expr:
    """The word in its canonical type where its own may stand for it; else as it is, to fail the check."""
    own = frame.schema[name]
    word = pl.col(name)
    if own == pl.Null:
        return pl.lit(None, kind).alias(name)
    if own == pl.Boolean and kind == pl.String:
        return pl.when(word).then(pl.lit("Y")).when(~word).then(pl.lit("N")).alias(name)
    if own == pl.Time and kind == pl.Datetime:
        return pl.date(1970, 1, 1).dt.combine(word).alias(name)
    may_stand = {
        pl.Datetime: own.is_temporal(),
        pl.Float64: own.is_numeric() or own == pl.Boolean,
        pl.String: own == pl.Int64,
    }[kind.base_type()]
    return word.cast(kind) if may_stand else word


@cache
def _schema(table: str, words: tuple[str, ...]) -> pa.DataFrameSchema:
    import pandera.polars as pa  # costs over a second: only commands that validate pay it

    found = {name: pa.Column(str, nullable=False, unique=name == "natural_key") for name in BOOKKEEPING}
    for fill in record(table):
        if fill.word is not None and (fill.word in words or _is_demanded(table, fill)):
            found[fill.word] = _stricter(found.get(fill.word), _column(table, fill))
    return pa.DataFrameSchema(found)


def _is_demanded(table: str, fill: Fill) -> bool:
    column = columns(table)[fill.column]
    can_be_blank = column.is_nullable or fill.default is not None or fill.when is not None
    return not can_be_blank and fill.fill not in _SELF_FILLING


def _stricter(one: pa.Column | None, other: pa.Column) -> pa.Column:
    """Of two columns filled from one word the mandatory counts."""
    return one if one is not None and not one.nullable else other


def _column(table: str, fill: Fill) -> pa.Column:
    import pandera.polars as pa

    column = columns(table)[fill.column]
    kind = _value_type(column) if fill.fill == "value" else pl.String()
    return pa.Column(kind, _checks(table, fill, column), nullable=not _is_demanded(table, fill))


def _checks(table: str, fill: Fill, column: Column) -> list[pa.Check]:
    import pandera.polars as pa

    if fill.fill not in ("value", "crn"):
        return []
    checks = [pa.Check.str_length(max_value=column.length)] if column.length else []
    for rule in constraints(table):
        if rule.kind == "one_of" and rule.columns == (column.name,):
            allowed = rule.argument.split()
            checks.append(pa.Check.isin(allowed if column.is_text else [float(value) for value in allowed]))
        if rule.kind == "above_zero" and rule.columns == (column.name,):
            checks.append(pa.Check.gt(0))
    return checks


def _column_failures(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> pl.DataFrame:
    """The failures of an eager frame: on a lazy one pandera skips every check of the data in silence."""
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
        # failure_case holds values, so only place and check leave this function.
        named = pl.coalesce("column", pl.when(pl.col("check") == "column_in_dataframe").then("failure_case"))
        return cases.select(
            pl.col("index").cast(pl.Int64).alias("row"),
            named.alias("column"),
            pl.col("check").cast(pl.String),
        )
    return pl.DataFrame(schema=FAILURE_SCHEMA)
