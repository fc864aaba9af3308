"""Inflicts one kind of damage on the lowest row that qualifies; says which rows it is that changed."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from reconcile.selftest.between import move, swap
from reconcile.selftest.catalogue import Kind
from reconcile.selftest.keys import Named, has_one_key, key_names, named, this_row
from reconcile.selftest.persons import delete_person, exchange_persons
from reconcile.selftest.place import UnfitError
from reconcile.selftest.rows import qualifies
from reconcile.selftest.victims import Row, as_they_are, first, fit, qualifying
from target.adapters import adapter_of
from target.bulk import highest
from target.schema.tables import table
from vocabulary.errors import ConfigError


class ImpossibleError(Exception):
    """The database took the value and stores another: what it stored is what was there before."""


def inflict(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    """Damage the copy in the running transaction; gives the rows that are not as they were.

    Raises:
        UnfitError: no row qualifies. ImpossibleError: this database cannot hold the damage.
        ConfigError: the catalogue names an unknown damage.
    """
    if kind.damage not in _DAMAGES:
        raise ConfigError(
            f"reconcile/selftest/catalogue.csv: unknown damage {kind.damage!r}. Known: {', '.join(_DAMAGES)}."
        )
    return _DAMAGES[kind.damage](connection, kind)


def _delete(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    row = first(connection, kind)
    connection.execute(sa.delete(table(kind.table)).where(this_row(kind.table, row)))
    return (named(kind.table, row),)


def _delete_all(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    gone = tuple(named(kind.table, row) for row in qualifying(connection, kind, limit=None))
    if not gone:
        raise UnfitError
    connection.execute(sa.delete(table(kind.table)).where(qualifies(kind.table, kind.rows)))
    return gone


def _change(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    row, new = fit(connection, kind)
    after = {**row, **{column: value for column, value in new.items() if column in key_names(kind.table)}}
    before = _stored(connection, kind, row)
    connection.execute(sa.update(table(kind.table)).where(this_row(kind.table, row)).values(as_they_are(new)))
    if _stored(connection, kind, after) == before:
        raise ImpossibleError
    return tuple(dict.fromkeys((named(kind.table, row), named(kind.table, after))))


def _stored(connection: sa.Connection, kind: Kind, row: Row) -> Any:
    """What the columns hold, in a form that can be read whatever it is."""
    source = table(kind.table).c
    forms = adapter_of(connection).raw_forms
    held = [form for name in kind.columns for form in forms(source[name])]
    return connection.execute(sa.select(*held).where(this_row(kind.table, row))).first()


def _copy(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    row, new = fit(connection, kind)
    if has_one_key(kind.table):
        (key,) = key_names(kind.table)
        new = {key: highest(connection, kind.table, key) + 1, **new}
    copied = {**row, **new}
    connection.execute(sa.insert(table(kind.table)).values(as_they_are(copied)))
    return (named(kind.table, copied),)


_DAMAGES: Mapping[str, Callable[[sa.Connection, Kind], tuple[Named, ...]]] = {
    "delete": _delete,
    "delete all": _delete_all,
    "change": _change,
    "copy": _copy,
    "move": move,
    "swap": swap,
    "delete person": delete_person,
    "exchange persons": exchange_persons,
}
"""delete: the row goes. delete all: every row that qualifies goes. change: columns become what `to` says.
copy: the row again under a new key, with columns as `to` says. move: an amount from one person's row to
another's. swap: two persons' rows exchange a column. The last two are about everything of a person."""
