"""Numbers: form, check letter and equality stay, the number does not."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pseudonyms.key import Secret
from pseudonyms.logins import login
from pseudonyms.numbers import hexadecimal, identifier, officer, record_ref, reference, row_key
from pseudonyms.permutations import rotated
from vocabulary.identifiers import has_pnc_letter, long_pnc

SECRET = Secret(b"a key of the tests, of no use elsewhere")


def asked(rule: pl.Expr, value: str) -> object:
    """What `rule` says of a value."""
    return pl.DataFrame({"value": [value]}).select(rule).item()


@pytest.mark.parametrize("size", [1, 2, 9, 100, 1_000, 26_000])
def test_every_number_has_one_pseudonym_and_no_two_the_same(size: int) -> None:
    said = [rotated(SECRET, "test", number, size) for number in range(size)]
    assert sorted(said) == [*range(size)]
    assert size == 1 or [one for one, other in enumerate(said) if one == other] == []


@pytest.mark.parametrize("value", ["2003/0062845E", "03/0062845E", "2018/0600101G", "1996/0600103W"])
def test_a_pnc_number_keeps_its_year_and_whether_its_letter_is_right(value: str) -> None:
    said = identifier(SECRET, value)
    assert said != value
    assert said.split("/")[0] == value.split("/")[0]
    letter = has_pnc_letter(pl.col("value"))
    assert asked(letter, said) == asked(letter, value)


def test_the_short_form_of_a_pnc_number_stays_that_of_the_long_one() -> None:
    short, full = identifier(SECRET, "03/0062845E"), identifier(SECRET, "2003/0062845E")
    assert asked(long_pnc(pl.col("value")), short) == full


def test_the_serial_number_that_pnc_and_cro_share_stays_shared() -> None:
    pnc, cro, file = (identifier(SECRET, one) for one in ("2005/0482703X", "482703/05A", "SF05/482703H"))
    assert pnc[5:12] == f"0{cro[:6]}" == f"0{file[5:11]}"


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("X500097", r"[A-Z]\d{6}"), ("x500097 ", r"[a-z]\d{6} "), ("A0803ZA", r"[A-Z]\d{4}[A-Z]{2}"),
        ("ZZ100047D", r"[A-Z]{2}\d{6}D"), ("X50009", r"[A-Z]\d{5}"),
        ("ZZ 10 00 47 Q", r"[A-Z]{2} \d\d \d\d \d\d [A-Z]"),
        ("2018/0600101", r"\d{4}/\d{7}"), ("SF82/1234K", r"SF82/\d{4}[A-Z]"),
    ],
)  # fmt: skip
def test_right_and_wrong_forms_stay(value: str, form: str) -> None:
    import re

    said = identifier(SECRET, value)
    assert re.fullmatch(form, said)
    assert said.upper() != value.upper()


def test_a_number_in_the_wrong_column_is_the_same_number() -> None:
    assert identifier(SECRET, "2003/0062845E") == identifier(SECRET, " 2003/0062845E").strip()


@pytest.mark.parametrize("value", ["", "   ", "N/A", "#REF!", "TBC"])
def test_what_is_no_number_stays(value: str) -> None:
    assert {identifier(SECRET, value), reference(SECRET, value), row_key(SECRET, value)} == {value}


@settings(deadline=None)
@given(st.integers(1_000_000_000, 8_999_999_999), st.integers(1_000_000_000, 8_999_999_999))
def test_keys_of_ndelius_keep_order_and_distance(one: int, other: int) -> None:
    said = [int(row_key(SECRET, str(key))) for key in (one, other)]
    assert said[1] - said[0] == other - one
    assert said[0] != one


def test_a_key_as_a_spreadsheet_writes_it_is_the_same_key() -> None:
    assert row_key(SECRET, "2500000420.0") == row_key(SECRET, "2500000420") + ".0"
    assert row_key(SECRET, "0") == "0"
    assert record_ref(SECRET, "2500000420") == row_key(SECRET, "2500000420")
    assert record_ref(SECRET, "UC-0004096") == reference(SECRET, "UC-0004096") != "UC-0004096"


def test_officers_keep_their_area_and_who_is_nobody_stays() -> None:
    said = officer(SECRET, "C01A003; c01s01u;C01UATU")
    assert said[:3] == "C01"
    assert said[:7] == officer(SECRET, "C01A003") != "C01A003"
    assert said[7:] == "; c01s01u;C01UATU"


def test_logins_are_one_in_small_and_large_letters() -> None:
    assert login(SECRET, "JOHN.Smith01").lower() == login(SECRET, "john.smith01")
    assert login(SECRET, "john.smith02") != login(SECRET, "john.smith01")


def test_checksums_keep_their_length_and_zeros_stay() -> None:
    assert hexadecimal(SECRET, "0" * 32) == "0" * 32
    said = hexadecimal(SECRET, "0f0e0d0c-0000-4000-8010-00000000000A")
    assert [place for place, one in enumerate(said) if one == "-"] == [8, 13, 18, 23]
    assert len(hexadecimal(SECRET, "a9" * 32)) == 64
