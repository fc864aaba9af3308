"""Users whom an operator names for persons that nobody else may see after Day 1 (L03)."""

import polars as pl

from mappings.staff.limited_access import NAMED_SCHEMA, as_login, logins
from mappings.staff.records import staff_key, user_key
from vocabulary.batch import Batch
from vocabulary.companies import companies
from vocabulary.decisions import ACCESS


def named_users(batch: Batch, baseline: Batch, accounts: pl.DataFrame) -> pl.DataFrame:
    """NAMED_SCHEMA: the answers that travel with the batch; one whose login does not work counts for nothing.

    `accounts`: of the company's new officers (mappings.staff.accounts, with new_officer).
    """
    answers = batch.decided.get(ACCESS)
    if answers is None or answers.is_empty():
        return pl.DataFrame(schema=NAMED_SCHEMA)
    given = answers.select(
        pl.col("offender_id").cast(pl.Int64, strict=False), as_login(pl.col("answer")).alias("login")
    ).drop_nulls()
    offered = users_to_name(baseline, accounts).with_columns(as_login(pl.col("user")).alias("login"))
    return given.join(offered, on="login", how="inner", maintain_order="left").select(list(NAMED_SCHEMA))


def users_to_name(baseline: Batch, accounts: pl.DataFrame) -> pl.DataFrame:
    """Logins that work after Day 1: of `accounts` under their new officer, then of areas that stay.

    Columns: `user, area, officer` (area null of who comes along), and how a new row refers to them:
    `named_user`, `named_staff`, `named_team` (null of who comes along: the first team joined). A row says
    which team set it, so nobody is offered who is in none.
    """
    coming = accounts.filter(pl.col("login").is_not_null()).select(
        pl.col("login").alias("user"),
        pl.lit(None, pl.String).alias("area"),
        pl.col("new_officer").alias("officer"),
        user_key().alias("named_user"),
        staff_key(pl.col("new_officer")).alias("named_staff"),
        pl.lit(None, pl.String).alias("named_team"),
    )
    return pl.concat([coming, _staying(baseline)]).unique("user", keep="first", maintain_order=True)


def _staying(baseline: Batch) -> pl.DataFrame:
    staff = baseline.standing("staff").select("staff_id", "officer").unique("staff_id", keep="first")
    codes = baseline.standing("team").select("team_id", pl.col("code").alias("named_team"))
    teams = (
        baseline.standing("staff_team")
        .join(codes, on="team_id", how="inner")
        .sort("staff_id", "team_id")
        .unique("staff_id", keep="first", maintain_order=True)
        .select("staff_id", "named_team")
    )
    return (
        logins(baseline)
        .filter(pl.col("area").is_not_null() & ~pl.col("area").is_in(list(companies())))
        .join(staff, on="staff_id", how="left", maintain_order="left")
        .join(teams, on="staff_id", how="inner", maintain_order="left")
        .sort("area", "user")
        .select(
            *["user", "area", "officer"],
            pl.col("user_id").cast(pl.String).alias("named_user"),
            pl.col("staff_id").cast(pl.String).alias("named_staff"),
            "named_team",
        )
    )
