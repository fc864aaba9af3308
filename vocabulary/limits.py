"""How large a file from outside may be: extractors/limits.toml, with what day1.toml sets anew."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vocabulary.resources import resource

Bounds = Mapping[str, int]
"""Word of a bound to what may be at most."""


@dataclass(frozen=True)
class Limits:
    """Bounds by kind of file: a container (vocabulary/dialects.csv), `manifest`, `decisions`."""

    by_kind: Mapping[str, Bounds]

    def of(self, kind: str) -> Bounds:
        """The bounds of one kind."""
        return self.by_kind[kind]

    def overridden(self, given: Mapping[str, Mapping[str, int]]) -> "Limits":
        """The same with the bounds of `given` in their place."""
        return Limits({kind: {**bounds, **given.get(kind, {})} for kind, bounds in self.by_kind.items()})


@cache
def default_limits() -> Limits:
    """The bounds of extractors/limits.toml."""
    return Limits(tomllib.loads(resource("extractors", "limits.toml").read_text("utf-8")))


def unknown_bound(kind: str, bounds: Any) -> str | None:
    """What of `bounds` is not as it must be, in words; None where all is."""
    known = default_limits().by_kind
    if kind not in known:
        return f"{kind} is no kind of file. It takes {', '.join(known)}"
    if not isinstance(bounds, dict):
        return f"{kind} is no table. Write [limits.{kind}], and a line for each bound below it"
    for word, value in bounds.items():
        if word not in known[kind]:
            return f"{word} is unknown under {kind}. It takes {', '.join(known[kind])}"
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            return f"{word} under {kind} is {value!r}. Give a whole number above 0"
    return None
