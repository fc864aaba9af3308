"""Finds the rows of the target that a kind of damage is done to, and writes columns of them as they are."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from reconcile.selftest.catalogue import Kind
from reconcile.selftest.keys import key_names, this_row
from reconcile.selftest.place import Place, UnfitError
from reconcile.selftest.rows import qualifies
from reconcile.selftest.values import new_value
from target.schema.tables import table

Row = Mapping[str, Any]

_TRIED = 1_000
"""Rows that are tried before a kind of damage counts as one that has no row here."""


class _AsItIs(sa.types.UserDefinedType[Any]):
    """A value handed to the driver without a conversion: SQLAlchemy would mend what is to be broken."""

    cache_ok = True


def qualifying(connection: sa.Connection, kind: Kind, limit: int | None = _TRIED) -> Iterator[Row]:
    """The rows that qualify, by key, values as the database stores them."""
    source = table(kind.table)
    # NullType: no conversion, so that a moment is shifted as it is stored and stored as it is made.
    columns = [sa.type_coerce(column, sa.types.NullType()).label(column.name) for column in source.columns]
    wanted = sa.select(*columns).where(qualifies(kind.table, kind.rows))
    keys = [source.c[name] for name in key_names(kind.table)]
    for row in connection.execute(wanted.order_by(*keys).limit(limit)).mappings().all():
        yield {str(name): value for name, value in row.items()}


def first(connection: sa.Connection, kind: Kind) -> Row:
    """The lowest row that qualifies.

    Raises:
        UnfitError: none does.
    """
    row = next(qualifying(connection, kind), None)
    if row is None:
        raise UnfitError
    return row


def fit(connection: sa.Connection, kind: Kind) -> tuple[Row, dict[str, Any]]:
    """The first row that the damage can be done to, and what its columns become.

    Raises:
        UnfitError: there is none.
    """
    for row in qualifying(connection, kind):
        new: dict[str, Any] = {}
        try:
            for column, word in zip(kind.columns, kind.to, strict=True):
                first_new = next(iter(new.values()), None)
                new[column] = new_value(Place(connection, kind.table, column, row, first_new), word)
        except UnfitError:
            continue
        return row, new
    raise UnfitError


def as_they_are(new: Mapping[str, Any]) -> dict[str, Any]:
    """Values for a statement, handed to the driver without a conversion."""
    return {
        name: value if isinstance(value, sa.ColumnElement) else sa.literal(value, _AsItIs())
        for name, value in new.items()
    }


def set_columns(connection: sa.Connection, name: str, row: Row, new: Mapping[str, Any]) -> None:
    """Set columns of one row."""
    connection.execute(sa.update(table(name)).where(this_row(name, row)).values(as_they_are(new)))
