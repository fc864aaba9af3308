"""Business days: Monday to Friday without the bank holidays of England and Wales (business_days.md)."""

import datetime as dt
from functools import cache

import polars as pl

from vocabulary.resources import text_table


@cache
def bank_holidays() -> tuple[dt.date, ...]:
    """The bank holidays of 2020 to 2022, which count for all companies, those in Wales included."""
    return tuple(text_table("vocabulary", "bank_holidays.csv")["date"].str.to_date())


def business_days_after(day: pl.Expr, count: int) -> pl.Expr:
    """The date `count` (1 or more) business days after `day`, which is itself day 0 whatever day it is."""
    # An event on a day off counts from the business day before it: day 1 is the next one either way.
    return day.dt.add_business_days(count, holidays=bank_holidays(), roll="backward")
