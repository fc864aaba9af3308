"""Names: what matching makes of two of them is the same before and after."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.names import name_key
from pseudonyms.key import Secret
from pseudonyms.names import name

SECRET = Secret(b"a key of the tests, of no use elsewhere")
LETTERS = st.text("ABCDEilnosuz -'éàçñŠžÿ", min_size=1, max_size=8)
ALPHABET = st.text("abyzÀÉñøŁЖж-' ", min_size=1, max_size=6)


def key(value: str) -> str | None:
    """How matching compares it."""
    found: str | None = pl.select(name_key(pl.lit(value))).item()
    return found


@settings(deadline=None)
@given(LETTERS, LETTERS)
def test_two_names_are_one_afterwards_where_they_are_one_before(one: str, other: str) -> None:
    assert (key(one) == key(other)) == (key(name(SECRET, one)) == key(name(SECRET, other)))


@settings(deadline=None)
@given(ALPHABET, ALPHABET)
def test_a_name_that_begins_another_begins_it_afterwards(one: str, other: str) -> None:
    before = (key(other) or "").startswith(key(one) or "")
    after = (key(name(SECRET, other)) or "").startswith(key(name(SECRET, one)) or "")
    assert before == after


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_text_keeps_its_length_and_its_other_characters(value: str) -> None:
    said = name(SECRET, value)
    assert len(said) == len(value)
    pairs = zip(value, said, strict=True)
    assert [one for one, other in pairs if not one.isalnum() and one != other] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "ZOE"), ("O'Brien", "OBrien"), ("Smith-Jones", "SMITH JONES"), ("Peña", "pena"),
        ("Cafe\u0301", "CAFÉ"), ("Łukasz", "łukasz"),
    ],
)  # fmt: skip
def test_spellings_of_a_name_stay_spellings_of_one(one: str, other: str) -> None:
    assert key(name(SECRET, one)) == key(name(SECRET, other))


@pytest.mark.parametrize("value", ["Zoë", "PEÑA", "François", "Müller"])
def test_an_accented_name_is_one_still_and_fits_cp1252(value: str) -> None:
    said = name(SECRET, value)
    assert len(said.encode("cp1252")) == len(value)
    assert not said.isascii()


def test_case_and_signs_of_a_double_encoding_stay() -> None:
    said = name(SECRET, "McZoÃ«")
    assert said[-2:] == "Ã«"
    assert [letter.isupper() for letter in said[:4]] == [True, False, True, False]


@pytest.mark.parametrize("value", ["UNKNOWN", "Nfa", "#N/A"])
def test_what_is_no_name_stays(value: str) -> None:
    assert name(SECRET, value) == value


def test_a_title_stays_before_the_name() -> None:
    assert name(SECRET, "Mr Smith") == f"Mr {name(SECRET, 'Smith')}"


@settings(deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=10))
def test_no_letter_stays_in_its_place(value: str) -> None:
    assert [
        one for one, other in zip(value, name(SECRET, "Q" + value)[1:], strict=True) if one == other
    ] == []
