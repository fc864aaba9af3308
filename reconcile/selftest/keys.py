"""What names a row of the target, and whether a difference names it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from target.ledger import BEFORE_IMAGE, CROSSWALK, LEDGER
from target.schema.shape import primary_key
from target.schema.tables import table

_VERSION = "ROW_VERSION"
_PARTS = re.compile(r"[^\s|:,;/=\[\]\"]+")
"""The parts of a key of several columns, whatever stands between them."""


@dataclass(frozen=True)
class Named:
    """A row by its table and the values of its key.

    `also`: another name that is as good. Of a row of the crosswalk or a before-image it is the row that it is
    about, for there somebody has to look; of an entry of the ledger the company, for a proof is of one cycle.
    """

    table: str
    key: tuple[str, ...]
    also: "Named | None" = None


def key_names(name: str) -> list[str]:
    """The columns that name a row of table `name`: its key, else all that must be filled but the version."""
    own = table(name)
    key = [str(column.name) for column in own.primary_key.columns]
    return key or [str(one.name) for one in own.columns if not one.nullable and one.name != _VERSION]


def named(name: str, row: Mapping[str, Any]) -> Named:
    """The name of `row`."""
    return Named(name, tuple(str(row[column]) for column in key_names(name)), _also(name, row))


def _also(name: str, row: Mapping[str, Any]) -> Named | None:
    if name in (CROSSWALK, BEFORE_IMAGE):
        return Named(row["TABLE_NAME"], (str(row["TARGET_ID"]),))
    return Named(LEDGER, (row["COMPANY"],)) if name == LEDGER else None


def this_row(name: str, row: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    """The condition that holds for `row` alone."""
    return sa.and_(*(table(name).c[column] == row[column] for column in key_names(name)))


def is_named(row: Named, places: Mapping[str, Mapping[str, str]]) -> str | None:
    """The proof that names `row`, None when none does. `places`: table to key to proof."""
    there = places.get(row.table, {})
    found = there.get(row.key[0]) if len(row.key) == 1 else _holding_all(row, there)
    if found is None and row.also is not None:
        return is_named(row.also, places)
    return found


def _holding_all(row: Named, there: Mapping[str, str]) -> str | None:
    """A key of several columns is one text, whose parts a proof joins in its own way."""
    wanted = {part for value in row.key for part in _PARTS.findall(value)}
    return next((proof for key, proof in there.items() if wanted <= set(_PARTS.findall(key))), None)


def has_one_key(name: str) -> bool:
    """True when one column names a row, so that a new row can have the next number."""
    return len(primary_key(name)) == 1
