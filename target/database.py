"""The connection to a target: transactions are real, foreign keys hold, no error shows a password or row."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from target.ledger import missing_columns
from target.tables import OASYS_SCHEMA
from vocabulary.errors import TargetError

_SUPPORTED = ("sqlite", "postgresql")
_SQLITE_FULL, _SQLITE_BUSY = "SQLITE_FULL", "SQLITE_BUSY"


def connect(url: str) -> sa.Engine:
    """An engine for the target at `url`, tried once.

    Raises:
        TargetError: the URL is no database URL, the kind is not supported, the database cannot be reached, or
            an earlier version of day1 made it.
    """
    engine = _engine(_parsed(url))
    try:
        with engine.connect() as connection:
            missing = missing_columns(connection)
    except DBAPIError as error:
        raise database_error(engine.url, error) from None
    if missing:
        raise TargetError(
            f"Target {_shown(engine.url)} was made by an earlier version of day1, which lacks "
            f"{', '.join(missing)}. What was loaded into it cannot be proved. Create an empty target and "
            "load its baseline again."
        )
    return engine


def _parsed(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise TargetError(
            "The target's address is not a database URL. Give e.g. sqlite:///target.db."
        ) from None
    if parsed.get_backend_name() not in _SUPPORTED:
        raise TargetError(
            f"Target {_shown(parsed)}: databases of kind {parsed.get_backend_name()!r} cannot be written. "
            f"Supported: {', '.join(_SUPPORTED)}."
        )
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        parent = Path(url.database).absolute().parent
        if not parent.is_dir():
            raise TargetError(
                f"Target {_shown(url)}: the folder {parent} does not exist. Make it or mend the path."
            )
    try:
        # hide_parameters: a failing statement's values are people's data and belong in no message or log.
        # No connection idles in a pool: PostgreSQL copies no database that somebody is connected to.
        pool = None if url.get_backend_name() == "sqlite" else sa.NullPool
        engine = sa.create_engine(url, hide_parameters=True, poolclass=pool)
    except (NoSuchModuleError, ImportError):
        raise TargetError(
            f"Target {_shown(url)}: the driver is not installed. Use sqlite or postgresql."
        ) from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Both schemas are found without a prefix; a path that names a schema not made yet does no harm."""
    connection.autocommit = True  # else the first rollback would take the path back
    connection.execute(
        f"SELECT set_config('search_path', current_setting('search_path') || ', {OASYS_SCHEMA}', false)"
    )
    connection.autocommit = False


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling leaves DDL outside; with none of its own, BEGIN below rules all.
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "temp_store = MEMORY", "cache_size = -65536", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _shown(url: sa.URL) -> str:
    return url.render_as_string(hide_password=True)


def database_error(url: sa.URL, error: DBAPIError) -> TargetError:
    """A TargetError that says what to do about `error`, without the statement and its values."""
    kind = getattr(error.orig, "sqlite_errorname", "")
    if kind == _SQLITE_FULL:
        return TargetError(
            f"Target {_shown(url)}: the disk is full. Free space and run again; nothing was written."
        )
    if kind.startswith(_SQLITE_BUSY):
        return TargetError(
            f"Target {_shown(url)}: another program has it locked. Close that program and run again."
        )
    if constraint := broken_constraint(error):
        return TargetError(f"Target {_shown(url)} refused rows: {constraint}. Nothing was written.")
    reason = kind or getattr(error.orig, "sqlstate", None) or type(error.orig).__name__
    return TargetError(
        f"Target {_shown(url)} cannot be read or written ({reason}). Check that it exists, is a day1 target, "
        "is reachable and that you may write to it."
    )


def broken_constraint(error: DBAPIError) -> str:
    """Which constraint refused a row, in the database's words less every value; blank when none did."""
    original = error.orig
    if diagnosis := getattr(original, "diag", None):
        names = (diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
        return " ".join(name for name in names if name)
    if getattr(original, "sqlite_errorname", "").startswith("SQLITE_CONSTRAINT"):
        return str(original)  # SQLite names constraint or columns only, never a value
    return ""


@contextmanager
def transaction(engine: sa.Engine, dry_run: bool = False) -> Iterator[sa.Connection]:
    """One transaction: committed at the end, rolled back on any error, and always when `dry_run`.

    Raises:
        TargetError: the database refused a row, is locked, full or gone.
    """
    try:
        with engine.connect() as connection, connection.begin() as running:
            yield connection
            if dry_run:
                running.rollback()
    except DBAPIError as error:
        raise database_error(engine.url, error) from None


@contextmanager
def savepoint(connection: sa.Connection) -> Iterator[None]:
    """A part of a transaction that goes back alone when it fails.

    Raises:
        TargetError: the database refused a row, is locked, full or gone.
    """
    try:
        with connection.begin_nested():
            yield
    except DBAPIError as error:
        raise database_error(connection.engine.url, error) from None
