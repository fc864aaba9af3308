"""What reading takes for granted: only a text can be a placeholder or an error value and be read."""

import polars as pl
import pytest

from mappings.parsing.blanks import any_is_odd, placeholders, takes_placeholders
from mappings.parsing.numbers import decimal, exact, key, whole
from mappings.parsing.time_units import whole_minutes
from mappings.parsing.typed import is_text, typed
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect
from vocabulary.source import Word, error_values, source_words

ODD = [*placeholders(), *(text.lower() for text in placeholders()), *sorted(error_values())]
COMPANIES = {"spg": "C17", "eoc": "C06", "justice_star": "C18"}

PLAIN = {
    word.type: word
    for export in EXPORTS
    for words in source_words(export).values()
    for word in words
    if not word.code_list
}
"""A word of every type."""


@pytest.mark.parametrize(
    "word", [word for word in PLAIN.values() if not is_text(word)], ids=lambda word: word.type
)
def test_no_other_type_reads_a_placeholder_or_an_error_value(word: Word) -> None:
    style = dialect(word.export, COMPANIES.get(word.export, "C01"))
    texts = pl.DataFrame({word.name: ODD, "date_system": "1900"})
    assert texts.select(typed(word, style)).to_series().is_null().all()


@pytest.mark.parametrize("text", ODD)
def test_a_text_that_is_odd_is_seen(text: str) -> None:
    word = next(word for word in PLAIN.values() if is_text(word) and takes_placeholders(word))
    texts = pl.DataFrame({word.name: ["Zz", None, text]})
    assert texts.select(any_is_odd(word)).item()
    assert not texts.head(2).select(any_is_odd(word)).item()


FORMS = [
    "12",
    "-12",
    "+12",
    "1_2",
    "1e2",
    "12.0",
    " 12",
    "",
    "-",
    "9" * 18,
    "9" * 19,
    "-" + "9" * 18,
    "١٢",
    "0x1",
]


def test_a_key_is_digits_and_nothing_else() -> None:
    read = pl.DataFrame({"text": FORMS}).select(key(pl.col("text"))).to_series()
    assert [form for form, number in zip(FORMS, read, strict=True) if number is not None] == ["12", "9" * 18]


def test_a_whole_number_may_be_negative() -> None:
    read = pl.DataFrame({"text": FORMS}).select(whole(pl.col("text"))).to_series()
    good = [form for form, number in zip(FORMS, read, strict=True) if number is not None]
    assert good == ["12", "-12", "9" * 18, "-" + "9" * 18]


def test_digits_of_other_scripts_are_no_number() -> None:
    text = pl.col("text")
    read = pl.DataFrame({"text": ["١٢"]}).select(
        a=exact(text, "."), b=decimal(text, ".", 12, 2), c=whole_minutes(text + ":٣٠", "HH:MM", ".")
    )
    assert read.row(0) == (None, None, None)
