"""Damage to everything of a person at once: all deleted, or given to somebody else."""

from typing import Any

import sqlalchemy as sa

from reconcile.proofs.unchanged import DERIVED
from reconcile.selftest.catalogue import Kind
from reconcile.selftest.keys import Named, key_names, named
from reconcile.selftest.place import UnfitError
from reconcile.selftest.rows import PERSON, person_tables, qualifies
from target.schema.tables import table

_NOBODY = -1


def delete_person(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    """Delete the lowest person that qualifies, with all rows of theirs.

    Derived rows are not asked for: nothing is left that they could be derived from.
    """
    (person,) = _persons(connection, kind, 1)
    gone: list[Named] = []
    for name in ("OFFENDER", *person_tables()):
        if name not in DERIVED:
            gone += _rows_of(connection, name, [person])
        connection.execute(sa.delete(table(name)).where(table(name).c[PERSON] == person))
    return tuple(gone)


def exchange_persons(connection: sa.Connection, kind: Kind) -> tuple[Named, ...]:
    """Give every row of the lowest person that qualifies to the next one, and the other way round."""
    one, other = _persons(connection, kind, 2)
    exchanged: list[Named] = []
    for name in person_tables():
        exchanged += _rows_of(connection, name, [one, other])
        # One after another, so that at no moment both have a row that is unique per person.
        for old, new in ((one, _NOBODY), (other, one), (_NOBODY, other)):
            person = table(name).c[PERSON]
            connection.execute(sa.update(table(name)).values({person: new}).where(person == old))
    return tuple(exchanged)


def _persons(connection: sa.Connection, kind: Kind, wanted: int) -> list[Any]:
    person = table("OFFENDER").c[PERSON]
    found = connection.execute(
        sa.select(person).where(qualifies("OFFENDER", kind.rows)).order_by(person).limit(wanted)
    )
    persons = list(found.scalars())
    if len(persons) < wanted:
        raise UnfitError
    return persons


def _rows_of(connection: sa.Connection, name: str, persons: list[Any]) -> list[Named]:
    source = table(name)
    names = key_names(name)
    keys = [source.c[column] for column in names]
    found = connection.execute(sa.select(*keys).where(source.c[PERSON].in_(persons)).order_by(*keys))
    return [named(name, dict(zip(names, row, strict=True))) for row in found]
