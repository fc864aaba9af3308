"""The persons whose derived data is rebuilt: who a load touched, and the temporary table that holds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from target.bulk import insert, read, read_rows, statements_of
from target.derived.managers import PERSON, manager_kinds
from target.schema.shape import columns, key_column
from target.schema.tables import unquoted

ARRAY = "ORGANISATIONS"
_PERSONS = "DAY1_PERSONS"


@contextmanager
def staged_persons(connection: sa.Connection, persons: pl.Series) -> Iterator[sa.Table]:
    """A temporary table with one row per person: OFFENDER_ID."""
    frame = pl.DataFrame({PERSON: persons.cast(pl.Int64)}).unique(maintain_order=True)
    with staged_by_person(connection, _PERSONS, frame) as stage:
        yield stage


@contextmanager
def staged_by_person(connection: sa.Connection, name: str, frame: pl.DataFrame) -> Iterator[sa.Table]:
    """A temporary table `name` with the rows of `frame`: OFFENDER_ID, its key, and at most ORGANISATIONS.

    After an error it is left to the rollback, which takes it away.
    """
    stage, make, drop = _stage(name, ARRAY in frame.columns, connection.dialect.name)
    connection.exec_driver_sql(make)
    insert(connection, name, frame)
    # Without figures about it both databases walk through whole tables to find the rows of a few persons.
    connection.exec_driver_sql(f"ANALYZE {name}")
    yield stage
    connection.exec_driver_sql(drop)


@cache
def _stage(name: str, has_array: bool, database: str) -> tuple[sa.Table, str, str]:
    """The table, and the statements that make and drop it: as in target.bulk, kept."""
    parts: list[sa.Column[Any]] = [
        sa.Column(unquoted(PERSON), sa.BigInteger(), primary_key=True, autoincrement=False)
    ]
    if has_array:
        parts.append(sa.Column(unquoted(ARRAY), sa.Text()))
    stage = sa.Table(unquoted(name), sa.MetaData(), *parts, prefixes=["TEMPORARY"])
    return stage, *statements_of(stage, database)


def all_persons(connection: sa.Connection) -> pl.Series:
    """OFFENDER_ID of everybody."""
    return read(connection, "OFFENDER", [PERSON])[PERSON]


def touched_persons(connection: sa.Connection, rows: pl.DataFrame) -> pl.Series:
    """OFFENDER_ID of the persons of `rows` (TABLE_NAME, TARGET_ID), as far as derived data hangs on them.

    The rows must be there: a load asks after it wrote, an undo before it deletes.
    """
    return persons_of_rows(connection, rows)[PERSON].drop_nulls().unique().sort()


def persons_of_rows(connection: sa.Connection, rows: pl.DataFrame) -> pl.DataFrame:
    """TABLE_NAME, TARGET_ID, OFFENDER_ID of those of `rows` that are there and name a person, by themselves
    or, of a component's manager, by their component."""
    found = [pl.DataFrame(schema={"TABLE_NAME": pl.String, "TARGET_ID": pl.Int64, PERSON: pl.Int64})]
    for (name,), group in rows.group_by("TABLE_NAME"):
        persons = _persons_of(connection, str(name), group["TARGET_ID"])
        found.append(persons.select(pl.lit(str(name)).alias("TABLE_NAME"), "TARGET_ID", PERSON))
    return pl.concat(found)


def _persons_of(connection: sa.Connection, name: str, ids: pl.Series) -> pl.DataFrame:
    """TARGET_ID, OFFENDER_ID."""
    if name not in _parents() and PERSON not in columns(name):  # no derived figure depends on such a row
        return pl.DataFrame(schema={"TARGET_ID": pl.Int64, PERSON: pl.Int64})
    key = key_column(name)
    own = pl.col(key).alias("TARGET_ID")
    if name not in _parents():
        wanted = list(dict.fromkeys((key, PERSON)))
        return read_rows(connection, name, key, ids, wanted).select(own, PERSON)
    parent = _parents()[name]
    parent_key = key_column(parent)
    above = read_rows(connection, name, key, ids, [key, parent_key]).select(own, parent_key)
    persons = _persons_of(connection, parent, above[parent_key])
    return above.join(persons, left_on=parent_key, right_on="TARGET_ID").select("TARGET_ID", PERSON)


def _parents() -> dict[str, str]:
    """Manager table to the table that names its person."""
    return {kind.table: kind.path[0] for kind in manager_kinds() if kind.path}
