"""Appointments of nDelius that somebody must look at, by project: the schedule lacks them, or no session list
of a region shows them."""

import polars as pl

from lists.sources import NO_REGION
from lists.unpaid_work.sources import WHERE, WorkSources, hours
from mappings.allocation.routing import only_region
from mappings.unpaid_work.lacking import lacking_appointments
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies

LACKING = "not in the schedule"
STAYS = "no copy of the project: move them"


def appointment_list(work: WorkSources) -> pl.DataFrame:
    """One line per project and state, the most appointments on top of each team."""
    states = {LACKING: lacking_appointments(work.model), STAYS: _staying(work)}
    told = pl.concat(
        rows.select("person_id", "date", "credited", code="project_code", state=pl.lit(state))
        for state, rows in states.items()
    )
    places = work.projects.select(*["code", "project_code", pl.col("name").alias("project"), *WHERE])
    counted = told.group_by("code", "state").agg(
        pl.len().cast(pl.Int64).alias("appointments"),
        pl.col("person_id").n_unique().cast(pl.Int64).alias("people"),
        pl.col("date").min().alias("first"),
        pl.col("date").max().alias("last"),
        pl.col("credited").fill_null(0).sum(),
    )
    return (
        counted.join(places.unique("code", keep="first"), on="code", how="left")
        .with_columns(
            pl.col("region").fill_null(only_region(work.batch.company) or NO_REGION),
            pl.coalesce("project_code", "code").alias("project_code"),
            pl.lit(work.batch.company).alias("company"),
        )
        .sort(*WHERE, "state", pl.col("appointments").neg(), "project_code", nulls_last=True)
        .select(
            *[*WHERE, "project_code", "project", "state", "appointments", "people", "first", "last"],
            hours("credited").alias("hours_credited"),
            *["company", pl.col("code").alias("old_code")],
        )
    )


def _staying(work: WorkSources) -> pl.DataFrame:
    """Appointments from Day 1 on, of persons who come to a region, at projects of companies that have no copy
    here: the company's own plan makes copies of its own projects alone."""
    copied = work.projects.filter("is_written")["code"]
    return work.model.sessions.filter(
        pl.col("date") >= DAY_1,
        pl.col("project_area").is_in(list(companies())),
        ~pl.col("project_code").is_in(copied.implode()),
        pl.col("person_id").is_in(work.movers.implode()),
    )
