"""Functions that run because they are defined: found with their modules, and given what they name.

`@judges` (validators.registry), `@writes` and its like (mappings.registry) and `@makes_lists`
(lists.registry) stand on it. No list names such a function; its parameters say what it needs.
"""

import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from vocabulary.companies import EXPORTS
from vocabulary.source import source_words

Function = Callable[..., Any]


def import_modules(room: ModuleType) -> None:
    """Import every module below the package `room`: what is defined there is registered from then on."""
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        import_module(module.name)


def name_of(function: Function) -> str:
    """Where the function stands: module and function."""
    return f"{function.__module__}.{function.__qualname__}"


def needs(function: Function) -> tuple[str, ...]:
    """What the function wants to be given, by name."""
    return tuple(inspect.signature(function).parameters)


def call(function: Function, facts: object, **given: object) -> Any:
    """What `function` comes to: each parameter is the one of `given`, else the attribute of `facts`.

    Raises:
        ValueError: neither has it. A slip of the program: it ends the program, by name.
    """
    known: dict[str, object] = {}
    for need in needs(function):
        if need not in given and not hasattr(type(facts), need) and not hasattr(facts, need):
            raise ValueError(f"{name_of(function)} asks for {need!r}, and {type(facts).__name__} has none.")
        known[need] = given[need] if need in given else getattr(facts, need)
    return function(**known)


def require_export(function: Function, export: str, entity: str | None = None) -> None:
    """The export exists, and has the entity.

    Raises:
        ValueError: it does not. A slip of the program: it ends the program, by name.
    """
    if export not in EXPORTS:
        raise ValueError(f"{name_of(function)} is registered for {export!r}, which is no export.")
    if entity is not None and entity not in source_words(export):
        raise ValueError(
            f"{name_of(function)} is registered for {export}.{entity}, which "
            f"extractors/{export}/fields.csv does not have."
        )
