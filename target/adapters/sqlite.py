"""SQLite: one file, one writer, no sequences; types and lengths are what we make of them."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from target.adapters.base import (
    BATCH,
    BUSY,
    FULL,
    SQL_MOMENT,
    Adapter,
    ColumnTypes,
    insert_statement,
    json_array,
    mask_password,
)
from target.schema.shape import Column
from vocabulary.errors import TargetError
from vocabulary.file_hash import file_hash
from vocabulary.lock_file import LockedError, hold

PRAGMAS = ("foreign_keys = ON", "temp_store = MEMORY", "cache_size = -65536", "busy_timeout = 5000")

_ROWS_OF_STATEMENT = 100
"""Rows in one INSERT: a fifth faster than one row. No table has so many columns that the parameters reach
the limit of 32,766."""

LOCK = ".lock"
"""Ending of the file beside the target that its writer holds."""

BESIDE = ("-journal", "-wal", "-shm")
"""Endings of SQLite's own files beside it."""

_STORED = {pl.Datetime: pl.String, pl.Decimal: pl.Float64}


class SQLite(Adapter):
    """A file of one's own: rehearsals, the demonstration, tests."""

    name = "sqlite"
    has_sequences = False
    refuses_long_text = False
    adds_references_later = False
    keeps_moments_as_text = True

    @property
    def moment(self) -> TypeEngine[Any]:
        """Text without fractions of a second."""
        return sqlite.DATETIME(truncate_microseconds=True)  # type: ignore[no-untyped-call]

    def require_place(self, url: sa.URL) -> None:
        """The folder of the file is there."""
        if url.database and url.database != ":memory:":
            parent = Path(url.database).absolute().parent
            if not parent.is_dir():
                raise TargetError(
                    f"Target {mask_password(url)}: the folder {parent} does not exist. Make it or "
                    "mend the path."
                )

    def configure(self, engine: sa.Engine) -> None:
        """Transactions are ours: the driver's own handling leaves DDL outside."""
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)

    def insert(self, connection: sa.Connection, table: str, frame: pl.DataFrame) -> None:
        """Executemany, some rows in each statement."""
        for batch in frame.iter_slices(BATCH) if frame.height > BATCH else [frame]:
            whole = batch.height - batch.height % _ROWS_OF_STATEMENT
            if whole:
                _insert_many(connection, table, batch.head(whole) if whole < batch.height else batch)
            if whole < batch.height:
                rest = _storable(batch.slice(whole) if whole else batch).rows()
                connection.exec_driver_sql(insert_statement(table, batch.columns), rest)

    def fetch_parts(
        self, connection: sa.Connection, statement: sa.Select[Any]
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The driver's own rows: SQLAlchemy would wrap each, and they would be unwrapped again."""
        with connection.execute(statement) as result:
            cursor: Any = result.cursor
            while cursor is not None and (rows := cursor.fetchmany(BATCH)):
                yield rows

    def driver_types(self, types: ColumnTypes) -> ColumnTypes:
        """Moments come back as text, decimals as floating numbers."""
        return {name: _STORED.get(kind.base_type(), kind) for name, kind in types.items()}

    def content_state(self, connection: sa.Connection) -> str | None:
        """The hash of the file, which the transaction holds still."""
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # takes the lock
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal":
            return None  # what is written last lies beside the file
        path = Path(connection.engine.url.database or ":memory:")
        return file_hash(path) if path.is_file() else None

    def take_ids(self, connection: sa.Connection, sequence: str, count: int, top: int) -> list[int]:
        """There are no sequences: one writer, so the next numbers are nobody else's."""
        del connection, sequence
        return list(range(top + 1, top + 1 + count))

    def raise_sequence(self, connection: sa.Connection, sequence: str, top: int) -> None:
        """There is none to raise."""

    def exact_text(self, column: str) -> str:
        """As SQLite shows it."""
        return f"CAST({column} AS TEXT)"

    def exact_row(self, columns: Sequence[Column]) -> str:
        """Numbers as numbers, texts as texts. JSON has no bytes: a row that holds some shows them in
        hexadecimal digits, and has an element more, which says what each column holds.
        """
        names = [column.name for column in columns]
        kinds = [f"typeof({name})" for name in names]
        shown = [f"CASE typeof({name}) WHEN 'blob' THEN hex({name}) ELSE {name} END" for name in names]
        with_bytes = json_array("json_array", [*shown, " || ' ' || ".join(kinds)])
        without = json_array("json_array", list(map(_json_element, columns)))
        return f"CASE WHEN 'blob' IN ({', '.join(kinds)}) THEN {with_bytes} ELSE {without} END"

    @contextmanager
    def read_raw_text(self, connection: sa.Connection) -> Iterator[None]:
        """What is no text must be told, not end in an error while it is read."""
        driver: Any = connection.connection.driver_connection
        standing = driver.text_factory
        driver.text_factory = bytes
        try:
            yield
        finally:
            driver.text_factory = standing

    @contextmanager
    def without_foreign_keys(self, connection: sa.Connection) -> Iterator[None]:
        """The pragmas mean nothing inside a transaction. What sorts for an index sorts in a file."""
        driver: Any = connection.connection.driver_connection
        for pragma in ("foreign_keys = OFF", "temp_store = FILE"):
            driver.execute(f"PRAGMA {pragma}")
        try:
            yield
        finally:
            for pragma in PRAGMAS:
                driver.execute(f"PRAGMA {pragma}")

    def broken_references(self, connection: sa.Connection) -> list[str]:
        """By the pragma that looks at every row."""
        broken = connection.exec_driver_sql('SELECT DISTINCT "table" FROM pragma_foreign_key_check')
        return [name for (name,) in broken]

    @contextmanager
    def without_indexes(self, connection: sa.Connection, tables: Sequence[str]) -> Iterator[None]:
        """Indexes with a statement of their own; keys and unique columns have none."""
        names = ", ".join(f"'{table}'" for table in tables)
        of_tables = f"type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
        listed = f"SELECT name, sql FROM sqlite_master WHERE {of_tables}"  # nosec B608 # names only
        indexes = connection.exec_driver_sql(listed).all()
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        yield
        for _, statement in indexes:
            connection.exec_driver_sql(statement)

    def raw_forms(self, column: sa.Column[Any]) -> list[sa.ColumnElement[Any]]:
        """Its storage class and its bytes."""
        return [sa.func.typeof(column), sa.func.hex(column)]

    def classify_error(self, error: DBAPIError) -> str:
        """By SQLite's name of the error."""
        kind = str(getattr(error.orig, "sqlite_errorname", ""))
        if kind == "SQLITE_FULL":
            return FULL
        return BUSY if kind.startswith("SQLITE_BUSY") else kind

    def broken_constraint(self, error: DBAPIError) -> str:
        """SQLite names constraint or columns only, never a value."""
        kind = str(getattr(error.orig, "sqlite_errorname", ""))
        return str(error.orig) if kind.startswith("SQLITE_CONSTRAINT") else ""

    @contextmanager
    def write_alone(self, engine: sa.Engine, command: str) -> Iterator[None]:
        """By a lock on a file beside it. That no other program writes, SQLite sees to."""
        path = _path(engine)
        if path is None:
            yield
            return
        told = f"Target {mask_password(engine.url)}"
        try:
            with hold(path.with_name(path.name + LOCK), told, command):
                with engine.connect() as connection:
                    _require_writable(connection)
                yield
        except LockedError as error:
            raise TargetError(str(error)) from None

    def remove(self, engine: sa.Engine, tables: Sequence[str], sequences: Sequence[str]) -> None:
        """The file goes."""
        del tables, sequences
        path = _path(engine)
        engine.dispose()
        if path is not None:
            for ending in ("", *BESIDE):
                path.with_name(path.name + ending).unlink(missing_ok=True)

    @contextmanager
    def copy_database(self, engine: sa.Engine, mark: str) -> Iterator[sa.URL]:
        """In a folder of its own beside the file: there is room for one target, so perhaps for two."""
        original = Path(engine.url.database or "").resolve()
        with tempfile.TemporaryDirectory(prefix=f"{mark}-", dir=original.parent) as folder:
            copy = Path(folder) / original.name
            try:
                with (
                    closing(sqlite3.connect(f"{original.as_uri()}?mode=ro", uri=True)) as source,
                    closing(sqlite3.connect(copy)) as made,
                ):
                    source.backup(made)
            except sqlite3.Error as error:
                raise TargetError(
                    f"{original} cannot be copied into {folder} ({error.sqlite_errorname}). The self-test "
                    "needs as much free space as the target takes, and nobody who writes to it."
                ) from None
            yield engine.url.set(database=str(copy))


def _path(engine: sa.Engine) -> Path | None:
    """The file; None of a target in memory."""
    name = engine.url.database
    return Path(name) if name and name != ":memory:" else None


def _require_writable(connection: sa.Connection) -> None:
    """Nobody else is writing: better told now than when the rows are ready."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise DBAPIError("BEGIN", None, error, hide_parameters=True) from None
    driver.execute("ROLLBACK")


def _json_element(column: Column) -> str:
    """JSON rounds to 15 digits, which quote() does not."""
    return f"iif({column.name} IS NULL, NULL, quote({column.name}))" if column.scale else column.name


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _storable(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` as the driver takes it."""
    if not any(kind.base_type() in _STORED for kind in frame.dtypes):
        return frame
    return frame.with_columns(
        pl.col(pl.Datetime).dt.strftime(SQL_MOMENT),
        pl.col(pl.Decimal).cast(pl.Float64),  # a whole REAL is kept as an integer in a NUMERIC column
    )


def _insert_many(connection: sa.Connection, table: str, frame: pl.DataFrame) -> None:
    """Executemany, _ROWS_OF_STATEMENT rows at a time, which divides their number.

    A column that holds one value in all rows, or none, hands it over once for each statement.
    """
    is_same = [pl.col(name).eq_missing(pl.col(name).first()).all() for name in frame.columns]
    found = frame.select(is_same).row(0)
    same = [name for name, is_one in zip(frame.columns, found, strict=True) if is_one]
    others = [name for name, is_one in zip(frame.columns, found, strict=True) if not is_one]
    shared = _storable(frame.select(same).head(1)).rows()[0] if same else ()
    rows = _storable(frame.select(others)).rows() if others else [()] * frame.height
    groups = [
        tuple(chain(shared, *rows[place : place + _ROWS_OF_STATEMENT]))
        for place in range(0, len(rows), _ROWS_OF_STATEMENT)
    ]
    connection.exec_driver_sql(_statement(table, tuple(same), tuple(others)), groups)


@lru_cache(maxsize=256)
def _statement(table: str, same: tuple[str, ...], others: tuple[str, ...]) -> str:
    """The INSERT of _ROWS_OF_STATEMENT rows: the values of `same` once, then those of `others` row by row."""
    shared = [f"?{number}" for number in range(1, len(same) + 1)]
    rows = []
    for row in range(_ROWS_OF_STATEMENT):
        first = len(same) + row * len(others) + 1
        own = [f"?{number}" for number in range(first, first + len(others))]
        rows.append(f"({', '.join([*shared, *own])})")
    into = f"{table} ({', '.join([*same, *others])})"
    return f"INSERT INTO {into} VALUES {', '.join(rows)}"  # nosec B608 # names only
