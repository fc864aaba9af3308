"""What a reader takes and gives: a file with its layout and dialect, and text frames in bounded pieces."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.broken import NOTHING_BROKEN, Broken
from vocabulary.dialects import Dialect
from vocabulary.limits import Limits, default_limits

CHANGE = "change"
"""First column of a delta: A added, C changed, D deleted (exports/README)."""

ROWS_AT_A_TIME = 50_000
"""Records held as Python objects before they become a frame; bounds the memory of a reader."""


@dataclass(frozen=True)
class Source:
    """A delivered file and all that is needed to read it."""

    path: Path
    company: str
    export: str
    parts: tuple[Part, ...]
    dialect: Dialect
    is_delta: bool = False
    limits: Limits = field(default_factory=default_limits)

    def headers(self, part: Part) -> dict[str, str]:
        """Header to word, with the `change` of a delta in front."""
        return {CHANGE: CHANGE, **part.headers} if self.is_delta else part.headers

    def words(self, part: Part) -> tuple[str, ...]:
        """The words of a text frame: those with a header, then those that a later version added."""
        return (*dict.fromkeys(self.headers(part).values()), *part.later)

    def problem(self, rule: str, message: str) -> Problem:
        """A problem of this file; the message begins with its name."""
        return Problem(rule, f"{self.path.name}: {message}", self.path.name, self.export)


@dataclass(frozen=True)
class Chunk:
    """Rows of one part: the text frame of the contract, and how to `look` for what is wrong with it.

    `is_split` is true for rows that split into their fields: those count in control totals, also where
    something else makes them T01. `broken`: what the others may hold.
    """

    part: Part
    frame: pl.DataFrame
    look: Callable[[], pl.DataFrame]
    is_split: pl.Series
    broken: Broken = NOTHING_BROKEN

    @cached_property
    def findings(self) -> pl.DataFrame:
        """T01, T02, T03 and T09 on the rows. Who only counts them does not look through every text."""
        return self.look()


Reader = Callable[[Source], Iterator[Chunk | Problem]]
"""Reads a file piece by piece. A problem takes the place of rows that cannot be read."""
