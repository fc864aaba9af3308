"""A stand-in for the proofs: names every row that is not as it was at the first look, by raw SQL."""

from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa

from reconcile.differences import UNCHANGED, differences_of, no_differences
from reconcile.selftest.keys import key_names
from target.ledger import OWN_TABLES
from target.schema.shape import table_names

Places = set[tuple[str, str]]
"""Table and key."""


@dataclass(frozen=True)
class Seen:
    """What the stand-in gives, as the proofs do."""

    differences: pl.DataFrame
    left: pl.DataFrame


def nothing_seen() -> Seen:
    """No difference, nothing left."""
    return Seen(no_differences(), pl.DataFrame(schema={"table": pl.String, "key": pl.String}))


class SeenChanges:
    """Called with a connection like the proofs; `last` is what the last call saw."""

    def __init__(self) -> None:
        self.before: dict[str, dict[str, Any]] = {}
        self.last: Places = set()

    def __call__(self, connection: sa.Connection) -> Seen:
        now = {name: rows_of(connection, name) for name in (*table_names(), *OWN_TABLES)}
        before = self.before or now
        self.before = before
        self.last = {
            (name, key)
            for name, rows in now.items()
            for key in {*rows, *before[name]}
            if rows.get(key) != before[name].get(key)
        }
        frame = pl.DataFrame(sorted(self.last), schema=["table", "key"], orient="row")
        seen = differences_of(frame, UNCHANGED, "the row changed") if self.last else no_differences()
        return Seen(seen, nothing_seen().left)


def rows_of(connection: sa.Connection, name: str) -> dict[str, Any]:
    """Key to everything that the row holds. SQLite gives bytes, so that what is no text is seen as well."""
    driver: Any = connection.connection.driver_connection
    keys = key_names(name)
    if connection.dialect.name == "sqlite":
        driver.text_factory = bytes
        rows = driver.execute(f"SELECT {', '.join(keys)}, * FROM {name}").fetchall()
        driver.text_factory = str
    else:
        rows = driver.execute(f"SELECT {', '.join(keys)}, t::text FROM {name} t").fetchall()
    return {":".join(map(plain, row[: len(keys)])): row[len(keys) :] for row in rows}


def plain(value: Any) -> str:
    """One part of a key as text."""
    return value.decode() if isinstance(value, bytes) else str(value)
