"""Dates of birth: another day of the same year, and what is told of two of them stays."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pseudonyms.births import EPOCHS, birth, birth_serial
from pseudonyms.key import Secret

SECRET = Secret(b"a key of the tests, of no use elsewhere")
DATES = st.dates(dt.date(1911, 1, 1), dt.date(2010, 12, 31))


@settings(deadline=None)
@given(DATES)
def test_another_date_of_the_same_year_in_every_form(day: dt.date) -> None:
    said = dt.date.fromisoformat(birth(SECRET, f"{day:%Y-%m-%d}"))
    assert said.year == day.year
    is_told_of = (day.month, day.day) in {(1, 1), (2, 29)}
    assert (said == day) == is_told_of
    assert birth(SECRET, f"{day:%d/%m/%Y}") == f"{said:%d/%m/%Y}"
    assert birth(SECRET, f"{day:%d-%b-%Y}") == f"{said:%d-%b-%Y}"
    assert birth(SECRET, f"{day:%d/%m/%Y} 00:00:00") == f"{said:%d/%m/%Y} 00:00:00"


@settings(deadline=None)
@given(DATES, st.sampled_from(["1900", "1904"]))
def test_a_day_number_is_the_same_date(day: dt.date, system: str) -> None:
    number = (day - EPOCHS[system]).days
    said = EPOCHS[system] + dt.timedelta(int(birth_serial(SECRET, str(number), system)))
    assert said.isoformat() == birth(SECRET, day.isoformat()) or number < 1000


@settings(deadline=None)
@given(DATES, DATES)
def test_no_two_dates_become_one(one: dt.date, other: dt.date) -> None:
    assert (one == other) == (birth(SECRET, one.isoformat()) == birth(SECRET, other.isoformat()))


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 12))
def test_day_for_month_stays_day_for_month(day: int, month: int) -> None:
    one = birth(SECRET, f"{day:02}/{month:02}/1980")
    other = birth(SECRET, f"{month:02}/{day:02}/1980")
    assert other == f"{one[3:5]}/{one[:2]}/1980"


def test_an_american_date_is_that_date_in_the_wrong_order() -> None:
    one, other = birth(SECRET, "25/12/1980"), birth(SECRET, "12/25/1980")
    assert other == f"{one[3:5]}/{one[:2]}/1980"


@pytest.mark.parametrize("value", ["31/02/1980", "31/04/1980", "30/02/1980", "45/13/1980", "29/02/1981"])
def test_a_date_that_cannot_be_stays_one(value: str) -> None:
    said = birth(SECRET, value)
    with pytest.raises(ValueError, match=r"day is out of range|does not match|unconverted"):
        dt.datetime.strptime(said, "%d/%m/%Y")  # noqa: DTZ007 - no moment


@pytest.mark.parametrize("value", ["", "N/A", "#REF!", "01/01/1970"])
def test_placeholders_stay(value: str) -> None:
    assert birth(SECRET, value) == value


def test_what_is_no_date_is_replaced_as_text() -> None:
    said = birth(SECRET, "about 1980")
    assert said != "about 1980"
    assert len(said) == 10
