"""Compares a live database with the dictionary: has the target's shape drifted?"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from target.adapters import adapter_of
from target.ledger import OWN_TABLES
from target.schema.shape import RELEASE, table_names
from target.schema.tables import table
from target.sequences import sequences


def check(engine: sa.Engine) -> list[str]:
    """Every difference in a sentence each: missing tables, columns and sequences, other lengths, other
    nullability.

    Columns that only the database has are no difference, for a newer nDelius may have grown; but one that a
    row must fill is, since Day 1 names only the columns of its release.
    """
    inspector = sa.inspect(engine)
    adapter = adapter_of(engine)
    there = {name.upper() for schema in adapter.schemas for name in inspector.get_table_names(schema)}
    found: list[str] = []
    for name in (*table_names(), *OWN_TABLES):
        if name not in there:
            found.append(f"Table {name} is missing.")
            continue
        there_as = adapter.fold_name(name), adapter.schema_of(name)
        live = {column["name"].upper(): column for column in inspector.get_columns(*there_as)}
        found.extend(_differences(table(name), live))
        found.extend(_unknown_and_required(table(name), live))
    if adapter.has_sequences:
        made = {name.upper() for schema in adapter.schemas for name in inspector.get_sequence_names(schema)}
        missing = sorted(name for name in sequences().values() if name not in made)
        found.extend(f"Sequence {name} is missing: its table gets no new ids." for name in missing)
    return found


def _differences(wanted: sa.Table, live: dict[str, Any]) -> Iterator[str]:
    for column in wanted.columns:
        place = f"{wanted.name}.{column.name}"
        if column.name not in live:
            yield f"Column {place} is missing."
            continue
        length = getattr(live[column.name]["type"], "length", None)
        expected = getattr(column.type, "length", None)
        if length != expected:
            yield f"Column {place} has length {length or 'none'}, the dictionary says {expected or 'none'}."
        if live[column.name]["nullable"] != column.nullable:
            verb = "must not" if column.nullable else "may"
            yield f"Column {place} {verb} be empty, unlike in the dictionary."


def _unknown_and_required(wanted: sa.Table, live: dict[str, Any]) -> Iterator[str]:
    known = {column.name for column in wanted.columns}
    for name, column in live.items():
        if name not in known and not column["nullable"] and column.get("default") is None:
            yield (
                f"Column {wanted.name}.{name} must be filled and has no default, and the nDelius of "
                f"{RELEASE} has no such column: no row can be inserted."
            )
