"""Rows of the target as exact text: nothing is trimmed, folded or rounded, and nothing fails to be decoded.

A row is one line: a JSON array with an element for each column, null for NULL. Lines are compared as they
stand; `values_of` takes those few apart that somebody must look into.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from target.adapters import adapter_of
from target.adapters.base import Adapter
from target.schema.shape import columns, key_column, primary_key

ROWS_AT_A_TIME = 4_000
SHORT_ROWS_AT_A_TIME = 50_000
"""The same of rows of a few columns."""

SCHEMA = {"key": pl.String, "line": pl.String}
KEY_MARK = ":"
"""Stands between the parts of a key of several columns."""


@dataclass(frozen=True)
class Range:
    """Rows whose numeric key is above `after` and, when given, not above `until`."""

    after: int | None = None
    until: int | None = None


def has_number_key(table: str) -> bool:
    """True when one numeric column names a row, so that ranges of it can be read by themselves."""
    key = primary_key(table)
    return len(key) == 1 and columns(table)[key[0]].is_number


def read_lines(connection: sa.Connection, table: str, within: Range | None = None) -> Iterator[pl.DataFrame]:
    """Every row of `table` as SCHEMA, some thousand at a time, in the order of a numeric key.

    A row of a table without a key of its own is named by its whole line; repeated ones are numbered.
    """
    yield from _fetch_parts(connection, _select(adapter_of(connection), table, within), list(SCHEMA))


def read_text(connection: sa.Connection, table: str, names: list[str], where: str = "") -> pl.DataFrame:
    """The columns `names` of `table`, which may be one of ours, as text; `where` is SQL without values."""
    return _whole(read_text_parts(connection, table, names, where), names)


def read_text_parts(
    connection: sa.Connection, table: str, names: list[str], where: str = ""
) -> Iterator[pl.DataFrame]:
    """The same, some thousand rows at a time."""
    shown = ", ".join(map(adapter_of(connection).exact_text, names))
    condition = f" WHERE {where}" if where else ""
    statement = f"SELECT {shown} FROM {table}{condition}"  # nosec B608 # names only
    yield from _fetch_parts(connection, statement, names)


def read_columns(connection: sa.Connection, table: str, names: list[str], where: str = "") -> pl.DataFrame:
    """The columns `names` of `table` as text under their own names, `key` first; `where` is SQL without
    values."""
    return _whole(read_column_parts(connection, table, names, where), ["key", *names])


def read_column_parts(
    connection: sa.Connection, table: str, names: list[str], where: str = ""
) -> Iterator[pl.DataFrame]:
    """The same, some thousand rows at a time."""
    adapter = adapter_of(connection)
    named = f" || '{KEY_MARK}' || ".join(map(adapter.exact_text, primary_key(table))) or "''"
    shown = ", ".join([named, *map(adapter.exact_text, names)])
    condition = f" WHERE {where}" if where else ""
    statement = f"SELECT {shown} FROM {table}{condition}"  # nosec B608 # names only
    yield from _fetch_parts(connection, statement, ["key", *names], SHORT_ROWS_AT_A_TIME)


def _whole(parts: Iterator[pl.DataFrame], names: list[str]) -> pl.DataFrame:
    """`parts` as one: a nation's rows as objects of Python would be gigabytes."""
    return pl.concat([pl.DataFrame(schema=dict.fromkeys(names, pl.String)), *parts], rechunk=True)


def _fetch_parts(
    connection: sa.Connection, statement: str, names: list[str], at_a_time: int = ROWS_AT_A_TIME
) -> Iterator[pl.DataFrame]:
    """What `statement` gives as text, `at_a_time` rows at a time."""
    adapter = adapter_of(connection)
    with adapter.open_cursor(connection) as cursor:
        cursor.execute(statement)
        while True:
            with adapter.read_raw_text(connection):
                rows = cursor.fetchmany(at_a_time)
            if not rows:
                return
            yield _text_frame(rows, names)


def values_of(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`key` and every column of `table` as plain text, null for NULL, of rows with `key` and `line`."""
    names = list(columns(table))
    if rows.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(["key", *names], pl.String))
    split = rows.select(
        pl.col("key").cast(pl.String), pl.col("line").str.json_decode(pl.List(pl.String)).alias("parts")
    )
    return split.select("key", *_values(table))


@cache
def _values(table: str) -> tuple[pl.Expr, ...]:
    """Every column of `table`, out of `parts`: written down once, for it is asked for a thousand times."""
    parts = pl.col("parts")
    return tuple(
        parts.list.get(place, null_on_oob=True).alias(name) for place, name in enumerate(columns(table))
    )


def _text_frame(rows: Sequence[tuple[Any, ...]], names: list[str]) -> pl.DataFrame:
    """Rows of texts or of the bytes of texts, as text; bytes that are no text are shown as escapes."""
    if not rows or not isinstance(rows[0][0], bytes):
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    raw = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Binary), orient="row")
    try:
        return raw.cast(pl.String)
    except pl.exceptions.ComputeError:
        return raw.with_columns(pl.Series(name, map(_decoded, raw[name]), pl.String) for name in names)


def _decoded(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", _SHOWN)


def _shown(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no text as escapes of two backslashes: within a JSON text they stand for one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(rf"\\x{byte:02x}" for byte in error.object[error.start : error.end]), error.end


_SHOWN = "day1.shown"
codecs.register_error(_SHOWN, _shown)


def _select(adapter: Adapter, table: str, within: Range | None) -> str:
    line = adapter.exact_row(list(columns(table).values()))
    key = primary_key(table)
    named = f" || '{KEY_MARK}' || ".join(map(adapter.exact_text, key)) or line
    statement = f"SELECT {named}, {line} FROM {table}"  # nosec B608 # names only
    if not has_number_key(table):
        return f"{statement} ORDER BY {', '.join(key) or line}"
    bounds = [] if within is None else [
        f"{key_column(table)} {sign} {bound}"
        for sign, bound in ((">", within.after), ("<=", within.until))
        if bound is not None
    ]  # fmt: skip
    where = f" WHERE {' AND '.join(bounds)}" if bounds else ""
    # Of the table: PostgreSQL would take the text that is selected under the same name, and sort by letters.
    return f"{statement}{where} ORDER BY {table}.{key_column(table)}"
