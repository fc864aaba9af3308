"""Which rows qualify for a kind of damage: each word of the catalogue as a condition."""

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from reconcile.selftest.references import code_column, referred
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.schema.shape import key_column, naming_column
from target.schema.tables import table
from vocabulary.errors import ConfigError

Condition = sa.ColumnElement[bool]

PERSON = "OFFENDER_ID"
_TRANSFERS = "MASTER_TRANSFER"
_WRITTEN_WITH = {"OFFICER": ("STAFF", "STAFF_EMPLOYEE_ID")}
"""A table whose rows stand in no crosswalk of their own, as they are written with those of another."""


def qualifies(name: str, words: tuple[str, ...]) -> Condition:
    """The condition that all of `words` state about a row of table `name`.

    Raises:
        ConfigError: a word is unknown.
    """
    return sa.and_(sa.true(), *(_condition(name, word) for word in words))


def _condition(name: str, word: str) -> Condition:
    if word in _WORDS:
        return _WORDS[word](name)
    first, _, rest = word.partition(" ")
    if first == "blank":
        return table(name).c[rest].is_(None)
    if rest.startswith("names "):
        return _names(name, first, rest.removeprefix("names "))
    if rest.startswith("is "):
        return table(name).c[first] == rest.removeprefix("is ")
    raise ConfigError(f"reconcile/selftest/catalogue.csv: no rows are {word!r}. Known: {', '.join(_WORDS)}.")


def _names(name: str, column: str, code: str) -> Condition:
    """The column refers to a row that bears `code`."""
    there = referred(name, column)
    rows = table(there).c
    return (
        table(name).c[column].in_(sa.select(rows[key_column(there)]).where(rows[code_column(there)] == code))
    )


def _among(name: str, own: str) -> Condition:
    """The row is one that a row of our own table `own` is about."""
    written, column = _WRITTEN_WITH.get(name, (name, ""))
    entries = table(own)
    ids = sa.select(entries.c["TARGET_ID"]).where(entries.c["TABLE_NAME"] == written)
    return table(name).c[column or naming_column(name)].in_(ids)


def _loaded(name: str) -> Condition:
    return _among(name, CROSSWALK)


def _changed(name: str) -> Condition:
    return _among(name, BEFORE_IMAGE)


def _standing(name: str) -> Condition:
    return ~_loaded(name)


def _untouched(name: str) -> Condition:
    return sa.and_(~_loaded(name), ~_changed(name))


def _moved_person(name: str) -> Condition:
    return table(name).c[PERSON].in_(sa.select(table(_TRANSFERS).c[PERSON]))


def _other_person(name: str) -> Condition:
    new = sa.select(table(CROSSWALK).c["TARGET_ID"]).where(table(CROSSWALK).c["TABLE_NAME"] == "OFFENDER")
    return sa.and_(~_moved_person(name), table(name).c[PERSON].not_in(new))


_WORDS: Mapping[str, Callable[[str], Condition]] = {
    "loaded": _loaded,
    "changed": _changed,
    "standing": _standing,
    "untouched": _untouched,
    "moved person": _moved_person,
    "other person": _other_person,
}
"""loaded: a load inserted it. changed: a load changed it. standing: nDelius had it before, changed or not.
untouched: nDelius had it and no load changed it. moved person: of somebody with a master transfer. other
person: of somebody whom no load transferred or brought. Also: `blank COLUMN`, `COLUMN is VALUE`, `COLUMN
names CODE` (of the row that it refers to)."""


def person_tables() -> list[str]:
    """The tables with a key whose rows are a person's, OFFENDER itself left out."""
    tables = table("OFFENDER").metadata.tables
    return [
        str(name)
        for name, one in tables.items()
        if PERSON in one.c and one.primary_key.columns and name != "OFFENDER"
    ]
