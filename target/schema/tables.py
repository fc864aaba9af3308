"""The dictionary as SQLAlchemy tables. Names are unquoted: SQLite, Oracle keep capitals, PostgreSQL folds."""

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name
from sqlalchemy.types import TypeEngine

from target.adapters import DATABASES
from target.adapters.base import Types
from target.ledger import add_own_tables
from target.schema.checks import KEYS, check_sql
from target.schema.shape import (
    SECOND_PASS,
    Column,
    Constraint,
    columns,
    constraints,
    primary_key,
    table_names,
)

LONGEST_NAME = 30
"""Characters of an identifier that every Oracle takes."""


def unquoted(name: str) -> quoted_name:
    """`name` as an identifier that no dialect quotes, cut to what Oracle takes."""
    return quoted_name(name[:LONGEST_NAME], quote=False)


def _variants(general: TypeEngine[Any], own: Callable[[Types], TypeEngine[Any]]) -> TypeEngine[Any]:
    """A type that is each database's own."""
    for database in DATABASES:
        general = general.with_variant(own(database), database.name)
    return general


def column_type(column: Column) -> TypeEngine[Any]:
    """The SQL type of a dictionary column; text lengths count characters (VARCHAR2(n CHAR) in Oracle)."""
    if column.is_moment:
        return _variants(sa.DateTime(), lambda database: database.moment)
    if column.type == "NUMBER":
        return sa.Numeric(column.precision, column.scale) if column.scale else sa.BigInteger()
    if column.type == "CHAR":
        return sa.CHAR(column.length)
    if column.type == "VARCHAR2":
        length = int(column.length or 0)
        return _variants(sa.String(length), lambda database: database.text(length))
    if column.type == "BLOB":
        return sa.LargeBinary()
    return sa.Text()


def _column(column: Column) -> sa.Column[Any]:
    return sa.Column(
        unquoted(column.name),
        column_type(column),
        nullable=column.is_nullable,
        primary_key=column.name in primary_key(column.table),
        autoincrement=False,
        server_default=_default(column),
    )


def _default(column: Column) -> sa.TextClause | None:
    if column.default is None:
        return None
    return sa.text(column.default if column.is_number else f"'{column.default}'")


def _foreign_key(rule: Constraint, number: int) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [unquoted(name) for name in rule.columns],
        [f"{rule.argument}.{name}" for name in _referred(rule)],
        name=unquoted(f"FK{number}_{rule.table}"),
        use_alter=(rule.table, rule.argument) in SECOND_PASS,
    )


def _referred(rule: Constraint) -> tuple[str, ...]:
    """The parent's key columns in the order of the child's; composite keys bear the same names."""
    key = primary_key(rule.argument)
    return tuple(rule.columns) if set(rule.columns) == set(key) else key


def _length_check(column: Column, number: int) -> sa.CheckConstraint:
    # Where the database ignores declared lengths it is told to refuse longer text.
    check = sa.CheckConstraint(
        sa.text(f"length({column.name}) <= {column.length}"), name=unquoted(f"LEN{number}_{column.table}")
    )
    unlimited = tuple(each.name for each in DATABASES if not each.refuses_long_text)
    check.ddl_if(dialect=unlimited)  # type: ignore[arg-type]  # SQLAlchemy takes several, its types say one
    return check


def _rules(table: str) -> list[sa.Constraint]:
    found: list[sa.Constraint] = []
    for number, rule in enumerate(constraints(table), start=1):
        if rule.kind == "refers_to":
            found.append(_foreign_key(rule, number))
        elif rule.kind == "unique":
            found.append(
                sa.UniqueConstraint(*rule.columns, name=unquoted(rule.name or f"UQ{number}_{table}"))
            )
        elif rule.kind not in KEYS:
            found.append(sa.CheckConstraint(sa.text(check_sql(rule)), name=unquoted(f"CK{number}_{table}")))
    for number, column in enumerate(columns(table).values(), start=1):
        if column.length:
            found.append(_length_check(column, number))
    return found


def _index_foreign_keys(table: sa.Table) -> None:
    """Index every filled reference to a case row: without it each undone row would scan the tables below."""
    for number, rule in enumerate(constraints(table.name), start=1):
        if rule.kind != "refers_to" or len(rule.columns) > 1 or not _is_case_table(rule.argument):
            continue
        column = table.c[rule.columns[0]]
        if tuple(rule.columns) == primary_key(table.name):
            continue
        # With only filled values indexed, an unused reference costs nothing. Not on a mandatory column:
        # there SQLite does not use such an index for its own look-up of rows below.
        filled = column.is_not(None) if column.nullable else None
        name = unquoted(f"IX{number}_{table.name}")
        sa.Index(name, column, sqlite_where=filled, postgresql_where=filled)


def _is_case_table(table: str) -> bool:
    return "OFFENDER_ID" in columns(table) or "EVENT_ID" in columns(table) or table in _CASE_TABLES


_CASE_TABLES = frozenset(
    {
        "RQMNT_MANAGER",
        "LIC_CONDITION_MANAGER",
        "PSS_RQMNT_MANAGER",
        "NSI_MANAGER",
        "UPW_PROJECT",
        "UPW_ALLOCATION",
        "OASYS_OFFENDER",
        "OASYS_ASSESSMENT_GROUP",
        "OASYS_SET",
        "OASYS_SECTION",
        "BASIC_SENTENCE_PLAN_OBJ",
    }
)
"""Tables that Day 1 inserts into although they hold neither nDelius's person nor event."""


@cache
def metadata() -> sa.MetaData:
    """All tables of the dictionary cut, and day1's own, as one MetaData."""
    return new_metadata()


def new_metadata() -> sa.MetaData:
    """The same, of one's own."""
    found = sa.MetaData()
    for name in table_names():
        parts = [_column(column) for column in columns(name).values()]
        table = sa.Table(unquoted(name), found, *parts, *_rules(name))
        _index_foreign_keys(table)
    add_own_tables(found)
    return found


def table(name: str) -> sa.Table:
    """The table `name`, of the dictionary or our own."""
    return metadata().tables[name]


def of_load(name: str, company: str, cycle: str) -> sa.ColumnElement[bool]:
    """The rows of one of our own tables that belong to one load."""
    own = table(name).c
    return sa.and_(own["COMPANY"] == company, own["CYCLE"] == cycle)
