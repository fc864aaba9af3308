"""Months after a sentence (business_days.md), drawn as a table."""

import datetime as dt

import polars as pl
import pytest
from drawn_tables import drawn, label

from mappings.unpaid_work.dates import last_day_to_work, months_after

MONTHS = drawn("""
sentence   | months | day        | why
2020-12-26 | 6      | 2021-06-26 | same day
2020-08-31 | 6      | 2021-02-28 | February is shorter
2020-08-30 | 9      | 2021-05-30 | same day
2020-05-31 | 9      | 2021-02-28 | February again
2019-08-31 | 6      | 2020-02-29 | a leap year
2020-12-31 | 6      | 2021-06-30 | June is shorter
2020-10-01 | 6      | 2021-04-01 | first of the month
""")


@pytest.mark.parametrize("case", MONTHS, ids=label)
def test_months_end_on_the_same_day_or_on_the_last(case: dict[str, str]) -> None:
    sentence = pl.lit(dt.date.fromisoformat(case["sentence"]))
    found = pl.select(months_after(sentence, int(case["months"]))).item()
    assert found == dt.date.fromisoformat(case["day"])


YEARS = drawn("""
sentence   | last day   | why
2020-06-26 | 2021-06-25 | the day before the anniversary
2020-06-30 | 2021-06-29 | end of a month
2020-07-01 | 2021-06-30 | first of a month
2020-02-29 | 2021-02-27 | its anniversary is the last day of February
2019-02-28 | 2020-02-27 | into a leap year
""")


@pytest.mark.parametrize("case", YEARS, ids=label)
def test_twelve_months_end_the_day_before_the_anniversary(case: dict[str, str]) -> None:
    sentence = pl.lit(dt.date.fromisoformat(case["sentence"]))
    assert pl.select(last_day_to_work(sentence)).item() == dt.date.fromisoformat(case["last day"])
