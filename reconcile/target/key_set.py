"""Keys among which rows are looked up part by part: a nation's are many, and are put in order once."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class KeySet:
    """`known`: numbers in ascending order, or texts where a key is none."""

    known: pl.Series

    @classmethod
    def of(cls, keys: pl.Series) -> "KeySet":
        """Of keys as text."""
        numbers = keys.cast(pl.Int64, strict=False)
        is_number = numbers.cast(pl.String).eq_missing(keys).all() and not numbers.null_count()
        return cls(numbers.sort() if is_number else keys)

    def holds(self, keys: pl.Series) -> pl.Series:
        """Which of `keys` (text) are among them."""
        if self.known.dtype == pl.String:
            return keys.is_in(self.known.implode())
        return are_in_order(self.known, keys)


def are_in_order(known: pl.Series, keys: pl.Series) -> pl.Series:
    """Which of `keys` (text) are among `known`, numbers in ascending order: to look some up is less than to
    go through all of them."""
    if known.is_empty():
        return pl.repeat(False, len(keys), eager=True)
    numbers = keys.cast(pl.Int64, strict=False)
    places = known.search_sorted(numbers.fill_null(-1)).clip(upper_bound=len(known) - 1)
    return (known.gather(places) == numbers) & (numbers.cast(pl.String) == keys)
