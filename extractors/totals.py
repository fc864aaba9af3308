"""Control totals: what <export>/totals.csv says is added up, over rows that split as they should (F05).

totals.csv: the name, the part, how a row's amount is read (extractors/amounts.py), the words that hold
it, a word that must equal one of some values, and whether the amount is added or taken away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import polars as pl

from extractors.amounts import AMOUNTS
from extractors.readers.source import Chunk, Source
from vocabulary.resources import resource, text_table

TOTALS = "totals.csv"


@dataclass(frozen=True)
class TotalRule:
    """One row of totals.csv. A total with two rules is the sum of both."""

    name: str
    part: str
    how: str
    words: tuple[str, ...]
    where: str | None
    equals: tuple[str, ...]
    sign: int

    def amount(self, chunk: Chunk, source: Source) -> Decimal:
        """What the chunk adds. Few values are different, so each is read once."""
        frame = chunk.frame.filter(chunk.is_split)
        if self.where:
            frame = frame.filter(_trimmed(self.where).is_in(self.equals))
        if not self.words:
            return Decimal(self.sign * frame.height)
        counted = frame.select(_trimmed(word) for word in self.words).group_by(pl.all()).len()
        read = AMOUNTS[self.how]
        return Decimal(
            sum(read(values, source.dialect) * count * self.sign for *values, count in counted.iter_rows())
        )


@dataclass
class Totals:
    """The totals of one file, added up chunk by chunk. Only those of the parts the file holds."""

    source: Source
    found: dict[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = {rule.name: Decimal(0) for rule in self.rules(part.name for part in self.source.parts)}

    def rules(self, parts: Iterable[str]) -> list[TotalRule]:
        """The rules that look at one of `parts`."""
        wanted = set(parts)
        return [rule for rule in total_rules(self.source.export) if rule.part in wanted]

    def add(self, chunk: Chunk) -> None:
        """Adds the rows of `chunk`."""
        for rule in self.rules([chunk.part.name]):
            self.found[rule.name] += rule.amount(chunk, self.source)


@cache
def total_rules(export: str) -> tuple[TotalRule, ...]:
    """The rules of `export`; none where its folder has no totals.csv: rows alone are counted."""
    if not resource("extractors", export, TOTALS).is_file():
        return ()
    return tuple(
        TotalRule(
            name=row["total"],
            part=row["part"],
            how=row["how"],
            words=tuple((row["word"] or "").split(";")) if row["word"] else (),
            where=row["where"],
            equals=tuple((row["equals"] or "").split(";")),
            sign=-1 if row["sign"] == "-" else 1,
        )
        for row in text_table("extractors", export, TOTALS).iter_rows(named=True)
    )


def _trimmed(word: str) -> pl.Expr:
    return pl.col(word).fill_null("").str.strip_chars()
