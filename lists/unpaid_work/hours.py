"""Hours of every live order, who may not work them, and where three records of them differ."""

import polars as pl

from lists.unpaid_work.schedule import coming
from lists.unpaid_work.sources import MINUTES_PER_HOUR, PERSON, WHERE, WorkSources, hours
from mappings.case.company_orders import delivered_requirements
from mappings.case.orders import UNPAID_WORK
from mappings.unpaid_work.late import is_past_the_year, state_past_the_year
from vocabulary.calendar import DAY_1

HOURS = {
    "ordered": "hours_ordered",
    "credited": "credited_case_system",
    "added": "credited_schedule_only",
    "adjusted": "adjusted",
    "outstanding": "outstanding",
}
"""Minutes of an order to their column, in hours."""

REST = ["sentence_date", "practitioner", "company", "order_ref"]


def outstanding_list(work: WorkSources) -> pl.DataFrame:
    """Every live order with its hours; those whose time runs out first on top."""
    state = (
        pl.when(pl.col("outstanding") == 0)
        .then(pl.lit("hours done"))
        .when(is_past_the_year(pl.lit(DAY_1)))
        .then(state_past_the_year("12 months over"))
        .otherwise(pl.lit("in time"))
    )
    return work.orders.sort(*WHERE, "last_day", "crn", nulls_last=True).select(
        *[*WHERE, *PERSON],
        state.alias("state"),
        *(hours(word).alias(column) for word, column in HOURS.items()),
        *["last_day", *REST],
    )


def past_the_year_list(work: WorkSources) -> pl.DataFrame:
    """Orders past twelve months with hours outstanding, and the sessions booked: not to be worked, unless the
    court gave more time. Those are behind the others."""
    past = work.orders.filter(is_past_the_year(pl.lit(DAY_1)))
    booked = past.join(coming(work, "order_ref"), on="order_ref", how="left", maintain_order="left")
    return booked.sort(*WHERE, "is_extended", "next_session", "last_day", "crn", nulls_last=True).select(
        *[*WHERE, *PERSON],
        state_past_the_year("stand down: court first").alias("state"),
        "last_day",
        hours("outstanding").alias("hours_outstanding"),
        "next_session",
        pl.col("sessions_booked").fill_null(0),
        *REST,
    )


def disagreement_list(work: WorkSources) -> pl.DataFrame:
    """Orders whose minutes are not the same in requirement, order and schedule, or whose credit is not the
    same in case system and schedule, over the sessions that both have."""
    compared = (
        work.orders.join(_required(work), on="sentence_ref", how="left", maintain_order="left")
        .join(_scheduled(work), on="order_ref", how="left", maintain_order="left")
        .join(_credited(work), on="order_ref", how="left", maintain_order="left")
    )
    said = [
        _said("ordered by the court", "requirement_ordered", "the order", "ordered"),
        _said("schedule", "schedule_ordered", "the order", "ordered"),
        _said("credit in the schedule", "schedule_credited", "the case system", "case_credited"),
    ]
    differs = pl.any_horizontal(*(text.is_not_null() for text in said))
    return (
        compared.filter(differs)
        .sort(*WHERE, "crn", nulls_last=True)
        .select(
            *[*WHERE, *PERSON],
            pl.concat_str(said, separator="; ", ignore_nulls=True).alias("minutes_that_differ"),
            *["requirement_ordered", pl.col("ordered").alias("order_ordered"), "schedule_ordered"],
            *["case_credited", "schedule_credited", "practitioner", "company", "order_ref"],
        )
    )


def _required(work: WorkSources) -> pl.DataFrame:
    """sentence_ref, requirement_ordered: what live requirements add up to; they are written in hours."""
    own = delivered_requirements(work.batch).filter(pl.col("main_category") == UNPAID_WORK)
    minutes = (pl.col("length").sum() * MINUTES_PER_HOUR).alias("requirement_ordered")
    return own.drop_nulls("length").group_by("sentence_ref").agg(minutes)


def _scheduled(work: WorkSources) -> pl.DataFrame:
    """order_ref, schedule_ordered; of several placements the one furthest from the order."""
    known = work.orders.select("order_ref", pl.col("ordered").alias("in_order"))
    placed = work.placements.join(known, on="order_ref", how="inner", maintain_order="left")
    gap = (pl.col("ordered") - pl.col("in_order")).abs()
    furthest = placed.sort(gap, descending=True, maintain_order=True)
    return furthest.unique("order_ref", keep="first").select(
        "order_ref", pl.col("ordered").alias("schedule_ordered")
    )


def _credited(work: WorkSources) -> pl.DataFrame:
    """order_ref, schedule_credited, case_credited: over the sessions that both have."""
    both = work.sessions.join(work.case_sessions, on="case_system_ref", how="inner", maintain_order="left")
    return both.group_by("order_ref").agg(
        pl.col("credited").fill_null(0).sum().alias("schedule_credited"),
        pl.col("case_credited").fill_null(0).sum(),
    )


def _said(name: str, word: str, other: str, standard: str) -> pl.Expr:
    """How many minutes `word` is above or below `standard`; null when they agree."""
    minutes = pl.col(word) - pl.col(standard)
    side = pl.when(minutes > 0).then(pl.lit("above")).otherwise(pl.lit("below"))
    text = pl.concat_str(pl.lit(f"{name}: "), minutes.abs(), pl.lit(" min "), side, pl.lit(f" {other}"))
    return pl.when(minutes != 0).then(text)
