"""The kinds of manager rows and the way from each to its person: what derived data is built from."""

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from target.schema.shape import key_column
from target.schema.tables import table
from vocabulary.resources import text_table

PERSON = "OFFENDER_ID"

Rows: TypeAlias = sa.Select[*tuple[Any, ...]]
"""A query whose columns are named one by one."""


@dataclass(frozen=True)
class ManagerKind:
    """One row of manager_kinds.csv.

    `role` is the ROLE_CODE of CASELOAD, `number` keeps the ids of two kinds apart there. `path` names what is
    managed and what that hangs on; a table without a path names its person itself. `has_sentence`: the event
    of `path` has a sentence that belongs to the row.
    """

    role: str
    number: int
    table: str
    path: tuple[str, ...]
    has_sentence: bool


@cache
def manager_kinds() -> tuple[ManagerKind, ...]:
    """Every kind of manager row that nDelius has (target.md, section 2)."""
    return tuple(
        ManagerKind(
            role=row["role"],
            number=int(row["number"]),
            table=row["table"],
            path=tuple((row["path"] or "").split()),
            has_sentence=row["has_sentence"] == "Y",
        )
        for row in text_table("target", "manager_kinds.csv").iter_rows(named=True)
    )


def owner(kind: ManagerKind) -> sa.Table:
    """The table that names the person of a manager row."""
    return table(kind.path[0] if kind.path else kind.table)


def managed_by(kind: ManagerKind, persons: sa.FromClause, path: tuple[str, ...]) -> sa.Join:
    """The manager rows of `persons` (column OFFENDER_ID), each beside the row of every table in `path`."""
    joined: sa.FromClause = table(kind.table)
    below = table(kind.table)
    for name in path:
        above, key = table(name), key_column(name)
        joined = joined.join(above, below.c[key] == above.c[key])
        below = above
    return joined.join(persons, persons.c[PERSON] == owner(kind).c[PERSON])


def is_live(kind: ManagerKind) -> sa.ColumnElement[bool]:
    """The manager row is active and not deleted."""
    managers = table(kind.table)
    return sa.and_(managers.c["ACTIVE_FLAG"] == 1, managers.c["SOFT_DELETED"] == 0)
