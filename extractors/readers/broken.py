"""What the broken rows of a chunk may hold: how many rows of the sender, and which amounts.

A line that does not split is nobody's row: it may be half of one, two run together, or words of a program. A
count and a control total are held against what such lines can explain (extractors/account.py).
"""

from dataclasses import dataclass

import polars as pl

HOLDS = "_holds"
"""Column a reader may set: how many rows of the sender a line that does not split holds at most; else 1."""

MOST_TOLD = 5
"""Rows that a message names; the findings name all."""

MOST_KEPT = 200
"""Broken lines whose fields are kept: more of them are no slip, and are not looked into."""

Fields = tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    """Of one chunk: `lines` that did not split, which hold `most` rows; `aside` counts those and all others
    that are set
    aside (T01, T02), of which `first` are named. `fields` of the lines, as far as they were kept."""

    lines: int = 0
    most: int = 0
    aside: int = 0
    first: tuple[str, ...] = ()
    fields: tuple[Fields, ...] = ()

    def __add__(self, other: "Broken") -> "Broken":
        return Broken(
            self.lines + other.lines,
            self.most + other.most,
            self.aside + other.aside,
            (*self.first, *other.first)[:MOST_TOLD],
            (*self.fields, *other.fields)[:MOST_KEPT],
        )

    @property
    def told(self) -> str:
        """The rows in words."""
        more = self.aside - len(self.first)
        return f"{'row' if self.aside == 1 else 'rows'} {', '.join(self.first)}" + (
            f" and {more} more" if more > 0 else ""
        )


NOTHING_BROKEN = Broken()


def broken_of(
    rows: pl.DataFrame, is_ragged: pl.Series, is_aside: pl.Series, fields: tuple[Fields, ...]
) -> Broken:
    """What of `rows` is broken. `fields`: of the ragged ones, where the reader kept them."""
    if not is_aside.any():
        return NOTHING_BROKEN
    lines = int(is_ragged.sum())
    holds = int(rows.filter(is_ragged)[HOLDS].sum()) if HOLDS in rows.columns else lines
    first = rows.filter(is_aside)["source_row"].head(MOST_TOLD).cast(pl.String).to_list()
    return Broken(lines, holds, int(is_aside.sum()), tuple(first), fields[:MOST_KEPT])
