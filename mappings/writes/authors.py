"""Under whom a diary row of a satellite system stands: its author's team, else the offender manager's."""

import polars as pl

from mappings.case.managers import offender_managers
from vocabulary.batch import Batch


def attribute_to_author(rows: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """Set `team`, `officer`, `area` of past diary rows that have company, person_id and author.

    They keep the author and the team they were made in (dictionary rule 12). An author whom nDelius does not
    know is the person's offender manager before Day 1, else the company's unallocated officer (rule 8).
    """
    joined = rows.join(
        _home_teams(baseline), left_on="author", right_on="officer", how="left", maintain_order="left"
    ).join(_managers(baseline), on="person_id", how="left", maintain_order="left")
    is_known = pl.col("home_team").is_not_null()
    own_unallocated = pl.concat_str("company", pl.lit("UAT"))
    return joined.with_columns(
        pl.coalesce("home_team", "manager_team", own_unallocated).alias("team"),
        pl.when(is_known)
        .then("author")
        .otherwise(pl.coalesce("manager_officer", pl.concat_str(own_unallocated, pl.lit("U"))))
        .alias("officer"),
        pl.coalesce("home_area", "manager_area", "company").alias("area"),
    ).drop("home_team", "home_area", "manager_team", "manager_officer", "manager_area")


def _home_teams(baseline: Batch) -> pl.DataFrame:
    """officer, home_team, home_area: of several teams the first by code."""
    teams = baseline.standing("team").select("team_id", pl.col("code").alias("home_team"))
    staff = baseline.standing("staff").select("staff_id", "officer", pl.col("area").alias("home_area"))
    return (
        baseline.standing("staff_team")
        .join(staff, on="staff_id")
        .join(teams, on="team_id")
        .sort("officer", "home_team")
        .unique("officer", keep="first", maintain_order=True)
        .select("officer", "home_team", "home_area")
    )


def _managers(baseline: Batch) -> pl.DataFrame:
    """person_id, manager_area, manager_team, manager_officer."""
    return offender_managers(baseline).select(
        "person_id", pl.all().exclude("person_id").name.prefix("manager_")
    )
