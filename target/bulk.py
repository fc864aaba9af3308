"""Whole frames in and out, in the caller's transaction: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, TypeAlias

import polars as pl
import sqlalchemy as sa

from target.ledger import OWN_TABLES
from target.shape import Column, columns
from target.tables import table, unquoted

PolarsType: TypeAlias = pl.DataType | type[pl.DataType]
Types: TypeAlias = dict[str, PolarsType]

_BATCH = 50_000
"""Rows handed to the driver at a time: keeps memory flat, measured no slower than larger."""

_ROWS_OF_STATEMENT = 100
"""Rows in one INSERT on SQLite: a fifth faster than one row. No table has so many columns that the
parameters reach SQLite's limit of 32,766."""

_SQL_MOMENT = "%Y-%m-%d %H:%M:%S"
"""How SQLite stores a moment, as target.tables declares it."""

_STAGE = "DAY1_STAGE"


def polars_type(column: Column) -> PolarsType:
    """The polars type of a dictionary column's values."""
    if column.is_moment:
        return pl.Datetime("us")
    if column.is_number:
        return pl.Decimal(column.precision, column.scale) if column.scale else pl.Int64
    return pl.Binary if column.type == "BLOB" else pl.String


def schema_of(name: str) -> Types:
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
    if connection.dialect.name == "postgresql":
        _copy(connection, name, frame)
        return
    for batch in _storable(frame).iter_slices(_BATCH):
        whole = batch.height - batch.height % _ROWS_OF_STATEMENT
        _execute_many(connection, name, batch.head(whole), _ROWS_OF_STATEMENT)
        _execute_many(connection, name, batch.slice(whole), 1)


def _execute_many(connection: sa.Connection, name: str, batch: pl.DataFrame, rows_of_statement: int) -> None:
    """SQLite's executemany, `rows_of_statement` rows at a time, which divides the height."""
    if batch.is_empty():
        return
    statement = insert_statement(name, batch.columns, rows_of_statement)
    rows = batch.rows()
    places = range(0, len(rows), rows_of_statement)
    groups = [tuple(chain.from_iterable(rows[place : place + rows_of_statement])) for place in places]
    connection.exec_driver_sql(statement, groups)


def _copy(connection: sa.Connection, name: str, frame: pl.DataFrame) -> None:
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {name} ({', '.join(frame.columns)}) FROM STDIN (FORMAT csv)"
    with driver.cursor() as cursor, _as_database_error(), cursor.copy(statement) as copy:
        for batch in frame.iter_slices(_BATCH):
            copy.write(batch.write_csv(include_header=False, datetime_format=_SQL_MOMENT))


def insert_statement(name: str, wanted: Sequence[str], rows: int = 1) -> str:
    """The INSERT of `rows` rows with the columns `wanted`; of one row every database takes it."""
    marks = f"({', '.join('?' * len(wanted))})"
    return f"INSERT INTO {name} ({', '.join(wanted)}) VALUES {', '.join([marks] * rows)}"


@contextmanager
def _as_database_error() -> Iterator[None]:
    """Errors of the bare driver as SQLAlchemy raises them elsewhere, so that one place words them."""
    import psycopg  # only a PostgreSQL target needs the driver

    try:
        yield
    except psycopg.Error as error:
        raise sa.exc.DBAPIError("COPY", None, error, hide_parameters=True) from None


def _storable(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(pl.Datetime).dt.strftime(_SQL_MOMENT),
        pl.col(pl.Decimal).cast(pl.Float64),  # SQLite keeps a whole REAL as an integer in a NUMERIC column
    )


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
    if name in OWN_TABLES:
        return frame.select(pl.col(column).cast(kind) for column, kind in kept.items())
    return frame.select(_typed_column(frame, column, kind) for column, kind in kept.items())


def _as_stored(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    # type_coerce to NullType switches off conversion per value, which polars does for whole columns.
    return sa.type_coerce(column, sa.types.NullType()).label(column.name)


def _fetch(connection: sa.Connection, statement: sa.Select[Any], types: Types) -> pl.DataFrame:
    stored = types if connection.dialect.name == "postgresql" else _stored_types(types)
    streamed = statement.execution_options(stream_results=True, yield_per=_BATCH)
    result = connection.execute(streamed)
    parts = [
        pl.DataFrame([tuple(row) for row in part], schema=stored, orient="row")
        for part in result.partitions()
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=stored)


def _stored_types(types: Types) -> Types:
    """What SQLite gives back: moments as text, decimals as floating numbers."""
    stored = {pl.Datetime: pl.String, pl.Decimal: pl.Float64}
    return {name: stored.get(kind.base_type(), kind) for name, kind in types.items()}


def _typed_column(frame: pl.DataFrame, name: str, kind: PolarsType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.Datetime and frame.schema[name] == pl.String:
        return column.str.to_datetime(_SQL_MOMENT, time_unit="us")
    if kind == pl.String:
        return column.cast(pl.String).str.strip_chars_end(" ")
    return column.cast(kind)


@contextmanager
def _staged(connection: sa.Connection, name: str, frame: pl.DataFrame) -> Iterator[sa.Table]:
    """A temporary table with the rows of `frame`, whose columns are columns of table `name`.

    After an error it is left to the rollback, which takes it away: PostgreSQL accepts nothing else then.
    """
    source = table(name)
    parts = [sa.Column(unquoted(column), source.c[column].type) for column in frame.columns]
    stage = sa.Table(unquoted(_STAGE), sa.MetaData(), *parts, prefixes=["TEMPORARY"])
    stage.create(connection)
    insert(connection, _STAGE, frame)
    yield stage
    stage.drop(connection)


def read_rows(
    connection: sa.Connection, name: str, key: str, ids: pl.Series, wanted: Sequence[str] | None = None
) -> pl.DataFrame:
    """The rows of table `name` whose `key` is among `ids`: the columns `wanted`, or all."""
    with _staged(connection, name, pl.DataFrame({key: ids.unique()})) as stage:
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
    with _staged(connection, name, pl.DataFrame({key: ids})) as stage:
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
