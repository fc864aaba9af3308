"""Control totals: what <export>/totals.csv says is added up, over rows that split as they should (F05).

totals.csv: the name, the part, how a row's amount is read (extractors/amounts.py), the words that hold
it, a word that must equal one of some values, and whether the amount is added or taken away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import polars as pl

from extractors.amounts import AMOUNTS, is_unread
from extractors.readers.broken import NOTHING_BROKEN, Broken
from extractors.readers.source import Chunk, Source
from vocabulary.resources import resource, text_table

TOTALS = "totals.csv"

MOST_SUMS = 2_000
"""Sums of amounts that are tried at most: where more are possible, adding up proves nothing."""


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

    def amount(self, chunk: Chunk, source: Source) -> tuple[Decimal, Decimal, int]:
        """What the chunk adds, the largest amount of one row, and in how many rows none can be read. Few
        values are different: each is read once."""
        frame = chunk.frame.filter(chunk.is_split)
        if self.where:
            frame = frame.filter(_trimmed(self.where).is_in(self.equals))
        if not self.words:
            return Decimal(self.sign * frame.height), Decimal(1), 0
        counted = frame.select(_trimmed(word) for word in self.words).group_by(pl.all()).len()
        read = [(self.read(values, source), values, count) for *values, count in counted.iter_rows()]
        added = Decimal(sum(amount * count * self.sign for amount, _, count in read))
        unread = sum(count for amount, values, count in read if not amount and is_unread(self.how, values[0]))
        return added, max((abs(amount) for amount, *_ in read), default=Decimal(0)), unread

    def read(self, values: Sequence[str], source: Source) -> Decimal:
        """The amount of a row with these values, in the order of the words."""
        return AMOUNTS[self.how](values, source.dialect)


@dataclass
class Totals:
    """The totals of one file, added up chunk by chunk. Only those of the parts the file holds.

    `most`: the largest amount of one row. `unread`: rows with a value that is no amount. `broken`: the rows
    that are set aside.
    """

    source: Source
    found: dict[str, Decimal] = field(default_factory=dict)
    most: dict[str, Decimal] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    broken: Broken = NOTHING_BROKEN

    def __post_init__(self) -> None:
        self.most = {rule.name: Decimal(0) for rule in self.rules(part.name for part in self.source.parts)}
        self.found = {rule.name: Decimal(0) for rule in self.rules(part.name for part in self.source.parts)}

    def rules(self, parts: Iterable[str]) -> list[TotalRule]:
        """The rules that look at one of `parts`."""
        wanted = set(parts)
        return [rule for rule in total_rules(self.source.export) if rule.part in wanted]

    def add(self, chunk: Chunk) -> None:
        """Adds the rows of `chunk`."""
        self.broken += chunk.broken
        for rule in self.rules([chunk.part.name]):
            added, most, unread = rule.amount(chunk, self.source)
            self.unread[rule.name] = self.unread.get(rule.name, 0) + unread
            self.found[rule.name] += added
            self.most[rule.name] = max(self.most[rule.name], most)

    def is_explained(self, name: str, missing: Decimal) -> bool:
        """Can the rows that are set aside, or whose amount is none, make up for `missing`? Either each holds
        no more than the largest row that was read, or what stands in the broken lines adds up to it."""
        rows = self.broken.aside + self.broken.most - self.broken.lines + self.unread.get(name, 0)
        if not rows:
            return False
        return abs(missing) <= rows * self.most[name] or self._adds_up(name, missing)

    def _adds_up(self, name: str, missing: Decimal) -> bool:
        rules = [
            rule for rule in total_rules(self.source.export) if rule.name == name and len(rule.words) == 1
        ]
        sums = {Decimal(0)}
        for fields in self.broken.fields:
            amounts = {rule.read([text.strip()], self.source) for rule in rules for text in fields}
            sums |= {one + amount for one in sums for amount in amounts if one + amount <= missing}
            if len(sums) > MOST_SUMS:
                return False
        return missing in sums


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
