"""Excel day numbers and exact date forms."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.parsing.dates import date, excel_day, time_of_day

FIRST_SAFE_DAY = dt.date(1900, 3, 1)


@given(st.dates(min_value=FIRST_SAFE_DAY))
def test_a_day_number_counts_from_its_own_date_system(day: dt.date) -> None:
    since_1900 = (day - dt.date(1899, 12, 30)).days
    since_1904 = (day - dt.date(1904, 1, 1)).days
    assert pl.select(excel_day(pl.lit(str(since_1900)), pl.lit("1900"))).item() == day
    if since_1904 >= 1:
        assert pl.select(excel_day(pl.lit(str(since_1904)), pl.lit("1904"))).item() == day


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("01/03/2021", "%d/%m/%Y", dt.date(2021, 3, 1)),
        ("1/3/2021", "%d/%m/%Y", None),
        ("01/03/21", "%d/%m/%Y", None),
        ("01/25/2021", "%d/%m/%Y", None),
        ("2021-03-01", "%Y-%m-%d", dt.date(2021, 3, 1)),
        ("2021-03-01T00:00:00", "%Y-%m-%d", None),
        ("01-MAR-2021", "%d-%b-%Y", dt.date(2021, 3, 1)),
        ("01-March-2021", "%d-%b-%Y", None),
    ],
)
def test_a_date_has_exactly_the_agreed_form(text: str, pattern: str, expected: dt.date | None) -> None:
    assert pl.select(date(pl.lit(text), pattern)).item() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:30", dt.time(9, 30)),
        ("09:30:15", dt.time(9, 30, 15)),
        ("24:00", None),
        ("9:30", None),
        ("0.39583", None),
    ],
)
def test_a_time_of_day(text: str, expected: dt.time | None) -> None:
    assert pl.select(time_of_day(pl.lit(text))).item() == expected
