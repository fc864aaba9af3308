"""New rows of STAFF, STAFF_TEAM, USER_ and PROBATION_AREA_USER in the words of target/records, and the
accounts that move (staff_functions.md)."""

import polars as pl

from mappings.allocation.routing import NO_TEAMS, route
from mappings.staff.new_officers import memberships
from mappings.staff.officer_codes import EMPLOYEE
from target.plan import Change
from vocabulary.calendar import DAY_1

PROVENANCE = ["export", "source_file", "source_row"]


def staff_inserts(
    assigned: pl.DataFrame,
    accounts: pl.DataFrame,
    moving: pl.DataFrame,
    decided: pl.DataFrame = NO_TEAMS,
) -> dict[str, pl.DataFrame]:
    """One STAFF row per new officer, one STAFF_TEAM per team joined, one USER_ where nDelius has no account,
    and the region for whoever has one.

    Args:
        assigned: the company's employees with outcome and pdu_code.
        accounts: mappings.staff.accounts with new_officer and region, one per employee.
        moving: cases after `keep_officers`.
        decided: answers about teams (mappings.allocation.routing).
    """
    placed = (
        assigned.drop("region")
        .join(accounts.drop("company"), on="employee_ref", how="inner", maintain_order="left")
        .unique(EMPLOYEE, keep="first", maintain_order=True)
        .with_columns(
            staff_key(pl.col("new_officer")).alias("staff_id"),
            # The practitioner whom nDelius names keeps the cases, whatever the return calls them (S14).
            pl.coalesce("staff_surname", "surname").alias("surname"),
            pl.coalesce("staff_first_name", "first_name").alias("first_name"),
        )
    )
    return {
        "STAFF": _staff(placed),
        "STAFF_TEAM": _staff_teams(placed, moving, decided),
        "USER_": _users(placed.filter("is_new")),
        "PROBATION_AREA_USER": _area_users(placed),
    }


def account_moves(accounts: pl.DataFrame) -> list[Change]:
    """USER_ rows that belong to the new STAFF row from Day 1 on: the account moves, it is not copied."""
    moving = accounts.filter(pl.col("user_id").is_not_null()).select(
        pl.col("user_id").alias("key"), staff_key(pl.col("new_officer")).alias("STAFF_ID")
    )
    return [Change("USER_", "repoint", moving)] if moving.height else []


def staff_key(officer: pl.Expr) -> pl.Expr:
    """Natural key of a new officer's STAFF row."""
    return pl.concat_str(pl.lit("staff:"), officer)


def user_key() -> pl.Expr:
    """How a plan names an officer's account: by id where it moves, by natural key where it is made; else
    null."""
    return (
        pl.when(pl.col("user_id").is_not_null())
        .then(pl.col("user_id").cast(pl.String))
        .when("is_new")
        .then(_new_user())
    )


def _new_user() -> pl.Expr:
    return pl.concat_str(pl.lit("user:"), "new_officer")


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
    return placed.select(
        _new_user().alias("natural_key"),
        *PROVENANCE,
        "staff_id",
        "surname",
        "first_name",
        pl.lit(None, pl.Date).alias("end_date"),
        "user",
    )


def _area_users(placed: pl.DataFrame) -> pl.DataFrame:
    """Without the region among its areas an account sees no case of it; the load leaves out what stands."""
    return (
        placed.with_columns(user_key().alias("user_id"))
        .filter(pl.col("user_id").is_not_null())
        .select(
            pl.concat_str(pl.lit("area:"), "new_officer").alias("natural_key"),
            *PROVENANCE,
            "user_id",
            pl.col("region").alias("area"),
        )
    )
