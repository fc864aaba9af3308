"""Business days (business_days.md), drawn as a table: the day of the event is day 0."""

import datetime as dt

import polars as pl
import pytest
from drawn_tables import drawn, label

from vocabulary.business_days import business_days_after

DAYS = drawn("""
event      | count | day        | why
2021-05-28 | 15    | 2021-06-21 | 31 May is a holiday
2020-08-26 | 15    | 2020-09-17 | 31 August is a holiday
2021-06-21 | 1     | 2021-06-22 | plain
2021-06-25 | 1     | 2021-06-28 | Day 1 is a Saturday and not a business day
2021-06-26 | 1     | 2021-06-28 | an event on a Saturday
2021-06-27 | 1     | 2021-06-28 | an event on a Sunday
2021-05-31 | 1     | 2021-06-01 | an event on a holiday
2020-12-24 | 1     | 2020-12-29 | Christmas, Boxing Day moved to Monday
2021-04-01 | 1     | 2021-04-06 | Good Friday and Easter Monday
""")


@pytest.mark.parametrize("case", DAYS, ids=label)
def test_business_days_are_counted_from_the_day_after(case: dict[str, str]) -> None:
    event = pl.lit(dt.date.fromisoformat(case["event"]))
    assert pl.select(business_days_after(event, int(case["count"]))).item() == dt.date.fromisoformat(
        case["day"]
    )


def test_no_event_has_no_later_day() -> None:
    assert pl.select(business_days_after(pl.lit(None, pl.Date), 15)).item() is None
