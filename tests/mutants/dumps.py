"""The loaded target as one hash for each table, so that two runs can be compared without their values."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

Hashes = dict[str, str]

PROGRAM_ITSELF = ("INPUT_HASH", "ENTRY_HASH")
"""Columns of the ledger that differ for every change of the program, whatever it wrote."""


def hashes_of(target: Path) -> Hashes:
    """Table to the hash of its rows in a fixed order."""
    with closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {name: _hash(connection, name) for (name,) in tables.fetchall()}


def changed(one: Hashes, other: Hashes) -> tuple[str, ...]:
    """Names of the tables that differ."""
    return tuple(sorted(name for name in {*one, *other} if one.get(name) != other.get(name)))


def _hash(connection: sqlite3.Connection, name: str) -> str:
    columns = [line[1] for line in connection.execute(f'PRAGMA table_info("{name}")')]
    kept = ", ".join(f'"{column}"' for column in columns if column not in PROGRAM_ITSELF)
    total = hashlib.sha256()
    for row in sorted(map(repr, connection.execute(f'SELECT {kept} FROM "{name}"'))):
        total.update(row.encode())
    return total.hexdigest()
