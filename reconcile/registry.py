"""The rows that an export must have become, and where its own rows are, are registered by being defined.

A function anywhere in `reconcile/expected/` under `@expects` or `@places` is found with its module. Its
parameters name what it needs: a fact of reconcile.expected.facts. An entity that no function speaks for must
stand as it was delivered (reconcile.expected.delivered); one that no function places is always where
destinations.csv says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import polars as pl

import reconcile.expected as home
from reconcile.expected.delivered import expected_as_delivered
from reconcile.proofs.destinations import ALWAYS, destinations
from reconcile.proofs.fields import Expected
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records
from vocabulary.companies import EXPORTS
from vocabulary.declared import call, import_modules, name_of, require_export
from vocabulary.source import source_words

Expecting = TypeVar("Expecting", bound=Callable[..., list[Expected]])
Placing = TypeVar("Placing", bound=Callable[..., pl.DataFrame])


@dataclass(frozen=True)
class Expectation:
    """A function that says what rows of the entities of an export became."""

    function: Callable[..., list[Expected]]
    export: str
    entities: tuple[str, ...]


@dataclass(frozen=True)
class Placement:
    """A function that tells which line of destinations.csv fits each row of one entity."""

    function: Callable[..., pl.DataFrame]
    export: str
    entity: str


_defined: list[Expectation] = []
_placing: list[Placement] = []


def expects(export: str, *, entities: str) -> Callable[[Expecting], Expecting]:
    """Register what the carried rows of `entities`, blanks between, must have become."""

    def register(function: Expecting) -> Expecting:
        _defined.append(Expectation(function, export, tuple(entities.split())))
        return function

    return register


def places(export: str, *, entities: str) -> Callable[[Placing], Placing]:
    """Register who tells which line of destinations.csv fits each carried row of `entities`, blanks between.

    The function may ask for `rows`, those carried, and `entity`. It gives rows with PLACE, `when` (null where
    no line fits) and `there` (key of the row of nDelius that it is, null where it is none).
    """

    def register(function: Placing) -> Placing:
        _placing.extend(Placement(function, export, entity) for entity in entities.split())
        return function

    return register


@cache
def placements() -> dict[tuple[str, str], Placement]:
    """Export and entity to who places its rows.

    Raises:
        ValueError: two functions place an entity, or destinations.csv has conditions that no function tells
            apart, or none for one that does. It ends the program, by name.
    """
    import_modules(home)
    found: dict[tuple[str, str], Placement] = {}
    for each in _placing:
        require_export(each.function, each.export, each.entity)
        if (each.export, each.entity) in found:
            raise ValueError(f"{name_of(each.function)} places {each.export}.{each.entity} a second time.")
        found[each.export, each.entity] = each
    for export in EXPORTS:
        for entity in source_words(export):
            _require_agreement(export, entity, found.get((export, entity)))
    return found


def _require_agreement(export: str, entity: str, placed: Placement | None) -> None:
    """destinations.csv has conditions of an entity just where a function tells them apart."""
    has_conditions = set(destinations(export, entity)) != {ALWAYS}
    if has_conditions and placed is None:
        raise ValueError(
            f"reconcile/destinations.csv has conditions for {export}.{entity}, and no function under @places "
            "in reconcile/expected/ tells them apart."
        )
    if placed is not None and not has_conditions:
        raise ValueError(
            f"{name_of(placed.function)} places {export}.{entity}, which reconcile/destinations.csv has only "
            "one line for."
        )


@cache
def expectations() -> tuple[Expectation, ...]:
    """Every function, by export.

    Raises:
        ValueError: one is registered for an export or entity that there is not. It ends the program, by name.
    """
    import_modules(home)
    for each in _defined:
        for entity in each.entities:
            require_export(each.function, each.export, entity)
    return tuple(sorted(_defined, key=lambda each: (EXPORTS.index(each.export), each.function.__module__)))


def expected_of_exports(facts: object, evidence: Evidence, records: Records | None) -> list[Expected]:
    """The rows that each delivered export must have become; `facts` has what the functions need."""
    found: list[Expected] = []
    for each in expectations():
        if evidence.delivery.has(each.export):
            found += call(each.function, facts)
    for export in evidence.delivery.frames:
        spoken_for = {entity for each in expectations() if each.export == export for entity in each.entities}
        for entity in source_words(export):
            if entity not in spoken_for:
                found += expected_as_delivered(export, entity, evidence, records)
    return found
