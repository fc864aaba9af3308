"""What the people of a workspace decide: `day1.toml`, read once and checked before anything is done."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from mappings.staff.assignment import ASSIGN_MIN
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies
from vocabulary.errors import ConfigError
from vocabulary.fields import all_fields
from vocabulary.limits import Limits, default_limits, unknown_bound
from vocabulary.rules import catalogue

CONFIG = "day1.toml"
WHOLE = 100

NEW_WORKSPACE = "new_workspace.toml"
"""What day1.toml of a new workspace says; what nobody has decided yet is a comment."""

ALL_ROWS = "all"
"""The gate of all rows of a company, whatever their rule and entity."""


@dataclass(frozen=True)
class Night:
    """When the work of the cycle begins, and by when everything must be in its place; None where nobody
    said."""

    starts: dt.datetime | None = None
    ready_by: dt.datetime | None = None


@dataclass(frozen=True)
class Settings:
    """Everything of day1.toml but places.

    `assign_min`: share of working time, in per cent, from which a function decides an assignment. `waves`:
    name to companies. `gates`: rule, entity or ALL_ROWS to the rows that may be set aside. `may_accept`: word
    of a sign-off to the roles that may accept it; what it does not name anybody may. `limits`: how large a
    file from outside may be.
    """

    assign_min: Decimal = ASSIGN_MIN
    waves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gates: Mapping[str, int] = field(default_factory=dict)
    may_accept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    night: Night = Night()
    limits: Limits = field(default_factory=default_limits)


def read_config(root: Path) -> dict[str, Any]:
    """day1.toml of the workspace; nothing where it has none.

    Raises:
        ConfigError: it cannot be read.
    """
    path = root / CONFIG
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} is not readable as TOML ({error}). Mend it, or run `day1 init` elsewhere."
        ) from error


def read_settings(root: Path, config: Mapping[str, Any]) -> Settings:
    """The settings in `config`, the workspace's day1.toml.

    Raises:
        ConfigError: names the table and the word that is not as it must be.
    """
    place = root / CONFIG
    thresholds = _table(place, config, "thresholds", _is_share, "a number above 0, at most 100, in per cent")
    waves = _table(place, config, "waves", _are_companies, "a list of company codes")
    accept = _table(place, config, "accept", _are_words, 'a list of roles, such as ["director"]')
    night = _table(place, config, "night", _is_moment, f"a moment, such as {DAY_1}T06:00:00", NIGHT)
    return Settings(
        assign_min=Decimal(str(thresholds.get("assign_min", ASSIGN_MIN))),
        waves=_lists(waves),
        gates=_gates(place, config),
        may_accept=_lists(accept),
        night=Night(**night),
        limits=_limits(place, config),
    )


def _table(
    place: Path,
    config: Mapping[str, Any],
    name: str,
    is_right: Callable[[Any], bool],
    wanted: str,
    known: tuple[str, ...] | None = None,
) -> dict[str, Any]:
    """The table `name`, each of whose values is right, and whose words are `known` where those are told."""
    given = config.get(name, {})
    if not isinstance(given, dict):
        raise ConfigError(f"{place}: {name} is no table. Write [{name}], and a line for each word below it.")
    for word, value in given.items():
        if known is not None and word not in known:
            raise ConfigError(f"{place}: {word} under [{name}] is unknown. It takes {', '.join(known)}.")
        if not is_right(value):
            raise ConfigError(f"{place}: {word} under [{name}] is {value!r}. Give {wanted}.")
    return given


def _gates(place: Path, config: Mapping[str, Any]) -> dict[str, int]:
    given = _table(place, config, "gates", _is_count, "a whole number of rows, 0 or more")
    known = {ALL_ROWS, *catalogue(), *all_fields()["entity"]}
    for word in given:
        if word not in known:
            raise ConfigError(
                f"{place}: {word} under [gates] is unknown. Give a rule (docs/rules.md), an entity as `day1 "
                f"findings` names it, or {ALL_ROWS}."
            )
    return given


def _limits(place: Path, config: Mapping[str, Any]) -> Limits:
    """How large files may be: those of extractors/limits.toml, with those of [limits.<kind>] in their
    place."""
    given = config.get("limits", {})
    if not isinstance(given, dict):
        raise ConfigError(
            f"{place}: limits is no table. Write [limits.csv], and a line for each bound below it."
        )
    for kind, bounds in given.items():
        if told := unknown_bound(kind, bounds):
            raise ConfigError(f"{place}: [limits]: {told}.")
    return default_limits().overridden(given)


NIGHT = tuple(Night.__dataclass_fields__)


def _lists(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(values) for word, values in table.items()}


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return is_number and 0 < value <= WHOLE


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_companies(value: Any) -> bool:
    return _are_words(value) and bool(value) and all(one in companies() for one in value)


def _is_moment(value: Any) -> bool:
    return isinstance(value, dt.datetime)
