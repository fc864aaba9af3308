"""Case reference numbers for persons that nDelius does not know yet."""

import polars as pl
import sqlalchemy as sa

from target.bulk import read
from vocabulary.errors import TargetError

_FORM = r"^[A-Z]\d{6}$"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PER_LETTER = 1_000_000
_FIRST = "X000999"
"""The number before the first one of an empty target: the sequence starts at 1000 (target.md, section 3)."""


def next_crns(connection: sa.Connection, given: pl.Series) -> pl.Series:
    """`given` with each blank replaced by the next number above the highest in the target.

    Raises:
        TargetError: there are no numbers left above the highest.
    """
    missing = given.is_null()
    count = int(missing.sum())
    if not count:
        return given
    start = _position(_highest(connection)) + 1
    if start + count > len(_LETTERS) * _PER_LETTER:
        raise TargetError(
            f"No {count} CRNs are left above the highest in OFFENDER. Check the baseline's CRNs."
        )
    numbers = start + missing.cum_sum().cast(pl.Int64) - 1
    made = pl.Series([_crn(number) for number in numbers], dtype=pl.String)
    return given.cast(pl.String).zip_with(~missing, made)


def _highest(connection: sa.Connection) -> str:
    crns = read(connection, "OFFENDER", ["CRN"])["CRN"]
    highest = crns.filter(crns.str.contains(_FORM)).max()
    return str(highest) if highest is not None else _FIRST


def _position(crn: str) -> int:
    return _LETTERS.index(crn[0]) * _PER_LETTER + int(crn[1:])


def _crn(number: int) -> str:
    letter, digits = divmod(number, _PER_LETTER)
    return f"{_LETTERS[letter]}{digits:06d}"
