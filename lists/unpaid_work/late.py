"""What is overdue on Day 1, per team: assessments, first sessions, reviews."""

import polars as pl

from lists.unpaid_work.sources import PERSON, WHERE, WorkSources
from mappings.unpaid_work.dates import ASSESSMENT_DAYS, REVIEWS, START_DAYS, is_review_due, months_after
from mappings.unpaid_work.late import SENTENCE, is_assessed_late, is_started_late
from vocabulary.business_days import business_days_after
from vocabulary.calendar import DAY_1


def assessment_list(work: WorkSources) -> pl.DataFrame:
    """Orders whose assessment is late: those that still lack it first, the longest overdue on top."""
    done = pl.col("assessment_date")
    state = pl.when(done.is_null()).then(pl.lit("not recorded")).otherwise(pl.lit("done late"))
    late = work.orders.filter(is_assessed_late())
    return _overdue(late, ASSESSMENT_DAYS, done, state)


def start_list(work: WorkSources) -> pl.DataFrame:
    """Stand-alone orders whose first session is late: those without a session first."""
    first = pl.col("first_session")
    state = (
        pl.when(first.is_null())
        .then(pl.lit("no session yet"))
        .when(first >= DAY_1)
        .then(pl.lit("booked late"))
        .otherwise(pl.lit("started late"))
    )
    return _overdue(work.orders.filter(is_started_late()), START_DAYS, first, state)


def review_list(work: WorkSources) -> pl.DataFrame:
    """One line per review that is due by Day 1 and not recorded, the longest overdue on top."""
    due = [
        work.orders.filter(is_review_due(pl.col(word), SENTENCE, months)).with_columns(
            pl.lit(f"{months} months").alias("review"), months_after(SENTENCE, months).alias("due")
        )
        for months, word in REVIEWS.items()
    ]
    return (
        pl.concat(due)
        .sort(*WHERE, "due", "crn", nulls_last=True)
        .select(*[*WHERE, *PERSON, "review", "due", "sentence_date", "practitioner", "company", "order_ref"])
    )


def _overdue(late: pl.DataFrame, days: int, done: pl.Expr, state: pl.Expr) -> pl.DataFrame:
    due = business_days_after(SENTENCE, days).alias("due")
    return (
        late.with_columns(due, done.alias("date"), state.alias("state"))
        .sort(*WHERE, done.is_not_null(), "due", "crn", nulls_last=True)
        .select(
            *[*WHERE, *PERSON, "state", "due", "date"],
            *["sentence_date", "practitioner", "company", "order_ref"],
        )
    )
