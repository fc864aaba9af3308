"""day1's own tables in the target: what it was made with, where a row came from, what was loaded, what a
changed row held before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name

CROSSWALK = "DAY1_CROSSWALK"
LEDGER = "DAY1_LEDGER"
BEFORE_IMAGE = "DAY1_BEFORE_IMAGE"
MADE = "DAY1_TARGET"
"""One row: the release of the tables, and the baseline that was loaded, once one was (target.holding)."""

OF_LOADS = (CROSSWALK, LEDGER, BEFORE_IMAGE)
"""Each row belongs to one load of a company and cycle, and goes with its undo."""

OWN_TABLES = (*OF_LOADS, MADE)

NO_SOURCE = "-"
"""Provenance of a provisional code: no single source row asks for it. Also what stands where a hash is not
known."""

SECOND_ID = "SECOND_ID"
"""Column of the crosswalk: the second number of a row whose key has two, such as a member's team; else 0."""

ENTRY_HASH = "ENTRY_HASH"
"""Column of the ledger: the hash of the entry's other columns."""


def hash_rows(rows: pl.DataFrame) -> str:
    """A hash of rows of our own tables, whatever their order; a row gone, added or altered changes it."""
    named = rows.select(sorted(rows.columns))
    return hashlib.sha256(named.sort(named.columns).write_csv().encode()).hexdigest()


def hash_entry(entry: Mapping[str, object]) -> str:
    """The hash of a ledger entry without its own hash."""
    told = "\n".join(f"{name}={entry[name]}" for name in sorted(entry) if name != ENTRY_HASH)
    return hashlib.sha256(told.encode()).hexdigest()


def _text(name: str, length: int, key: bool = False) -> sa.Column[str]:
    return sa.Column(quoted_name(name, quote=False), sa.String(length), primary_key=key, nullable=False)


def _whole(name: str, key: bool = False) -> sa.Column[int]:
    return sa.Column(
        quoted_name(name, quote=False), sa.BigInteger(), primary_key=key, autoincrement=False, nullable=False
    )


def _long(name: str) -> sa.Column[str]:
    return sa.Column(quoted_name(name, quote=False), sa.Text(), nullable=False)


def add_own_tables(metadata: sa.MetaData) -> None:
    """Add our own tables to `metadata`."""
    made = (_text("RELEASE", 20, key=True), _text("BASELINE_CYCLE", 20), _text("BASELINE_HASH", 64))
    sa.Table(quoted_name(MADE, quote=False), metadata, *made)
    crosswalk = sa.Table(
        quoted_name(CROSSWALK, quote=False),
        metadata,
        _text("COMPANY", 3, key=True),
        _text("CYCLE", 20, key=True),
        _text("TABLE_NAME", 30, key=True),
        _text("NATURAL_KEY", 200, key=True),
        _whole("TARGET_ID"),
        _text("EXPORT", 20),
        _text("SOURCE_FILE", 100),
        _text("SOURCE_ROW", 100),
        _whole(SECOND_ID),
    )
    sa.Index(quoted_name("IX_DAY1_CROSSWALK", quote=False), crosswalk.c.TABLE_NAME, crosswalk.c.TARGET_ID)
    sa.Table(
        quoted_name(LEDGER, quote=False),
        metadata,
        _text("COMPANY", 3, key=True),
        _text("CYCLE", 20, key=True),
        _whole("LOAD_NUMBER"),
        _text("INPUT_HASH", 64),
        _whole("ROWS_INSERTED"),
        _whole("ROWS_CHANGED"),
        _text("SNAPSHOT_HASH", 64),
        _whole("CROSSWALK_ROWS"),
        _text("CROSSWALK_HASH", 64),
        _whole("IMAGE_ROWS"),
        _text("IMAGES_HASH", 64),
        _text("ENTRY_HASH", 64),
    )
    before = sa.Table(
        quoted_name(BEFORE_IMAGE, quote=False),
        metadata,
        _text("COMPANY", 3, key=True),
        _text("CYCLE", 20, key=True),
        _text("TABLE_NAME", 30, key=True),
        _whole("TARGET_ID", key=True),
        _whole("CHANGE_NUMBER", key=True),
        _text("KIND", 20),
        _long("OLD_VALUES"),
        _long("NEW_VALUES"),
    )
    sa.Index(quoted_name("IX_DAY1_BEFORE_IMAGE", quote=False), before.c.TABLE_NAME, before.c.TARGET_ID)


def missing_columns(connection: sa.Connection) -> list[str]:
    """TABLE.COLUMN, or TABLE, that a target with some of our own tables lacks; none of one without any."""
    wanted = sa.MetaData()
    add_own_tables(wanted)
    inspector = sa.inspect(connection)
    stored = {name.upper(): name for name in inspector.get_table_names()}
    found = []
    for table in wanted.tables.values() if stored.keys() & wanted.tables.keys() else ():
        name = stored.get(table.name.upper())
        if name is None:
            found.append(str(table.name))
        else:
            there = {column["name"].upper() for column in inspector.get_columns(name)}
            found += [f"{table.name}.{column.name}" for column in table.columns if column.name not in there]
    return found


@dataclass(frozen=True)
class LoadAccount:
    """Rows one load inserted per table and changed per (table, kind). `is_repeat`: it did nothing."""

    company: str
    cycle: str
    inserted: dict[str, int]
    changed: dict[tuple[str, str], int]
    is_repeat: bool = False
