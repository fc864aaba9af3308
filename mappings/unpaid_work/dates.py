"""The dates of an unpaid work order that follow from its sentence (business_days.md; BR03, BR05, BR06, BR11,
BR12)."""

import polars as pl

from vocabulary.business_days import business_days_after
from vocabulary.calendar import DAY_1

ASSESSMENT_DAYS, START_DAYS = 10, 15
"""Business days after sentence for the assessment (BR11), and for the first session (BR12)."""

REVIEWS = {6: "review_6m_date", 9: "review_9m_date"}
"""Months after sentence to the word that holds the review (BR05, BR06)."""

MONTHS_TO_WORK = 12
"""Hours may be worked for so long, unless the court extends (BR03, BR04)."""


def months_after(day: pl.Expr, months: int) -> pl.Expr:
    """The same day `months` later, or the last day of a month that is shorter."""
    return day.dt.offset_by(f"{months}mo")


def last_day_to_work(sentence: pl.Expr) -> pl.Expr:
    """The day before the anniversary of the sentence."""
    return months_after(sentence, MONTHS_TO_WORK).dt.offset_by("-1d")


def is_later_than(done: pl.Expr, sentence: pl.Expr, days: int) -> pl.Expr:
    """More than `days` business days lie between sentence and `done`; what is not done counts to Day 1.

    A day off counts with the business day before it: on the Saturday of Day 1 it is still Friday.
    """
    return done.fill_null(pl.lit(DAY_1)) >= business_days_after(sentence, days + 1)


def is_review_due(recorded: pl.Expr, sentence: pl.Expr, months: int) -> pl.Expr:
    """The review was due by Day 1 and nobody recorded it."""
    return recorded.is_null() & (months_after(sentence, months) <= DAY_1)
