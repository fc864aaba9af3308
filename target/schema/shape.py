"""The target's shape as the dictionary states it: columns, constraints, keys and the order to fill tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from vocabulary.errors import ConfigError
from vocabulary.resources import text_table

_NDELIUS, _OASYS = (), ("oasys",)
"""Folders of target/dictionary: nDelius is the target's first schema, OASys its second."""

RELEASE = "2021-06"
"""The nDelius that Day 1 writes to. A column that came later (target/dictionary/later.csv) is in no
statement: it is not made, not read and not filled."""

SECOND_PASS = frozenset({("PROBATION_AREA", "TEAM")})
"""References (from, to) left out of the filling order: they close the cycle among the organisation tables."""


@dataclass(frozen=True)
class Column:
    """One row of a dictionary's columns.csv. `length` counts characters; a `precision` has a scale."""

    table: str
    name: str
    type: str
    length: int | None
    precision: int | None
    scale: int | None
    is_nullable: bool
    default: str | None

    @property
    def is_text(self) -> bool:
        """True for columns that hold text."""
        return self.type in ("CHAR", "VARCHAR2", "CLOB", "VARRAY")

    @property
    def is_number(self) -> bool:
        """True for NUMBER columns, whole or with decimals."""
        return self.type == "NUMBER"

    @property
    def is_moment(self) -> bool:
        """True for DATE and TIMESTAMP columns; an Oracle DATE carries a time of day."""
        return self.type in ("DATE", "TIMESTAMP")


@dataclass(frozen=True)
class Constraint:
    """One row of a dictionary's constraints.csv: `kind` says the rule, `columns` what it is about."""

    table: str
    name: str | None
    kind: str
    columns: tuple[str, ...]
    argument: str


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _lines(file: str) -> Iterator[dict[str, str]]:
    """The rows of `file` in both dictionaries."""
    for folder in (_NDELIUS, _OASYS):
        yield from text_table("target", "dictionary", *folder, file).iter_rows(named=True)


def later_columns() -> dict[tuple[str, str], str]:
    """(table, column) to the release that brought it, of the columns that RELEASE has not."""
    rows = text_table("target", "dictionary", "later.csv").iter_rows()
    return {(table, column): since for table, column, since in rows if since > RELEASE}


@cache
def _all_columns() -> dict[str, dict[str, Column]]:
    found: dict[str, dict[str, Column]] = {}
    later = later_columns()
    for row in _lines("columns.csv"):
        if (row["table"], row["column"]) in later:
            continue
        column = Column(
            table=row["table"],
            name=row["column"],
            type=row["type"],
            length=_number(row["length"]),
            precision=_number(row["precision"]),
            scale=_number(row["scale"]),
            is_nullable=row["nullable"] == "Y",
            default=row["default"],
        )
        found.setdefault(column.table, {})[column.name] = column
    return found


@cache
def _all_constraints() -> dict[str, tuple[Constraint, ...]]:
    found: dict[str, list[Constraint]] = {}
    later = later_columns()
    for row in _lines("constraints.csv"):
        constraint = Constraint(
            table=row["table"],
            name=row["name"],
            kind=row["kind"],
            columns=tuple(row["columns"].split()),
            argument=row["argument"] or "",
        )
        if any((constraint.table, name) in later for name in constraint.columns):
            continue
        found.setdefault(constraint.table, []).append(constraint)
    return {table: tuple(constraints) for table, constraints in found.items()}


def table_names() -> tuple[str, ...]:
    """Every table of both dictionary cuts, each in alphabetical order."""
    return tuple(_all_columns())


@cache
def oasys_tables() -> frozenset[str]:
    """The tables of the second schema."""
    return frozenset(text_table("target", "dictionary", *_OASYS, "columns.csv")["table"])


def columns(table: str) -> dict[str, Column]:
    """The columns that `table` has in RELEASE by name, in the dictionary's order.

    Raises:
        ConfigError: the dictionary has no such table.
    """
    known = _all_columns()
    if table not in known:
        raise ConfigError(f"target/dictionary/columns.csv has no table {table!r}. Add it or mend the name.")
    return known[table]


def constraints(table: str) -> tuple[Constraint, ...]:
    """The constraints of `table`."""
    return _all_constraints().get(table, ())


def primary_key(table: str) -> tuple[str, ...]:
    """The primary key's columns; empty where the dictionary declares none."""
    return next((rule.columns for rule in constraints(table) if rule.kind == "primary_key"), ())


def key_column(table: str) -> str:
    """The one column that identifies a row.

    Raises:
        ConfigError: the table's key has several columns or none, so single ids cannot name its rows.
    """
    key = primary_key(table)
    if len(key) != 1:
        raise ConfigError(f"{table} has no key of one column, so day1 cannot write and undo it by id.")
    return key[0]


def naming_column(table: str) -> str:
    """The column whose value stands for a row in crosswalk and undo: its key, or of a membership the member.

    What joins a member to something is written with the member's own row, so it goes again with it. The
    reference rows of OASys have a key of codes, and a number that is unique by itself beside it.
    """
    key = primary_key(table)
    if len(key) > 1:
        return _number_of(table) or key[0]
    return key_column(table)


def is_membership(table: str) -> bool:
    """True for a table whose key has several columns, such as STAFF_TEAM: its rows have no id."""
    return len(primary_key(table)) > 1 and _number_of(table) is None


def _number_of(table: str) -> str | None:
    unique = (rule.columns for rule in constraints(table) if rule.kind == "unique")
    return next((names[0] for names in unique if len(names) == 1), None)


@cache
def load_order() -> tuple[str, ...]:
    """All tables, each after those it refers to (self references and SECOND_PASS left out)."""
    graph = {
        table: sorted(
            {
                rule.argument
                for rule in constraints(table)
                if rule.kind == "refers_to"
                and rule.argument != table
                and (table, rule.argument) not in SECOND_PASS
            }
        )
        for table in table_names()
    }
    return tuple(TopologicalSorter(graph).static_order())
