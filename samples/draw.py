"""Seeded draws: invented names, identifiers of valid form, dates. The same seed gives the same answers."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SYLLABLES = (
    "bram", "car", "dor", "elm", "fen", "gal", "hob", "ith", "jas", "kel", "lor", "mun",
    "nes", "oth", "pel", "quin", "ros", "sel", "tam", "und", "ver", "wick", "yar", "zan",
)  # fmt: skip
ACCENTS = {7: "é", 13: "ü", 19: "ó"}
"""Every so many-th surname carries a letter beyond ASCII, which both CP1252 and UTF-8 can write."""
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""Check letter of PNC and CRO numbers: (two-digit year and serial number) modulo 23."""
FIRST_ID = 2_500_000_000


class Draw:
    """Draws of one run. Names, identifiers and keys are given once each."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # nosec B311 # draws invented people
        self._count: Counter[str] = Counter()

    def next(self, series: str) -> int:
        """1, 2, 3 ... within `series`."""
        self._count[series] += 1
        return self._count[series]

    def key(self, table: str) -> int:
        """The next nDelius key of `table`. Keys of two tables overlap but differ: a wrong join shows."""
        return FIRST_ID + 7 * (sum(map(ord, table)) % 89) + self.next(table)

    def keys(self, table: str, count: int) -> int:
        """The first of the next `count` nDelius keys of `table`."""
        first = self.key(table)
        self._count[table] += count - 1
        return first

    def weight(self, spread: float) -> float:
        """A share before it is divided by the sum of all: log-normal, so that a few are very large."""
        return self._random.lognormvariate(0, spread)

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`."""
        return choices[self._random.randrange(len(choices))]

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return self._random.random() < share

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A date from `first` to `last`, both included."""
        return first + dt.timedelta(days=self.number(0, (last - first).days))

    def surname(self) -> str:
        """A surname nobody else of the run has, visibly invented."""
        number = self.next("surname")
        size = len(SYLLABLES)
        name = "".join(SYLLABLES[(number // size**place) % size] for place in range(3))
        rest = number // size**3
        tail = SYLLABLES[rest % size] if rest else ""
        accent = next((letter for every, letter in ACCENTS.items() if number % every == 0), "")
        return f"Zz{name}{tail}{accent}"

    def first_name(self) -> str:
        """A first name, visibly invented."""
        return f"Qx{self.pick(SYLLABLES)}{self.pick('aeiou')}"

    def pnc(self) -> str:
        """A PNC number in the long form with the right check letter."""
        year, serial = self.number(1995, 2019), 600_000 + self.next("pnc")
        return f"{year}/{serial:07d}{CHECK_LETTERS[(year % 100 * 10_000_000 + serial) % 23]}"

    def cro(self) -> str:
        """A CRO number of the usual form."""
        year, serial = self.number(1, 19), 200_000 + self.next("cro")
        return f"{serial:06d}/{year:02d}{CHECK_LETTERS[(year * 1_000_000 + serial) % 23]}"

    def noms(self) -> str:
        """A prison number A9999AA that nobody else of the run has."""
        number = self.next("noms")
        letters = "ABCDEFGHJK"
        return f"{letters[number // 100_000 % 10]}{number % 10_000:04d}Z{letters[number // 10_000 % 10]}"

    def crn(self) -> str:
        """A CRN: X and six digits."""
        return f"X{500_000 + self.next('crn'):06d}"

    def national_insurance(self) -> str:
        """A National Insurance number of valid form with a prefix that is never issued."""
        return f"ZZ{100_000 + self.next('ni'):06d}{self.pick('ABCD')}"
