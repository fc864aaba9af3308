"""What counts as blank: nothing, only blanks, or a placeholder such as N/A (T04, codes/placeholder.csv)."""

from functools import cache

import polars as pl

from vocabulary.resources import text_table
from vocabulary.source import Word, error_values

NO_TEXTS = ("int", "bool")
"""Types that JSON has itself: a text in their place is told by its quotation marks (extractors, jsonl)."""

QUOTE = '"'


@cache
def placeholders() -> tuple[str, ...]:
    """The words that stand for blank, in capitals."""
    return tuple(text_table("mappings", "codes", "placeholder.csv")["source_code"].str.to_uppercase())


def takes_placeholders(word: Word) -> bool:
    """True when a placeholder in `word` is a blank: any column except names, notes and coded ones.

    A person may be called Null, and `NA` is a tier.
    """
    return not (word.code_list or _is_name(word) or word.is_note)


def blank_to_null(word: Word) -> pl.Expr:
    """The delivered text of `word` without its padding, blanks and placeholders as null."""
    text = pl.col(word.name).str.strip_chars()
    is_blank = text == ""
    if takes_placeholders(word):
        # A text in the place of a JSON number keeps its quotation marks; a placeholder is one all the same.
        plain = text.str.strip_chars(QUOTE) if word.type in NO_TEXTS else text
        is_blank = is_blank | plain.str.to_uppercase().is_in(placeholders())
    return pl.when(~is_blank).then(text).alias(word.name)


def without_padding(word: Word) -> pl.Expr:
    """The delivered text of `word` without its padding."""
    return pl.col(word.name).str.strip_chars()


def empty_to_null(word: Word) -> pl.Expr:
    """The text of `word`, which has no padding, null where there is nothing."""
    text = pl.col(word.name)
    return pl.when(text != "").then(text).alias(word.name)


def any_is_odd(word: Word) -> pl.Expr:
    """True where any text of `word` is a placeholder or an error value: one boolean for all rows."""
    odd = [*placeholders(), *error_values()]
    text = pl.col(word.name)
    # No letter becomes fewer bytes in capitals by more than half: longer texts need not be turned.
    short = text.filter(text.str.len_bytes() <= 2 * max(len(one) for one in odd))
    return short.str.to_uppercase().is_in(odd).any()


def is_error_value(text: pl.Expr) -> pl.Expr:
    """True where a workbook shows that a formula failed (`#N/A`): no type reads it (T05, T06)."""
    return text.str.to_uppercase().is_in(list(error_values())).fill_null(False)


def _is_name(word: Word) -> bool:
    return word.name in ("name", "surname") or word.name.endswith("_name")
