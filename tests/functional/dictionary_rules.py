"""The dictionary's rules as SQL, one query per rule: each counts the rows of a target that break it."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DICTIONARY = Path(__file__).parents[2] / "target/dictionary"
TEXT = ("CHAR", "VARCHAR2")
Line = dict[str, str]
Rule = tuple[str, str]
"""Name of the rule, and the query."""


@cache
def lines(name: str) -> tuple[Line, ...]:
    """The lines of a CSV file of both dictionaries, nDelius's and that of OASys."""
    found: list[Line] = []
    for folder in (DICTIONARY, DICTIONARY / "oasys"):
        if (path := folder / f"{name}.csv").is_file():
            with path.open(encoding="utf-8", newline="") as file:
                found += csv.DictReader(file)
    return tuple(found)


def standing_columns() -> Iterator[Line]:
    """The columns that a target of June 2021 has."""
    later = {(line["table"], line["column"]) for line in lines("later")}
    return (line for line in lines("columns") if (line["table"], line["column"]) not in later)


def mandatory() -> Iterator[Rule]:
    """NOT NULL."""
    for line in standing_columns():
        if line["nullable"] == "N":
            yield named(line, "NOT NULL"), count(line["table"], f"{line['column']} IS NULL")


def lengths() -> Iterator[Rule]:
    """Texts fit, counted in characters."""
    for line in standing_columns():
        if line["type"] in TEXT and line["length"]:
            query = count(line["table"], f"LENGTH({line['column']}) > {line['length']}")
            yield named(line, f"at most {line['length']}"), query


def allowed() -> Iterator[Rule]:
    """A column that lists its values has one of them, or none."""
    for line in kind("one_of"):
        values = ", ".join(f"'{value}'" for value in line["argument"].split())
        broken = f"CAST({line['columns']} AS TEXT) NOT IN ({values})"
        yield f"{line['table']}.{line['columns']} one of", count(line["table"], broken)


def references() -> Iterator[Rule]:
    """Whatever a row refers to is there."""
    keys = {line["table"]: line["columns"].split() for line in kind("primary_key")}
    for line in kind("refers_to"):
        names, parent = line["columns"].split(), line["argument"]
        if parent not in keys or len(names) != len(keys[parent]):
            continue
        same = " AND ".join(
            f"p.{theirs} = c.{ours}" for ours, theirs in zip(names, keys[parent], strict=True)
        )
        filled = " AND ".join(f"c.{name} IS NOT NULL" for name in names)
        query = (
            f"SELECT COUNT(*) FROM {line['table']} c "
            f"WHERE {filled} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {same})"
        )
        yield f"{line['table']} {line['columns']} -> {parent}", query


def keys() -> Iterator[Rule]:
    """Primary and unique keys hold once. A unique key with a blank part is none."""
    for line in (*kind("primary_key"), *kind("unique")):
        names = line["columns"].split()
        filled = " AND ".join(f"{name} IS NOT NULL" for name in names)
        columns = ", ".join(names)
        query = (
            f"SELECT COUNT(*) FROM (SELECT 1 FROM {line['table']} WHERE {filled} "
            f"GROUP BY {columns} HAVING COUNT(*) > 1)"
        )
        yield f"{line['table']} unique {columns}", query


def checks() -> Iterator[Rule]:
    """The other checks: exactly one of two, dates in order, flags that follow a date, copies."""
    for line in kind("exactly_one"):
        one, other = line["columns"].split()
        yield check(line, f"({one} IS NULL) = ({other} IS NULL)")
    for line in kind("not_after"):
        first, second = line["columns"].split()
        yield check(line, f"{first} > {second}")
    for line in kind("zero_when_set"):
        flag, date = line["columns"].split()
        yield check(line, f"({flag} = 0) <> ({date} IS NOT NULL)")
    for line in kind("repeats"):
        copy, one, other = line["columns"].split()
        yield check(line, f"{copy} <> COALESCE({one}, {other})")
    for line in kind("above_zero"):
        yield check(line, f"{line['columns']} <= 0")


def check(line: Line, broken: str) -> Rule:
    """A check and the rows that break it."""
    return f"{line['table']}.{line['name']}", count(line["table"], broken)


def kind(name: str) -> list[Line]:
    """The constraints of one kind."""
    return [line for line in lines("constraints") if line["kind"] == name]


def named(line: Line, rule: str) -> str:
    """A column's rule by name."""
    return f"{line['table']}.{line['column']} {rule}"


def count(table: str, broken: str) -> str:
    """The query that counts broken rows."""
    return f"SELECT COUNT(*) FROM {table} WHERE {broken}"
