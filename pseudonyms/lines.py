"""One line of fields: each field by the treatment of its column, and what is known of a broken line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pseudonyms.columns import KEEP, TEXT, Treatment, Treatments

LONGEST_KEY = 18
SHORTEST_KEY = 7
"""Digits of a key of nDelius: what looks like one is one, wherever it stands in a broken line."""

WORD = re.compile(r"[^\W\d_]{4}|[a-z]")
"""What may be a word: in a broken line it may have come from anywhere."""


@dataclass(frozen=True)
class Columns:
    """The columns of a file in their order: the name of the treatment of each."""

    treatments: Treatments
    names: tuple[str, ...]

    def treat(self, fields: Sequence[str]) -> list[str]:
        """The pseudonyms of the fields of one line.

        Of a line with more or fewer fields than the header nobody knows which field belongs to which column.
        Where all columns that a field may belong to are treated alike, so is it, unless it is a word where
        none belongs; else it is text.
        """
        if len(fields) == len(self.names):
            treats = self._treats
        else:
            treats = tuple(self._broken(fields, place) for place in range(len(fields)))
        return [treat(field) if field else field for treat, field in zip(treats, fields, strict=True)]

    @cached_property
    def _treats(self) -> tuple[Treatment, ...]:
        return tuple(self.treatments.named(name) for name in self.names)

    def _broken(self, fields: Sequence[str], place: int) -> Treatment:
        apart = len(fields) - len(self.names)
        first, last = (place - apart, place) if apart > 0 else (place, place - apart)
        possible = {*self.names[max(first, 0) : last + 1]}
        plain = fields[place].strip()
        is_key = plain.isdecimal() and SHORTEST_KEY <= len(plain) <= LONGEST_KEY
        if is_key and "row_key" in possible:
            return self.treatments.named("row_key")
        if len(possible) == 1 and not ({KEEP} == possible and WORD.search(plain)):
            return self.treatments.named(*possible)
        return self.treatments.named(TEXT)
