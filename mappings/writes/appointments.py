"""Unpaid work sessions as nDelius keeps them: an appointment and its diary contact,
which must agree (rule 29)."""

import polars as pl

from mappings.allocation.routing import NO_TEAMS, route
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.resources import text_table

PROVENANCE = ["export", "source_file", "source_row"]
SESSION_CONTACT = "CUPA"
"""Contact type of an unpaid work appointment (dictionary: CONTACT TYPE)."""

NO = pl.lit(False)


def assign_team_and_officer(
    rows: pl.DataFrame, baseline: Batch, decided: pl.DataFrame = NO_TEAMS
) -> pl.DataFrame:
    """Set `team`, `officer` and `area` of diary rows that have date, team, officer, company and region.

    From Day 1 on they are the receiving team's. Earlier ones keep theirs; an officer that nDelius does not
    know is the team's unallocated officer (dictionary rule 8), and so is a team that it does not know.
    `decided`: answers about teams (mappings.allocation.routing).
    """
    if rows.is_empty():
        return rows.with_columns(pl.lit(None, pl.String).alias("area"))
    routed = route(rows, rows["company"][0], decided)
    kept = _kept(routed, baseline)
    is_future = pl.col("date") >= DAY_1
    return kept.with_columns(
        pl.when(is_future).then("n_team").otherwise("kept_team").alias("team"),
        pl.when(is_future).then("n_officer").otherwise("kept_officer").alias("officer"),
        pl.when(is_future).then("region").otherwise("company").alias("area"),
    )


def _kept(rows: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    teams = baseline.standing("team")["code"].implode()
    officers = baseline.standing("staff")["officer"].implode()
    own_unallocated = pl.concat_str("company", pl.lit("UAT"))
    kept_team = pl.when(pl.col("team").is_in(teams)).then("team").otherwise(own_unallocated)
    return rows.with_columns(kept_team.alias("kept_team")).with_columns(
        pl.when(pl.col("officer").is_in(officers))
        .then("officer")
        .otherwise(pl.concat_str("kept_team", pl.lit("U")))
        .alias("kept_officer")
    )


def appointments(sessions: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Rows of UPW_APPOINTMENT and CONTACT.

    Args:
        sessions: natural_key, provenance, order_ref, event_ref, person_id, project_ref, date, start_time,
            end_time, offered, credited, travel_credited (minutes), outcome (target code),
            high_visibility_vest, notes, team, officer, area.
    """
    attendance = text_table("mappings", "outcomes.csv").select("outcome", "attended", "complied")
    rows = sessions.join(attendance, on="outcome", how="left", maintain_order="left")
    shared = ["natural_key", *PROVENANCE, "date", "start_time", "end_time", "outcome", "attended", "complied"]
    return {
        "CONTACT": rows.select(
            *shared,
            pl.col("person_id").alias("offender_id"),
            pl.col("event_ref").alias("event_id"),
            pl.lit(SESSION_CONTACT).alias("type"),
            *["area", "team", "officer", "notes"],
            NO.alias("is_rar"),
            NO.alias("is_sensitive"),
            NO.alias("is_deleted"),
        ),
        "UPW_APPOINTMENT": rows.select(
            *shared,
            pl.col("order_ref").alias("upw_order_id"),
            pl.col("project_ref").alias("upw_project_id"),
            pl.col("person_id").alias("offender_id"),
            pl.col("natural_key").alias("contact_id"),
            *["offered", "credited", "travel_credited", "high_visibility_vest", "team", "officer"],
            pl.lit(0, pl.Int64).alias("penalty"),
            NO.alias("is_deleted"),
        ),
    }
