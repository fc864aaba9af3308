"""CASELOAD: one row per live manager row, so that an officer's work is read from one table.

A column takes the value of the equally named column of what is managed, of what that hangs on, of the person,
or of the manager row, in this order; caseload_sources.csv names the columns that are called otherwise.
"""

from functools import cache
from typing import Any

import sqlalchemy as sa

from target.derived.managers import PERSON, ManagerKind, Rows, is_live, managed_by, manager_kinds
from target.schema.shape import columns, key_column
from target.schema.tables import table
from vocabulary.resources import text_table

CASELOAD = "CASELOAD"
CASELOAD_ID = "CASELOAD_ID"

_FIRST_ID = 10**15
"""A row's id is its kind's number times this, plus the manager row's id: the same in every rebuild."""

_LEFT_EMPTY = ("TRAINING_SESSION_ID",)


def clear_caseload(connection: sa.Connection, persons: sa.FromClause) -> None:
    """Take out the CASELOAD rows of `persons`."""
    stored = table(CASELOAD)
    connection.execute(sa.delete(stored).where(stored.c[PERSON].in_(sa.select(persons.c[PERSON]))))


def write_caseload(connection: sa.Connection, persons: sa.FromClause) -> None:
    """CASELOAD rows of `persons`, who have none."""
    for kind in manager_kinds():
        statement = caseload_rows(kind, persons)
        names = [column.name for column in statement.selected_columns]
        connection.execute(sa.insert(table(CASELOAD)).from_select(names, statement))


def caseload_rows(kind: ManagerKind, persons: sa.FromClause) -> Rows:
    """One row per live manager row of `kind`, with the columns of CASELOAD that it fills."""
    joined: sa.FromClause = managed_by(kind, persons, kind.path)
    person = table("OFFENDER")
    joined = joined.join(person, person.c[PERSON] == persons.c[PERSON])
    if kind.has_sentence:
        joined = _with_sentence(joined)
    chosen = [value.label(name) for name, value in _values(kind).items()]
    return sa.select(*chosen).select_from(joined).where(is_live(kind))


def _with_sentence(joined: sa.FromClause) -> sa.FromClause:
    """The event's live sentence beside it; of several, which only wrong data has, the first."""
    event, sentence, each = table("EVENT"), table("DISPOSAL"), table("DISPOSAL").alias("EACH_SENTENCE")
    first = (
        sa.select(sa.func.min(each.c["DISPOSAL_ID"]))
        .where(each.c["EVENT_ID"] == event.c["EVENT_ID"])
        .where(each.c["ACTIVE_FLAG"] == 1, each.c["SOFT_DELETED"] == 0)
        .correlate(event)
        .scalar_subquery()
    )
    return joined.outerjoin(sentence, sentence.c["DISPOSAL_ID"] == first)


def _values(kind: ManagerKind) -> dict[str, sa.ColumnElement[Any]]:
    """Column of CASELOAD to what it holds in rows of `kind`."""
    constants = {
        CASELOAD_ID: kind.number * _FIRST_ID + table(kind.table).c[key_column(kind.table)],
        "ROLE_CODE": sa.literal_column(f"'{kind.role}'"),
        "ROW_VERSION": sa.literal_column("0"),
        "PARTITION_AREA_ID": sa.literal_column("0"),
    }
    sentence = ("DISPOSAL",) if kind.has_sentence else ()
    sources = (*kind.path, *sentence, "OFFENDER", kind.table)
    found: dict[str, sa.ColumnElement[Any]] = {}
    for name in columns(CASELOAD):
        if name in constants:
            found[name] = constants[name]
        elif name not in _LEFT_EMPTY and (source := _source(name, sources)) is not None:
            found[name] = source
    # Tables of later releases have teams and officers of probation only, so no flag that says which kind.
    found.setdefault("TRUST_PROVIDER_FLAG", sa.literal_column("0"))
    return found


def _source(name: str, tables: tuple[str, ...]) -> sa.ColumnElement[Any] | None:
    for each in tables:
        source = _called_otherwise().get((name, each), name)
        if source in columns(each):
            return table(each).c[source]
    return None


@cache
def _called_otherwise() -> dict[tuple[str, str], str]:
    rows = text_table("target", "caseload_sources.csv").iter_rows(named=True)
    return {(row["column"], row["table"]): row["source"] for row in rows}
