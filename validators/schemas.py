"""pandera schemas of natural rows, derived from dictionary and records: nothing unvalidated is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from target.schema.record import record
from target.schema.shape import columns
from validators.demands import BOOKKEEPING, Demand, demands, value_type
from validators.row_checks import row_failures
from vocabulary.errors import ConfigError
from vocabulary.stacking import stack

if TYPE_CHECKING:
    import pandera.polars as pa

FAILURE_SCHEMA = {"row": pl.Int64, "column": pl.String, "check": pl.String}
"""`row` counts from 0 and is null when the whole column failed. There is no value: it may be a person's."""

_NO_FAILURES = pl.DataFrame(schema=FAILURE_SCHEMA)

_BESIDE_WORDS = ("origin_area",)
"""Words that help to find a team (target.assignment) and fill no column of their own."""


def check_records(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with new rows of `table`: per row, column and check a line in FAILURE_SCHEMA.

    Raises:
        ConfigError: the frame has a word that the record does not know, or lacks a bookkeeping column.
    """
    _check_words(table, frame)
    rows = canonical(table, frame)
    columns_failed = _column_failures(demands(table, tuple(frame.columns)), rows)
    found = stack([columns_failed, row_failures(table, rows)], _NO_FAILURES)
    return found.sort("column", "check", "row") if found.height else found


def canonical(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with each word of `table` in the type that the dictionary demands, where it may stand so."""
    return frame.select(_canonical(frame, name, kind) for name, kind in _types(table, frame).items())


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
            found[fill.word] = value_type(columns(table)[fill.column])
    return found


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


def _column_failures(wanted: Mapping[str, Demand], frame: pl.DataFrame) -> pl.DataFrame:
    """Every batch passes through pandera: its types and one look over all columns; where that fails, column
    by column, to name rows and checks."""
    if _cases(_gate(tuple(wanted.items())), frame) is None:
        return _NO_FAILURES
    found = column_failures(wanted, frame)
    if found.is_empty():  # the two disagree: what neither can name is no batch to load
        return pl.DataFrame([(None, "", "as demanded")], schema=FAILURE_SCHEMA, orient="row")
    return found


def column_failures(wanted: Mapping[str, Demand], frame: pl.DataFrame) -> pl.DataFrame:
    """FAILURE_SCHEMA of the words `wanted` of an eager frame, in its canonical types, column by column.

    On a lazy frame pandera would skip every check of the data in silence.
    """
    cases = _cases(_schema(wanted), frame)
    if cases is None:
        return _NO_FAILURES
    # failure_case holds values, so only place and check leave this function.
    named = pl.coalesce("column", pl.when(pl.col("check") == "column_in_dataframe").then("failure_case"))
    return cases.select(
        pl.col("index").cast(pl.Int64).alias("row"),
        named.alias("column"),
        pl.col("check").cast(pl.String),
    )


def _cases(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> pl.DataFrame | None:
    """What pandera finds; None where the frame is as the schema says."""
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        found: pl.DataFrame = errors.failure_cases
        return found
    return None


@cache
def _gate(wanted: tuple[tuple[str, Demand], ...]) -> pa.DataFrameSchema:
    """The types of `wanted`, and all that it demands of their values as one check: a check of pandera's costs
    a handful of frame operations, and nearly every batch is as demanded."""
    import pandera.polars as pa  # costs over a second: only commands that validate pay it

    broken = [demand.broken(name) for name, demand in wanted]

    def is_as_demanded(data: pa.PolarsData) -> bool:
        return not any(data.lazyframe.select(broken).collect().row(0))

    types = {name: pa.Column(demand.kind, nullable=True) for name, demand in wanted}
    return pa.DataFrameSchema(types, checks=pa.Check(is_as_demanded))


def _schema(wanted: Mapping[str, Demand]) -> pa.DataFrameSchema:
    import pandera.polars as pa

    return pa.DataFrameSchema(
        {
            name: pa.Column(
                demand.kind, _checks(demand), nullable=not demand.is_mandatory, unique=demand.is_unique
            )
            for name, demand in wanted.items()
        }
    )


def _checks(demand: Demand) -> list[pa.Check]:
    import pandera.polars as pa

    checks = [pa.Check.str_length(max_value=demand.length)] if demand.length is not None else []
    if demand.allowed is not None:
        checks.append(pa.Check.isin(list(demand.allowed)))
    if demand.is_above_zero:
        checks.append(pa.Check.gt(0))
    return checks
