"""The rows that an export must have become are registered by being defined.

A function anywhere in `reconcile/expected/` under `@expects` is found with its module. Its parameters name
what it needs: a fact of reconcile.expected.facts. An entity that no function speaks for must stand as it was
delivered (reconcile.expected.delivered).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import reconcile.expected as home
from reconcile.expected.delivered import expected_as_delivered
from reconcile.proofs.fields import Expected
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records
from vocabulary.companies import EXPORTS
from vocabulary.declared import call, import_modules, require_export
from vocabulary.source import source_words

Expecting = TypeVar("Expecting", bound=Callable[..., list[Expected]])


@dataclass(frozen=True)
class Expectation:
    """A function that says what rows of the entities of an export became."""

    function: Callable[..., list[Expected]]
    export: str
    entities: tuple[str, ...]


_defined: list[Expectation] = []


def expects(export: str, *, entities: str) -> Callable[[Expecting], Expecting]:
    """Register what the carried rows of `entities`, blanks between, must have become."""

    def register(function: Expecting) -> Expecting:
        _defined.append(Expectation(function, export, tuple(entities.split())))
        return function

    return register


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
