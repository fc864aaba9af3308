"""Who a delivered row says that it is about, in a form that can be compared (matching.md, Comparing)."""

import hashlib
import unicodedata
from functools import cache
from typing import NamedTuple

import polars as pl

from reconcile.people.numbers import long_pnc, numbers_of, plain_cro, prison_number
from reconcile.sources.reading import read_word
from vocabulary.source import source_words

DAY = len("YYYY-MM-DD")
HASHED = 16
"""Hexadecimal digits of the hash by which decisions/matches.csv names what a row says."""

GIVEN = (
    "crn", "person_ref", "surname", "first_name", "second_name", "date_of_birth", "pnc_number", "noms_number",
    "cro_number",
)  # fmt: skip


class Names(NamedTuple):
    """Names in capitals, without accents, letters only, and the day of birth (YYYY-MM-DD); blank where there
    is none."""

    surname: str
    first_name: str
    second_name: str
    born: str


class Claim(NamedTuple):
    """What one row says of its person; blank where it says nothing."""

    crn: str
    person_ref: str
    names: Names
    pnc: str
    prison: str
    cro: str

    @property
    def numbers(self) -> list[str]:
        """The identifiers behind their kinds (reconcile.people.numbers)."""
        return numbers_of(self.pnc, self.prison, self.cro)

    @property
    def evidence(self) -> str:
        """The hash of everything that is compared: an answer holds for these values and no others."""
        said = (self.crn, self.person_ref, *self.names, self.pnc, self.prison, self.cro)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:HASHED]


def claims_of(rows: pl.DataFrame, export: str, entity: str, company: str) -> list[Claim]:
    """The claim of each of `rows` (text, blank as null), in their order."""
    words = {word.name for word in source_words(export)[entity]}
    given = [
        (read_word(export, entity, name, company) if name in words else pl.lit(None, pl.String)).alias(name)
        for name in GIVEN
    ]
    return [_claim(*line) for line in rows.select(given).fill_null("").iter_rows()]


@cache
def letters(name: str) -> str:
    """A name in capitals, without accents, letters only."""
    plain = unicodedata.normalize("NFKD", name).upper()
    return "".join(sign for sign in plain if unicodedata.category(sign).startswith("L"))


def _claim(
    crn: str, ref: str, surname: str, first: str, second: str, born: str, pnc: str, prison: str, cro: str
) -> Claim:
    names = Names(letters(surname), letters(first), letters(second), born[:DAY])
    return Claim(crn, ref, names, long_pnc(pnc), prison_number(prison), plain_cro(cro))
