"""What the dictionary demands of each word of new rows: schemas and quick look are made of it."""

from dataclasses import dataclass
from functools import cache

import polars as pl

from target.schema.record import Fill, record
from target.schema.shape import Column, columns, constraints

BOOKKEEPING = ("natural_key", "export", "source_file", "source_row")
"""Columns that every frame of new rows has beside the record's words."""

_SELF_FILLING = frozenset({"key", "constant", "audit", "agency", "agency_flag", "either", "crn"})
"""Fills that have a value even where the word is blank."""


@dataclass(frozen=True)
class Demand:
    """What a word must satisfy. `length`: characters at most; `allowed`: the values there are, or any."""

    kind: pl.DataType
    is_mandatory: bool
    is_unique: bool = False
    length: int | None = None
    allowed: tuple[str | float, ...] | None = None
    is_above_zero: bool = False

    def broken(self, word: str) -> pl.Expr:
        """True when some row of the column `word`, which is of `kind`, is not as demanded."""
        value = pl.col(word)
        doubts = []
        if self.is_mandatory:
            doubts.append(value.is_null())
            if self.kind.is_float():
                doubts.append(value.is_nan())
        if self.is_unique:
            doubts.append(value.is_duplicated())
        if self.length is not None:
            doubts.append(value.str.len_chars() > self.length)
        if self.allowed is not None:
            doubts.append(~value.is_in(list(self.allowed)))
        if self.is_above_zero:
            doubts.append(value <= 0)
        return pl.any_horizontal(pl.lit(False), *doubts).fill_null(False).any().alias(word)


@cache
def demands(table: str, words: tuple[str, ...]) -> dict[str, Demand]:
    """The demands on new rows of `table` that have `words`, those on words that must be there included."""
    found = {name: Demand(pl.String(), True, is_unique=name == "natural_key") for name in BOOKKEEPING}
    for fill in record(table):
        if fill.word is not None and (fill.word in words or _is_demanded(table, fill)):
            found[fill.word] = _stricter(found.get(fill.word), _demand(table, fill))
    return found


def value_type(column: Column) -> pl.DataType:
    """The canonical type of a word that fills `column` as it is."""
    if column.is_moment:
        return pl.Datetime("us")
    return pl.Float64() if column.is_number else pl.String()


def _stricter(one: Demand | None, other: Demand) -> Demand:
    """Of two columns filled from one word the mandatory counts."""
    return one if one is not None and one.is_mandatory else other


def _is_demanded(table: str, fill: Fill) -> bool:
    column = columns(table)[fill.column]
    can_be_blank = column.is_nullable or fill.default is not None or fill.when is not None
    return not can_be_blank and fill.fill not in _SELF_FILLING


def _demand(table: str, fill: Fill) -> Demand:
    column = columns(table)[fill.column]
    kind = value_type(column) if fill.fill == "value" else pl.String()
    if fill.fill not in ("value", "crn"):
        return Demand(kind, _is_demanded(table, fill))
    own = [rule for rule in constraints(table) if rule.columns == (column.name,)]
    named = [rule.argument.split() for rule in own if rule.kind == "one_of"]
    common = [value for value in named[0] if all(value in each for each in named)] if named else None
    allowed: tuple[str | float, ...] | None = None
    if common is not None:
        allowed = tuple(common) if column.is_text else tuple(float(value) for value in common)
    return Demand(
        kind,
        _is_demanded(table, fill),
        length=column.length or None,
        allowed=allowed,
        is_above_zero=any(rule.kind == "above_zero" for rule in own),
    )
