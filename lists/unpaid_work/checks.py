"""Placements against the rules of the work itself: training allowance, travel, women-only projects."""

import polars as pl

from lists.unpaid_work.schedule import still_open
from lists.unpaid_work.sources import PERSON, WHERE, WorkSources, hours
from vocabulary.calendar import DAY_1
from vocabulary.unpaid_work import ETE_SHARE, FEMALE, MAX_TRAVEL_CREDIT, MAX_TRAVEL_MINUTES


def ete_list(work: WorkSources) -> pl.DataFrame:
    """Everybody with credit or a booking at a training project, the least left on top of each team."""
    allowed, spent = pl.col("ordered") // ETE_SHARE, pl.col("credited")
    state = (
        pl.when(spent * ETE_SHARE > pl.col("ordered"))
        .then(pl.lit("over 20 %"))
        .when((spent + pl.col("booked")) * ETE_SHARE > pl.col("ordered"))
        .then(pl.lit("over 20 % when what is booked is worked"))
        .otherwise(pl.lit("within 20 %"))
    )
    people = _training(work).with_columns(allowed.alias("allowed"), state.alias("state"))
    left = (pl.col("allowed") - spent).clip(lower_bound=0).alias("left")
    return (
        people.with_columns(left)
        .sort(*WHERE, "left", "crn", nulls_last=True)
        .select(
            *[*WHERE, *PERSON, "state"],
            hours("ordered").alias("hours_ordered"),
            *(hours(word).alias(f"ete_{word}") for word in ("allowed", "credited", "left", "booked")),
            *["practitioner", "company"],
        )
    )


def travel_list(work: WorkSources) -> pl.DataFrame:
    """Placements too far from home, and sessions with too much travel credited (U07, U08)."""
    no_date = pl.lit(None, pl.Date)
    far = _too_long(work.placements, "from home", "travel_minutes", MAX_TRAVEL_MINUTES, no_date)
    much = _too_long(work.sessions, "credited", "travel_credited", MAX_TRAVEL_CREDIT, pl.col("date"))
    return pl.concat([far, much]).sort(*WHERE, pl.col("over_by").neg(), "crn", "date", nulls_last=True)


def women_list(work: WorkSources) -> pl.DataFrame:
    """Open placements at women-only projects, and those of women everywhere else."""
    is_woman = pl.col("gender") == FEMALE
    check = (
        pl.when(pl.col("is_women_only") & is_woman)
        .then(pl.lit("woman at a women-only project"))
        .when(pl.col("gender").is_null())
        .then(pl.lit("gender not recorded: find out"))
        .when("is_women_only")
        .then(pl.lit("not a woman: place elsewhere"))
        .otherwise(pl.lit("mixed project: ask what she has chosen"))
    )
    concerned = still_open(work.placements).filter(pl.col("is_women_only") | is_woman)
    return concerned.sort(*WHERE, "project_code", "crn", nulls_last=True).select(
        *[*WHERE, "project_code", "project", *PERSON, check.alias("check")],
        *["practitioner", "company", "placement_ref"],
    )


def _training(work: WorkSources) -> pl.DataFrame:
    """One line per person: credited at training projects, booked there from Day 1 on (minutes), and the
    minutes ordered by the placements concerned; of several the least."""
    spent = pl.col("credited").fill_null(0).sum()
    booked = pl.col("offered").filter(pl.col("date") >= DAY_1).sum().alias("booked")
    minutes = work.sessions.filter("is_ete").group_by("placement_ref").agg(spent, booked)
    concerned = minutes.filter(pl.col("credited") + pl.col("booked") > 0)
    of_placement = work.placements.join(concerned, on="placement_ref", how="inner", maintain_order="left")
    first = [pl.col(word).first() for word in (*WHERE, *PERSON, "practitioner", "company")]
    return of_placement.group_by("person_id", maintain_order=True).agg(
        pl.col("credited", "booked").sum(), pl.col("ordered").min(), *first
    )


def _too_long(rows: pl.DataFrame, kind: str, word: str, limit: int, date: pl.Expr) -> pl.DataFrame:
    return rows.filter(pl.col(word) > limit).select(
        *[*WHERE, *PERSON],
        pl.lit(kind).alias("travel"),
        pl.col(word).alias("minutes_each_way"),
        (pl.col(word) - limit).alias("over_by"),
        date.alias("date"),
        *["project_code", "project", "practitioner", "company"],
    )
