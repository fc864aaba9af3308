"""The connection to a target: transactions are real, foreign keys hold, no error shows a password or row."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from target.adapters import ADAPTERS, adapter_for, adapter_of
from target.adapters.base import BUSY, CUT_OFF, FULL, mask_password
from target.ledger import missing_columns
from vocabulary.errors import TargetError


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
            f"Target {mask_password(engine.url)} was made by an earlier version of day1, which lacks "
            f"{', '.join(missing)}. What was loaded into it cannot be proved. Create an empty target and "
            "load its baseline again."
        )
    return engine


def mask_address(url: str) -> str:
    """The address without its password; what is no address is not repeated, for it may hold one."""
    try:
        return mask_password(sa.make_url(url))
    except ArgumentError:
        return "(no database URL)"


def _parsed(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise TargetError(
            "The target's address is not a database URL. Give e.g. sqlite:///target.db."
        ) from None
    adapter = adapter_for(parsed)
    if adapter.driver and parsed.drivername == adapter.name:
        parsed = parsed.set(drivername=adapter.driver)
    return parsed


def _engine(url: sa.URL) -> sa.Engine:
    adapter = adapter_for(url)
    adapter.require_place(url)
    try:
        # hide_parameters: a failing statement's values are people's data and belong in no message or log.
        engine = sa.create_engine(url, hide_parameters=True, poolclass=adapter.pool)
    except (NoSuchModuleError, ImportError):
        raise TargetError(
            f"Target {mask_password(url)}: the driver is not installed. Use {' or '.join(ADAPTERS)}."
        ) from None
    adapter.configure(engine)
    return engine


def database_error(url: sa.URL, error: DBAPIError) -> TargetError:
    """A TargetError that says what to do about `error`, without the statement and its values."""
    adapter = adapter_for(url)
    kind = adapter.classify_error(error)
    if kind == FULL:
        return TargetError(
            f"Target {mask_password(url)}: the disk is full. Free space and run again; nothing was written."
        )
    if kind == BUSY:
        return TargetError(
            f"Target {mask_password(url)}: another program has it locked. Close that program and run again."
        )
    if kind == CUT_OFF:
        return TargetError(
            f"Target {mask_password(url)}: the server ended the session or statement (stopped, restarted, "
            "cut off, or a time limit of its own). What was not committed is not there. See the server's log "
            "and give the same command again: it goes on from what stands."
        )
    if constraint := adapter.broken_constraint(error):
        return TargetError(f"Target {mask_password(url)} refused rows: {constraint}. Nothing was written.")
    reason = kind or type(error.orig).__name__
    return TargetError(
        f"Target {mask_password(url)} cannot be read or written ({reason}). Check that it exists, is a day1 "
        "target, is reachable and that you may write to it."
    )


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
def bulk_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction for the rows of a new target: what they refer to is looked at once, at its end.

    Raises:
        TargetError: as `transaction`.
    """
    adapter = adapter_of(engine)
    try:
        with (
            engine.connect() as connection,
            adapter.without_foreign_keys(connection),
            connection.begin(),
        ):
            yield connection
            if broken := adapter.broken_references(connection):
                raise TargetError(
                    f"Target {mask_password(engine.url)} refused rows: FOREIGN KEY constraint failed: "
                    f"{', '.join(broken)}. Nothing was written."
                )
    except DBAPIError as error:
        raise database_error(engine.url, error) from None


@contextmanager
def write_alone(engine: sa.Engine, command: str) -> Iterator[None]:
    """Within it no other day1 writes the target, whichever workspace it works in.

    Raises:
        TargetError: another does (who, since when), or the database is locked or gone.
    """
    try:
        with adapter_of(engine).write_alone(engine, command):
            yield
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
