"""What an export writes, changes and takes out of Day 1 is registered by being defined.

A function anywhere in `mappings/` under `@writes`, `@changes`, `@finds` or `@out_of_scope` is found with its
module: no list can leave it out. Its parameters name what it needs: `batch`, `baseline`, or another fact of
the case (mappings.case.context).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import polars as pl

import mappings as home
from target.plan import Change
from vocabulary.companies import EXPORTS
from vocabulary.declared import call, import_modules, name_of, require_export
from vocabulary.resources import resource
from vocabulary.rules import catalogue

Inserts = dict[str, pl.DataFrame]
"""Table to its new rows, in the words of target/records/<TABLE>.csv."""

WRITTEN_FIRST = ("upw", "spg")
"""Exports whose rows stand before those of the others: the target gives its ids in the order of the plan."""

Writing = TypeVar("Writing", bound=Callable[..., pl.DataFrame | Inserts])
Changing = TypeVar("Changing", bound=Callable[..., list[Change]])
Finding = TypeVar("Finding", bound=Callable[..., pl.DataFrame])


@dataclass(frozen=True)
class ScopeRule:
    """`rule` speaks of the rows where `where` is true; blank where the page has no rule for it.

    `leaves`: such a row is not in scope. Otherwise the finding alone tells of it.
    """

    rule: str
    where: pl.Expr
    leaves: bool = True


Scope = TypeVar("Scope", bound=Callable[[], Sequence[ScopeRule]])


@dataclass(frozen=True)
class Declared:
    """A function of mappings: its export and, by what it does, tables, rules or the entity it speaks of."""

    function: Callable[..., object]
    does: str
    export: str
    about: tuple[str, ...]


_defined: list[Declared] = []


def writes(export: str, *, tables: str) -> Callable[[Writing], Writing]:
    """Register what Day 1 adds for the carried rows of `export`: new rows of `tables`, blanks between.

    A function of one table gives its rows, one of several a dict of table to rows.
    """

    def register(function: Writing) -> Writing:
        _defined.append(Declared(function, "writes", export, tuple(tables.split())))
        return function

    return register


def changes(export: str, *, tables: str) -> Callable[[Changing], Changing]:
    """Register what Day 1 changes in rows of nDelius for what `export` says, as target.plan.Change."""

    def register(function: Changing) -> Changing:
        _defined.append(Declared(function, "changes", export, tuple(tables.split())))
        return function

    return register


def finds(export: str, *, rules: str) -> Callable[[Finding], Finding]:
    """Register findings on rows of `export` that only planning can make; ids of rules.csv, blanks between."""

    def register(function: Finding) -> Finding:
        _defined.append(Declared(function, "finds", export, tuple(rules.split())))
        return function

    return register


def out_of_scope(export: str, entity: str) -> Callable[[Scope], Scope]:
    """Register what rows of the entity say about their own future: a draft, or something that has ended."""

    def register(function: Scope) -> Scope:
        _defined.append(Declared(function, "out_of_scope", export, (entity,)))
        return function

    return register


@cache
def declared(does: str) -> tuple[Declared, ...]:
    """Every function that `does` it: by export, then by module, within a module as the functions stand.

    Raises:
        ValueError: one is registered for what there is not. It ends the program, by name.
    """
    import_modules(home)
    for each in _defined:
        _require(each)
    return tuple(sorted((each for each in _defined if each.does == does), key=_place))


def write_exports(case: object, delivered: Callable[[str], bool]) -> list[Inserts]:
    """The new rows of every export that is `delivered`; `case` has the facts that the functions need.

    Raises:
        ValueError: a function gives rows of a table that it does not declare.
    """
    found: list[Inserts] = []
    for each in declared("writes"):
        if delivered(each.export):
            rows = call(each.function, case)
            inserts: Inserts = rows if isinstance(rows, dict) else {each.about[0]: rows}
            if not {*inserts} <= {*each.about}:
                raise ValueError(f"{name_of(each.function)} writes {[*inserts]} and declares {each.about}.")
            found.append(inserts)
    return found


def change_for_exports(case: object, delivered: Callable[[str], bool]) -> list[Change]:
    """The changes that every delivered export asks for."""
    asked = [call(each.function, case) for each in declared("changes") if delivered(each.export)]
    return [change for changed in asked for change in changed]


def find_in_exports(case: object, delivered: Callable[[str], bool]) -> list[pl.DataFrame]:
    """The findings of planning on rows of every delivered export."""
    return [call(each.function, case) for each in declared("finds") if delivered(each.export)]


@cache
def scope_rules(export: str, entity: str) -> tuple[ScopeRule, ...]:
    """What rows of the entity say about their own future; empty where they say nothing."""
    return tuple(
        rule
        for each in declared("out_of_scope")
        if (each.export, each.about) == (export, (entity,))
        for rule in call(each.function, None)
    )


def _require(each: Declared) -> None:
    if each.does == "out_of_scope":
        require_export(each.function, each.export, each.about[0])
        return
    require_export(each.function, each.export)
    if each.does == "finds":
        unknown, where = {*each.about} - {*catalogue()}, "vocabulary/rules.csv"
    else:
        files = {table: resource("target", "records", f"{table}.csv") for table in each.about}
        unknown, where = {table for table, file in files.items() if not file.is_file()}, "target/records"
    if unknown or not each.about:
        named = ", ".join(sorted(unknown)) or "nothing"
        raise ValueError(f"{name_of(each.function)} {each.does} {named}, which {where} does not have.")


def _place(each: Declared) -> tuple[int, int, str]:
    """Not the order of imports, which tests and commands change."""
    first = WRITTEN_FIRST.index(each.export) if each.export in WRITTEN_FIRST else len(WRITTEN_FIRST)
    return first, EXPORTS.index(each.export), each.function.__module__
