"""Check letters and long forms of identifiers."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocabulary.identifiers import CHECK_LETTERS, has_pnc_letter, long_pnc, plain_cro


@given(st.integers(1950, 2021), st.integers(0, 9_999_999), st.sampled_from(CHECK_LETTERS))
def test_the_check_letter_is_the_one_of_the_number(year: int, serial: int, letter: str) -> None:
    right = CHECK_LETTERS[int(f"{year % 100:02}{serial:07}") % 23]
    for number in (f"{year}/{serial:07}{letter}", f"{year % 100:02}/{serial:07}{letter}"):
        assert pl.select(has_pnc_letter(pl.lit(number))).item() is (letter == right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2003/0062845E", "2003/0062845E"),
        ("03/0062845E", "2003/0062845E"),
        ("21/0062845E", "2021/0062845E"),
        ("22/0062845E", "1922/0062845E"),
        ("99/0062845E", "1999/0062845E"),
        ("0062845E", None),
    ],
)
def test_a_short_pnc_number_is_made_long(text: str, expected: str | None) -> None:
    assert pl.select(long_pnc(pl.lit(text))).item() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("265416/21g", "265416/21G"), ("SF 05/1j", "SF05/1J"), ("SF05/1234567J", None), ("2654/21G", None)],
)
def test_a_cro_number_is_compared_in_capitals(text: str, expected: str | None) -> None:
    assert pl.select(plain_cro(pl.lit(text))).item() == expected
