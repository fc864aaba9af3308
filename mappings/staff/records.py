"""New rows of STAFF, STAFF_TEAM and USER_ in the words of target/records (staff_functions.md)."""

import polars as pl

from mappings.routing import NO_TEAMS, route
from mappings.staff.new_officers import memberships
from mappings.staff.officer_codes import EMPLOYEE
from vocabulary.calendar import DAY_1

PROVENANCE = ["export", "source_file", "source_row"]


def staff_inserts(
    assigned: pl.DataFrame,
    officers: pl.DataFrame,
    moving: pl.DataFrame,
    decided: pl.DataFrame = NO_TEAMS,
) -> dict[str, pl.DataFrame]:
    """One STAFF row per new officer, one STAFF_TEAM per team joined, one USER_ where a login is given.

    Args:
        assigned: the company's employees with outcome and pdu_code.
        officers: `company, employee_ref, region, new_officer`, one per employee.
        moving: cases after `keep_officers`.
        decided: answers about teams (mappings.routing).
    """
    placed = (
        assigned.drop("region")
        .join(officers, on=EMPLOYEE, how="inner", maintain_order="left")
        .unique(EMPLOYEE, keep="first", maintain_order=True)
        .with_columns(staff_key(pl.col("new_officer")).alias("staff_id"))
    )
    return {
        "STAFF": _staff(placed),
        "STAFF_TEAM": _staff_teams(placed, moving, decided),
        "USER_": _users(placed),
    }


def staff_key(officer: pl.Expr) -> pl.Expr:
    """Natural key of a new officer's STAFF row."""
    return pl.concat_str(pl.lit("staff:"), officer)


def user_key(officer: pl.Expr) -> pl.Expr:
    """Natural key of a new officer's USER_ row."""
    return pl.concat_str(pl.lit("user:"), officer)


def _staff(placed: pl.DataFrame) -> pl.DataFrame:
    return placed.select(
        pl.col("staff_id").alias("natural_key"),
        *PROVENANCE,
        pl.lit(DAY_1).alias("start_date"),
        pl.lit(None, pl.Date).alias("end_date"),
        "surname",
        "first_name",
        pl.col("grade_target").alias("grade"),
        pl.col("new_officer").alias("officer"),
        pl.col("region").alias("area"),
    )


def _staff_teams(placed: pl.DataFrame, moving: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    joined = memberships(_receiving_teams(placed, decided), moving)
    return placed.join(joined, on="new_officer", how="inner", maintain_order="left").select(
        pl.concat_str(pl.lit("staff_team:"), "new_officer", pl.lit(":"), "n_team").alias("natural_key"),
        *PROVENANCE,
        "staff_id",
        pl.col("n_team").alias("team_id"),
    )


def _receiving_teams(placed: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """new_officer, n_team: the receiving team of the officer's own team, as for a case of that team."""
    if placed.is_empty():
        return pl.DataFrame(schema={"new_officer": pl.String, "n_team": pl.String})
    wanted = placed.select("new_officer", "team", "region", "pdu_code")
    return route(wanted, placed["company"][0], decided).select("new_officer", "n_team")


def _users(placed: pl.DataFrame) -> pl.DataFrame:
    return placed.filter(pl.col("user").is_not_null()).select(
        user_key(pl.col("new_officer")).alias("natural_key"),
        *PROVENANCE,
        "staff_id",
        "surname",
        "first_name",
        pl.lit(None, pl.Date).alias("end_date"),
        "user",
    )
