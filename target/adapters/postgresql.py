"""PostgreSQL: COPY in, a schema for OASys, names in small letters, a database as the template of its copy."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from target.adapters.base import (
    BATCH,
    BUSY,
    CUT_OFF,
    FULL,
    SQL_MOMENT,
    Adapter,
    as_database_error,
    json_array,
    mask_password,
)
from target.schema.shape import Column, oasys_tables
from vocabulary.errors import TargetError
from vocabulary.lock_file import Holder

OASYS_SCHEMA = "oasys"
"""The second schema. Where a database has none, the tables stand beside nDelius's."""

_KEY = 0x64617931
"""The number of our lock in a database: the letters of day1."""

_HOLDER = """
    SELECT a.application_name, a.usename, coalesce(host(a.client_addr), 'this server'),
        to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = :key AND l.objsubid = 1 AND l.granted
"""

LOCK_TIMEOUT = "60s"
"""How long a statement waits for what another session holds, where nobody has set it on the server: a
forgotten session must be told of, not waited for all night."""

_KINDS = {
    "53100": FULL,
    "55P03": BUSY,
    "25P03": CUT_OFF,
    "57014": CUT_OFF,
    "57P01": CUT_OFF,
    "57P02": CUT_OFF,
    "57P03": CUT_OFF,
    "08006": CUT_OFF,
}
"""What the server's own words for a reason mean to an engineer."""

_IN_USE, _NOT_ALLOWED = "55006", "42501"
_REFERENCES = """
    SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid), t.relname
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE c.contype = 'f' AND pg_has_role(t.relowner, 'USAGE')
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), t.relname
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE t.relkind = 'r' AND NOT i.indisunique AND n.nspname = ANY (current_schemas(false))
    AND pg_has_role(t.relowner, 'USAGE')
"""
"""Of tables that are one's own: who may only write rows leaves them as they are."""


class PostgreSQL(Adapter):
    """A server, through psycopg."""

    name = "postgresql"
    driver = "postgresql+psycopg"
    pool = sa.NullPool
    """No connection idles: no database is copied that somebody is connected to."""

    @property
    def moment(self) -> TypeEngine[Any]:
        """To the second."""
        return postgresql.TIMESTAMP(precision=0)

    def configure(self, engine: sa.Engine) -> None:
        """Both schemas are found without a prefix, and no statement waits for ever."""
        event.listen(engine, "connect", _prepare_session)

    def fold_name(self, table: str) -> str:
        """Unquoted names are kept in small letters."""
        return table.lower()

    def schema_of(self, table: str) -> str | None:
        """OASys has a schema of its own."""
        return OASYS_SCHEMA if table in oasys_tables() else None

    @property
    def schemas(self) -> tuple[str | None, ...]:
        """nDelius's, and OASys'."""
        return (None, OASYS_SCHEMA)

    def insert(self, connection: sa.Connection, table: str, frame: pl.DataFrame) -> None:
        """COPY as CSV."""
        driver: Any = connection.connection.driver_connection
        statement = f"COPY {table} ({', '.join(frame.columns)}) FROM STDIN (FORMAT csv)"
        with driver.cursor() as cursor, as_database_error(connection), cursor.copy(statement) as copy:
            for batch in frame.iter_slices(BATCH):
                copy.write(batch.write_csv(include_header=False, datetime_format=SQL_MOMENT))

    def take_ids(self, connection: sa.Connection, sequence: str, count: int, top: int) -> list[int]:
        """The sequence is raised first: a baseline that was loaded past it leaves it behind."""
        self.raise_sequence(connection, sequence, top)
        numbers = f"SELECT nextval('{sequence}') FROM generate_series(1, :count)"  # nosec B608 # names only
        taken = sa.text(numbers)
        return [row[0] for row in connection.execute(taken, {"count": count})]

    def raise_sequence(self, connection: sa.Connection, sequence: str, top: int) -> None:
        """Only a sequence that is behind is set."""
        following = "last_value + CASE WHEN is_called THEN 1 ELSE 0 END"
        of_it = f"FROM {sequence} WHERE {following} <= :top"
        raised = f"SELECT setval('{sequence}', :top) {of_it}"  # nosec B608 # names only
        connection.execute(sa.text(raised), {"top": top})

    def _cursor(self, connection: sa.Connection) -> Any:
        """One of the server: the driver's own fetches every row at once."""
        driver: Any = connection.connection.driver_connection
        return driver.cursor(f"day1_{secrets.token_hex(4)}")

    def exact_text(self, column: str) -> str:
        """As PostgreSQL shows it."""
        return f"{column}::text"

    def exact_row(self, columns: Sequence[Column]) -> str:
        """Every element as text."""
        return json_array("json_build_array", [self.exact_text(column.name) for column in columns])

    @contextmanager
    def without_indexes(self, connection: sa.Connection, tables: Sequence[str]) -> Iterator[None]:
        """Neither references: each is looked at once for the whole table when it comes back."""
        own = {table.lower() for table in tables}
        references = [row for row in connection.exec_driver_sql(_REFERENCES).all() if row[-1] in own]
        indexes = [row for row in connection.exec_driver_sql(_INDEXES).all() if row[-1] in own]
        for table, name, *_ in references:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, *_ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        yield
        for _, statement, _ in indexes:
            connection.exec_driver_sql(statement)
        for table, name, definition, _ in references:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")

    def classify_error(self, error: DBAPIError) -> str:
        """A kind that base knows, or the SQLSTATE. A session that is gone has none."""
        state = super().classify_error(error)
        return CUT_OFF if error.connection_invalidated and not state else _KINDS.get(state, state)

    def broken_constraint(self, error: DBAPIError) -> str:
        """Table, column and constraint, as the diagnosis names them."""
        if diagnosis := getattr(error.orig, "diag", None):
            names = (diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
            return " ".join(name for name in names if name)
        return ""

    @contextmanager
    def write_alone(self, engine: sa.Engine, command: str) -> Iterator[None]:
        """By a lock of the server's, held by a session of its own: it goes with the session."""
        holder = Holder.of(command)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # The name under which the server lists the session; it takes 63 bytes.
            name = f"day1 {command}, {holder.user}@{holder.host}, process {holder.process}"[:63]
            connection.execute(sa.text("SELECT set_config('application_name', :name, false)"), {"name": name})
            if not connection.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}).scalar():
                raise TargetError(_held_by(connection, mask_password(engine.url)))
            try:
                yield
            finally:
                with suppress(DBAPIError):  # a session that was cut off has given it back
                    connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})

    def remove(self, engine: sa.Engine, tables: Sequence[str], sequences: Sequence[str]) -> None:
        """Tables and sequences; what others have made beside them stays, and keeps a table that it needs."""
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join(tables)}")
            connection.exec_driver_sql(f"DROP SEQUENCE IF EXISTS {', '.join(sequences)}")

    @contextmanager
    def copy_database(self, engine: sa.Engine, mark: str) -> Iterator[sa.URL]:
        """A database made after this one; its references are dropped.

        A row can then go from under others, as it can when somebody repairs by hand with triggers off.
        """
        name = f"{engine.url.database}_{mark}_{secrets.token_hex(4)}"
        quote = engine.dialect.identifier_preparer.quote_identifier
        try:
            _outside(engine, f"CREATE DATABASE {quote(name)} TEMPLATE {quote(str(engine.url.database))}")
        except DBAPIError as error:
            raise _no_copy(engine.url, error) from None
        try:
            address = engine.url.set(database=name)
            self._drop_references(address)
            yield address
        finally:
            _outside(engine, f"DROP DATABASE IF EXISTS {quote(name)}")

    def _drop_references(self, address: sa.URL) -> None:
        engine = sa.create_engine(address, hide_parameters=True, poolclass=self.pool)
        self.configure(engine)
        with engine.begin() as connection:
            for table, name, *_ in connection.exec_driver_sql(_REFERENCES).all():
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        engine.dispose()


def _prepare_session(connection: Any, _record: object) -> None:
    """A path that names a schema not made yet does no harm."""
    connection.autocommit = True  # else the first rollback would take the path back
    connection.execute(
        f"SELECT set_config('search_path', current_setting('search_path') || ', {OASYS_SCHEMA}', false)"
    )
    connection.execute(
        "SELECT set_config('lock_timeout', %s, false) WHERE current_setting('lock_timeout') = '0'",
        (LOCK_TIMEOUT,),
    )
    connection.autocommit = False


def _outside(engine: sa.Engine, statement: str) -> None:
    """Databases are made and dropped outside any transaction."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)


def _held_by(connection: sa.Connection, target: str) -> str:
    found = connection.execute(sa.text(_HOLDER), {"key": _KEY}).first()
    who = f"{found[0]} (user {found[1]} from {found[2]}), since {found[3]}" if found else "another day1"
    return (
        f"Target {target} is in use by {who}. Wait until that has ended, or end it, and run again; nothing "
        "was changed."
    )


def _no_copy(url: sa.URL, error: DBAPIError) -> TargetError:
    state = getattr(error.orig, "sqlstate", None)
    target = mask_password(url)
    if state == _IN_USE:
        return TargetError(
            f"Target {target} cannot be copied: other programs are connected to it. Close them and run again."
        )
    if state == _NOT_ALLOWED:
        return TargetError(
            f"Target {target} cannot be copied: its user may not create databases. Grant CREATEDB, and "
            "run as the owner of the target or a superuser."
        )
    return TargetError(
        f"Target {target} cannot be copied ({state or type(error.orig).__name__}). Check that the server "
        "is there, has room for a second target, and lets you make a database."
    )
