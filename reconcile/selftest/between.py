"""Damage between two rows, of two persons where rows are a person's: sums and counts stay as they were."""

from collections.abc import Iterator

import sqlalchemy as sa

from reconcile.selftest.catalogue import Kind
from reconcile.selftest.keys import Named, named
from reconcile.selftest.place import UnfitError
from reconcile.selftest.rows import PERSON
from reconcile.selftest.victims import Row, qualifying, set_columns


def _pairs(connection: sa.Connection, kind: Kind) -> Iterator[tuple[Row, Row]]:
    """Each row with each later one, of two persons where the rows say of whom they are."""
    rows = list(qualifying(connection, kind))
    for place, row in enumerate(rows):
        for other in rows[place + 1 :]:
            if row.get(PERSON, 0) != other.get(PERSON, 1):
                yield row, other


def move(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    """Take from one row and give to another, so that every sum stays."""
    (column,), amount = kind.columns, int(kind.to[0])
    for row, other in _pairs(connection, kind):
        if row[column] is not None and other[column] is not None and row[column] >= amount:
            set_columns(connection, kind.table, row, {column: row[column] - amount})
            set_columns(connection, kind.table, other, {column: other[column] + amount})
            return named(kind.table, row), named(kind.table, other)
    raise UnfitError


def swap(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    """Exchange the values of two rows. One of them goes out of the way first, for the sake of unique keys."""
    (column,) = kind.columns
    for row, other in _pairs(connection, kind):
        if row[column] != other[column]:
            set_columns(connection, kind.table, row, {column: -1})
            set_columns(connection, kind.table, other, {column: row[column]})
            set_columns(connection, kind.table, row, {column: other[column]})
            return named(kind.table, row), named(kind.table, other)
    raise UnfitError
