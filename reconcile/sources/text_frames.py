"""The text of one export, read when somebody asks for it: contacts are more than all else together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

PASSING = ("contact",)
"""Entities of which nothing is kept: whoever asks says what of them is needed (`scan_of`)."""


@dataclass(frozen=True)
class TextFrames(Mapping[str, pl.DataFrame]):
    """Entity to its rows. `scans`: the same, not yet read; `kept`: what was read, of PASSING nothing."""

    scans: Mapping[str, pl.LazyFrame]
    kept: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __getitem__(self, entity: str) -> pl.DataFrame:
        """Every row and column of `entity`."""
        if entity in self.kept:
            return self.kept[entity]
        rows = self.scans[entity].collect()
        if entity not in PASSING:
            self.kept[entity] = rows
        return rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.scans)

    def __len__(self) -> int:
        return len(self.scans)

    def whole(self) -> dict[str, pl.DataFrame]:
        """Everything in memory, for who asks again and again."""
        return {entity: self[entity] for entity in self}


def scan_of(frames: Mapping[str, pl.DataFrame], entity: str) -> pl.LazyFrame:
    """The rows of `entity`, of which only what is asked for is read where nothing of it is kept."""
    if isinstance(frames, TextFrames) and entity in PASSING:
        return frames.scans[entity]
    return frames[entity].lazy()
