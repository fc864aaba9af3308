"""Rules are registered by being defined: whoever judges an export runs every rule function that names it.

A function of `validators/rules/` under `@judges` is found with its module: no list can leave it out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import polars as pl

from validators import rules as home
from vocabulary.declared import call, import_modules, name_of, needs
from vocabulary.rules import catalogue

ASIDE, WARNING = "set_aside", "warning"
"""Severities of the rules that are functions. Those that set aside run before outcomes are settled."""

TOLD_FIRST = ("sentences", "components", "unpaid_work", "lengths")
"""Modules whose findings are told before those of the others, which follow by name. It leaves nothing out."""

Function = TypeVar("Function", bound=Callable[..., list[pl.DataFrame]])


@dataclass(frozen=True)
class RuleFunction:
    """A function of validators.rules: the exports it judges, the rules it may raise, and their severity."""

    function: Callable[..., list[pl.DataFrame]]
    exports: tuple[str, ...]
    rules: tuple[str, ...]
    severity: str

    @property
    def name(self) -> str:
        """Where it stands: module and function."""
        return name_of(self.function)

    @property
    def needs(self) -> tuple[str, ...]:
        """What it wants to be given: `export`, and facts by name."""
        return needs(self.function)


_defined: list[RuleFunction] = []


def judges(*exports: str, rules: str) -> Callable[[Function], Function]:
    """Register a function as judging `exports` by `rules`, ids of rules.csv with blanks between.

    Its parameters name what it needs: `export`, `batch`, and what else the pipeline knows
    (mappings.case.context).
    Stands twice above a function that raises other rules of another export.
    """

    def register(function: Function) -> Function:
        ids = tuple(rules.split())
        _defined.append(RuleFunction(function, exports, ids, _severity(function, ids)))
        return function

    return register


@cache
def rule_functions() -> tuple[RuleFunction, ...]:
    """Every rule function there is, in the order in which their findings are told."""
    import_modules(home)
    return tuple(sorted(_defined, key=_place))


def judge(export: str, severity: str, facts: object) -> list[pl.DataFrame]:
    """The findings of all rule functions of `export` with this severity; `facts` has what they need."""
    found: list[pl.DataFrame] = []
    for each in rule_functions():
        if export in each.exports and each.severity == severity:
            found += call(each.function, facts, export=export)
    return found


def _severity(function: Function, ids: tuple[str, ...]) -> str:
    """The one severity of `ids`. A slip of the program: it ends the program, by name."""
    named = name_of(function)
    unknown = [rule for rule in ids if rule not in catalogue()]
    if unknown or not ids:
        raise ValueError(f"{named} has rules that are not in vocabulary/rules.csv: {unknown}")
    severities = {catalogue()[rule].severity for rule in ids}
    if len(severities) > 1 or not severities <= {ASIDE, WARNING}:
        raise ValueError(
            f"{named} mixes rules of {sorted(severities)}: one function for each of {ASIDE}, {WARNING}"
        )
    return severities.pop()


def _place(each: RuleFunction) -> tuple[int, str]:
    """Not the order of imports, which tests and commands change; within a module as the functions stand."""
    module = each.function.__module__.rpartition(".")[2]
    return (TOLD_FIRST.index(module) if module in TOLD_FIRST else len(TOLD_FIRST), module)
