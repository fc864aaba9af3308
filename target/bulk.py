"""Whole frames in and out, in the caller's transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, DropTable

from target.adapters import adapter_of
from target.adapters.base import SQL_MOMENT, ColumnTypes, PolarsType
from target.ledger import OWN_TABLES
from target.schema.shape import Column, columns
from target.schema.tables import table, unquoted

_STAGE = "DAY1_STAGE"


def polars_type(column: Column) -> PolarsType:
    """The polars type of a dictionary column's values."""
    if column.is_moment:
        return pl.Datetime("us")
    if column.is_number:
        return pl.Decimal(column.precision, column.scale) if column.scale else pl.Int64
    return pl.Binary if column.type == "BLOB" else pl.String


def schema_of(name: str) -> ColumnTypes:
    """Column to polars type, of a dictionary table or one of our own."""
    if name in OWN_TABLES:
        return {
            column.name: pl.Int64 if isinstance(column.type, sa.BigInteger) else pl.String
            for column in table(name).columns
        }
    return {column.name: polars_type(column) for column in columns(name).values()}


def insert(connection: sa.Connection, name: str, frame: pl.DataFrame) -> None:
    """Insert every row of `frame`, whose columns are columns of table `name`, typed as `schema_of` says."""
    if frame.is_empty():
        return
    adapter_of(connection).insert(connection, name, frame)


def read(
    connection: sa.Connection,
    name: str,
    wanted: Sequence[str] | None = None,
    where: sa.ColumnElement[bool] | None = None,
) -> pl.DataFrame:
    """Rows of table `name`, typed from the dictionary, CHAR padding taken off; in no particular order.

    Our own tables have no such padding: their text is given as it stands.
    """
    source = table(name)
    types = schema_of(name)
    kept = {column: types[column] for column in (wanted or types)}
    statement = sa.select(*(_as_stored(source.c[column]) for column in kept))
    if where is not None:
        statement = statement.where(where)
    frame = _fetch(connection, statement, kept)
    if frame is None:
        return pl.DataFrame(schema=kept)
    if name in OWN_TABLES:
        return frame.select(pl.col(column).cast(kind) for column, kind in kept.items())
    if all(kind == pl.Int64 for kind in kept.values()):
        return frame  # as the driver gives them
    return frame.select(_typed_column(frame, column, kind) for column, kind in kept.items())


def _as_stored(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    # type_coerce to NullType switches off conversion per value, which polars does for whole columns.
    return sa.type_coerce(column, sa.types.NullType()).label(column.name)


def _fetch(connection: sa.Connection, statement: sa.Select[Any], types: ColumnTypes) -> pl.DataFrame | None:
    """The rows as the driver gives them; None where there is none."""
    adapter = adapter_of(connection)
    stored = adapter.driver_types(types)
    parts = [
        pl.DataFrame(part, schema=stored, orient="row") for part in adapter.fetch_parts(connection, statement)
    ]
    if len(parts) > 1:
        return pl.concat(parts)
    return parts[0] if parts else None


def _typed_column(frame: pl.DataFrame, name: str, kind: PolarsType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.Datetime and frame.schema[name] == pl.String:
        return column.str.to_datetime(SQL_MOMENT, time_unit="us")
    if kind == pl.String:
        return column.cast(pl.String).str.strip_chars_end(" ")
    return column.cast(kind)


@contextmanager
def _staged(connection: sa.Connection, name: str, frame: pl.DataFrame) -> Iterator[sa.Table]:
    """A temporary table with the rows of `frame`, whose columns are columns of table `name`.

    After an error it is left to the rollback, which takes it away: PostgreSQL accepts nothing else then.
    """
    stage, make, drop = _stage(name, tuple(frame.columns), connection.dialect.name)
    connection.exec_driver_sql(make)
    insert(connection, _STAGE, frame)
    yield stage
    connection.exec_driver_sql(drop)


@cache
def _stage(name: str, wanted: tuple[str, ...], database: str) -> tuple[sa.Table, str, str]:
    """The table, and the statements that make and drop it. Kept: SQLAlchemy compiles anew for a new table."""
    source = table(name)
    parts = [sa.Column(unquoted(column), source.c[column].type) for column in wanted]
    stage = sa.Table(unquoted(_STAGE), sa.MetaData(), *parts, prefixes=["TEMPORARY"])
    return stage, *statements_of(stage, database)


def statements_of(stage: sa.Table, database: str) -> tuple[str, str]:
    """What makes and what drops a temporary table in that database."""
    dialect = sa.make_url(f"{database}://").get_dialect()()
    make, drop = CreateTable(stage), DropTable(stage)
    return str(make.compile(dialect=dialect)), str(drop.compile(dialect=dialect))


def read_rows(
    connection: sa.Connection, name: str, key: str, ids: pl.Series, wanted: Sequence[str] | None = None
) -> pl.DataFrame:
    """The rows of table `name` whose `key` is among `ids`: the columns `wanted`, or all."""
    with _staged(connection, name, ids.unique().to_frame(key)) as stage:
        return read(connection, name, wanted, table(name).c[key].in_(sa.select(stage.c[key])))


def update(connection: sa.Connection, name: str, key: str, frame: pl.DataFrame) -> None:
    """Set the other columns of `frame` in the rows of table `name` that its column `key` names."""
    if frame.is_empty():
        return
    target = table(name)
    with _staged(connection, name, frame) as stage:
        values = {target.c[column]: stage.c[column] for column in frame.columns if column != key}
        connection.execute(sa.update(target).values(values).where(target.c[key] == stage.c[key]))


def delete(connection: sa.Connection, name: str, key: str, ids: pl.Series) -> None:
    """Delete the rows of table `name` whose `key` is among `ids`."""
    if ids.is_empty():
        return
    target = table(name)
    with _staged(connection, name, ids.to_frame(key)) as stage:
        connection.execute(sa.delete(target).where(target.c[key].in_(sa.select(stage.c[key]))))


def delete_equal(connection: sa.Connection, name: str, rows: pl.DataFrame) -> None:
    """Delete the rows of table `name` that equal one of `rows` in all its columns."""
    if rows.is_empty():
        return
    target = table(name)
    with _staged(connection, name, rows) as stage:
        is_equal = sa.and_(*(target.c[column] == stage.c[column] for column in rows.columns))
        connection.execute(
            sa.delete(target).where(sa.select(stage).where(is_equal).correlate(target).exists())
        )


def highest(connection: sa.Connection, name: str, key: str) -> int:
    """The highest value of `key` in table `name`; 0 when it is empty."""
    return connection.execute(sa.select(sa.func.max(table(name).c[key]))).scalar() or 0
