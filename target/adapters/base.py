"""What a database must answer so that a target can stand in it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any, ClassVar, TypeAlias

import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from target.schema.shape import Column

PolarsType: TypeAlias = pl.DataType | type[pl.DataType]
ColumnTypes: TypeAlias = dict[str, PolarsType]

BATCH = 50_000
"""Rows handed to the driver at a time: keeps memory flat, measured no slower than larger."""

SQL_MOMENT = "%Y-%m-%d %H:%M:%S"
"""How a moment is written in text."""

MOST_ARGUMENTS = 100
"""Of an SQL function: PostgreSQL takes 100, SQLite 127."""

FULL, BUSY, CUT_OFF = "full", "busy", "cut off"
"""Why a database refuses, as far as the operator can mend it."""


@contextmanager
def as_database_error(connection: sa.Connection) -> Iterator[None]:
    """Errors of the bare driver as SQLAlchemy's, without the statement and its values."""
    module: Any = connection.dialect.dbapi
    try:
        yield
    except module.Error as error:
        raise DBAPIError("(of the driver)", None, error, hide_parameters=True) from None


class Types(ABC):
    """How a database types columns: all that a statement made for it needs."""

    name: ClassVar[str]
    driver: ClassVar[str | None] = None
    """Name of the URL's driver where SQLAlchemy's own choice is another."""

    refuses_long_text: ClassVar[bool] = True
    """False where declared lengths mean nothing, so that a check must say them."""

    @property
    @abstractmethod
    def moment(self) -> TypeEngine[Any]:
        """The type of a day with a time to the second."""

    def text(self, length: int) -> TypeEngine[Any]:
        """The type of text of at most `length` characters."""
        return sa.String(length)


class Adapter(Types):
    """A database that a target can stand in: what it can as class variables, what it does as methods."""

    pool: ClassVar[type[sa.Pool] | None] = None
    has_sequences: ClassVar[bool] = True
    adds_references_later: ClassVar[bool] = True
    """False where references of a cycle must stand in the table's own statement."""

    keeps_moments_as_text: ClassVar[bool] = False

    def require_place(self, url: sa.URL) -> None:
        """The place where the database is to lie is there.

        Raises:
            TargetError: it is not.
        """
        del url

    @abstractmethod
    def configure(self, engine: sa.Engine) -> None:
        """Set `engine` up before the first connection."""

    def fold_name(self, table: str) -> str:
        """The name under which an inspector finds `table`."""
        return table

    def schema_of(self, table: str) -> str | None:
        """The schema of `table`; None is that of the connection."""
        del table
        return None

    @property
    def schemas(self) -> tuple[str | None, ...]:
        """Every schema that holds tables of the target."""
        return (None,)

    @abstractmethod
    def insert(self, connection: sa.Connection, table: str, frame: pl.DataFrame) -> None:
        """Insert every row of `frame`, as fast as the database takes them."""

    def driver_types(self, types: ColumnTypes) -> ColumnTypes:
        """The types in which the driver gives values of `types` back."""
        return types

    def content_state(self, connection: sa.Connection) -> str | None:
        """What the database holds, as one text: equal only where nothing has been written in between.

        None where nobody can tell; then everything is looked at again.
        """
        del connection
        return None

    @abstractmethod
    def take_ids(self, connection: sa.Connection, sequence: str, count: int, top: int) -> list[int]:
        """`count` numbers above `top` that nobody else is given, of `sequence` where there are any."""

    @abstractmethod
    def raise_sequence(self, connection: sa.Connection, sequence: str, top: int) -> None:
        """The next number of a sequence is above `top`; never lower than before."""

    @abstractmethod
    def exact_text(self, column: str) -> str:
        """SQL that gives a column as text, nothing trimmed or rounded."""

    @abstractmethod
    def exact_row(self, columns: Sequence[Column]) -> str:
        """SQL that gives a row as a JSON array, an element for each column: nothing trimmed or rounded."""

    def fetch_parts(
        self, connection: sa.Connection, statement: sa.Select[Any]
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """What `statement` gives, BATCH rows at a time."""
        streamed = statement.execution_options(stream_results=True, yield_per=BATCH)
        for part in connection.execute(streamed).partitions():
            yield [tuple(row) for row in part]

    @contextmanager
    def open_cursor(self, connection: sa.Connection) -> Iterator[Any]:
        """A cursor of the driver, which holds no more rows than are fetched; closed at the end.

        Its errors are raised as SQLAlchemy raises them elsewhere, so that one place words them.
        """
        with as_database_error(connection), closing(self._cursor(connection)) as cursor:
            yield cursor

    def _cursor(self, connection: sa.Connection) -> Any:
        driver: Any = connection.connection.driver_connection
        return driver.cursor()

    @contextmanager
    def read_raw_text(self, connection: sa.Connection) -> Iterator[None]:
        """Within it the driver gives text as it is stored, bytes that are no text included."""
        del connection
        yield

    @contextmanager
    def without_foreign_keys(self, connection: sa.Connection) -> Iterator[None]:
        """Before a transaction: within it no reference is checked while rows are written.

        Of a copy (`copy_database`), or where `broken_references` is asked before the end.
        """
        del connection
        yield

    def broken_references(self, connection: sa.Connection) -> list[str]:
        """Tables with rows that name what is not there; none where the database has seen to it itself."""
        del connection
        return []

    @abstractmethod
    def without_indexes(
        self, connection: sa.Connection, tables: Sequence[str]
    ) -> AbstractContextManager[None]:
        """Within a transaction: `tables` have no indexes but those of their keys. Afterwards they have them
        again, and whatever else costs less when all rows are there.
        """

    def raw_forms(self, column: sa.Column[Any]) -> list[sa.ColumnElement[Any]]:
        """Expressions that tell two stored values apart, whatever they are."""
        return [sa.cast(column, sa.Text())]

    def classify_error(self, error: DBAPIError) -> str:
        """FULL, BUSY, CUT_OFF, or the database's own name of the reason, without a value; blank where it has
        none."""
        return getattr(error.orig, "sqlstate", None) or ""

    @abstractmethod
    def broken_constraint(self, error: DBAPIError) -> str:
        """Which constraint refused a row, in the database's words less every value; blank when none did."""

    @abstractmethod
    def write_alone(self, engine: sa.Engine, command: str) -> AbstractContextManager[None]:
        """Within it no other day1 writes this target; `command` is what the other is told.

        Raises:
            TargetError: another writes it; says who, as far as the database knows.
        """

    @abstractmethod
    def remove(self, engine: sa.Engine, tables: Sequence[str], sequences: Sequence[str]) -> None:
        """Take the target away: the file, or its tables and sequences, and nothing else."""

    @abstractmethod
    def copy_database(self, engine: sa.Engine, mark: str) -> AbstractContextManager[sa.URL]:
        """The address of a copy, whose name has `mark` in it; it goes again, whatever happens.

        Raises:
            TargetError: the database forbids to copy it, or there is no room.
        """


def json_array(function: str, elements: Sequence[str]) -> str:
    """SQL of one JSON array of `elements`, made by `function`, which takes no more than MOST_ARGUMENTS.

    No element ends with a bracket or begins with one, so that the parts of a wide row can be put together.
    """
    parts = [
        f"{function}({', '.join(elements[place : place + MOST_ARGUMENTS])})"
        for place in range(0, len(elements), MOST_ARGUMENTS)
    ]
    first, *others = (f"CAST({part} AS TEXT)" for part in parts)
    for part in others:
        first = f"rtrim({first}, ']') || ',' || ltrim({part}, '[')"
    return first


def insert_statement(table: str, wanted: Sequence[str]) -> str:
    """The INSERT of a row with the columns `wanted`, as every database takes it."""
    values = ", ".join("?" * len(wanted))
    return f"INSERT INTO {table} ({', '.join(wanted)}) VALUES ({values})"  # nosec B608 # names only


def mask_password(url: sa.URL) -> str:
    """`url` without its password."""
    return url.render_as_string(hide_password=True)
