"""A copy of the target to damage: beside the SQLite file or on the PostgreSQL server. It goes again."""

import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from target.database import connect, database_error
from vocabulary.errors import TargetError

_IN_USE, _NOT_ALLOWED = "55006", "42501"
_REFERENCES = "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint WHERE contype = 'f'"
_MARK = "selftest"


@contextmanager
def copy_of(url: str) -> Iterator[sa.Engine]:
    """An engine for a copy of the target at `url`, which is read only. The copy goes whatever happens.

    Raises:
        TargetError: the target is not there, or the database forbids to copy it.
    """
    engine = connect(url)
    try:
        copied = _sqlite_copy(engine.url) if engine.dialect.name == "sqlite" else _postgresql_copy(engine)
        with copied as address:
            copy = connect(address.render_as_string(hide_password=False))
            try:
                yield copy
            finally:
                copy.dispose()
    finally:
        engine.dispose()


@contextmanager
def _sqlite_copy(url: sa.URL) -> Iterator[sa.URL]:
    """In a folder of its own beside the file: there is room for one target, so perhaps for two."""
    original = Path(url.database or "").resolve()
    with tempfile.TemporaryDirectory(prefix=f"{_MARK}-", dir=original.parent) as folder:
        copy = Path(folder) / original.name
        try:
            with (
                closing(sqlite3.connect(f"{original.as_uri()}?mode=ro", uri=True)) as source,
                closing(sqlite3.connect(copy)) as made,
            ):
                source.backup(made)
        except sqlite3.Error as error:
            raise TargetError(
                f"{original} cannot be copied into {folder} ({error.sqlite_errorname}). The self-test needs "
                "as much free space as the target takes, and nobody who writes to it."
            ) from None
        yield url.set(database=str(copy))


@contextmanager
def _postgresql_copy(engine: sa.Engine) -> Iterator[sa.URL]:
    name = f"{engine.url.database}_{_MARK}_{secrets.token_hex(4)}"
    quote = engine.dialect.identifier_preparer.quote_identifier
    try:
        _outside(engine, f"CREATE DATABASE {quote(name)} TEMPLATE {quote(str(engine.url.database))}")
    except DBAPIError as error:
        raise _no_copy(engine.url, error) from None
    try:
        address = engine.url.set(database=name)
        _drop_references(address)
        yield address
    finally:
        _outside(engine, f"DROP DATABASE IF EXISTS {quote(name)}")


def _outside(engine: sa.Engine, statement: str) -> None:
    """Databases are made and dropped outside any transaction."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)


def _drop_references(address: sa.URL) -> None:
    """A row can then go from under others, as it can when somebody repairs by hand with triggers off."""
    copy = connect(address.render_as_string(hide_password=False))
    with copy.begin() as connection:
        for table, name in connection.exec_driver_sql(_REFERENCES).all():
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    copy.dispose()


def _no_copy(url: sa.URL, error: DBAPIError) -> TargetError:
    shown = url.render_as_string(hide_password=True)
    state = getattr(error.orig, "sqlstate", None)
    if state == _IN_USE:
        return TargetError(
            f"Target {shown} cannot be copied: other programs are connected to it. Close them and run again."
        )
    if state == _NOT_ALLOWED:
        return TargetError(
            f"Target {shown} cannot be copied: its user may not create databases. Grant CREATEDB, and run as "
            "the owner of the target or a superuser."
        )
    return database_error(url, error)
