"""Restrictions and exclusions on Day 1: whose rows are looked at, and what is written of them (L02, L03).

Nothing is written of users who move: the account moves, and its rows with it. nDelius says which rows there
are, whether or not the company delivered them.
"""

import datetime as dt

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.delivered_rows import with_delivered
from mappings.staff.limited_access import (
    ENDS,
    NAMED,
    NOBODY_NAMED,
    RESTRICTION,
    as_login,
    limited_access,
    logins,
)
from mappings.staff.named_users import named_users
from target.plan import Change
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies

ENTITIES = ("restriction", "exclusion")
PROVENANCE = ["export", "source_file", "source_row"]


def judged_access(
    model: CaseModel, entity: str, accounts: pl.DataFrame, moving: pl.Series, held: pl.Series
) -> pl.DataFrame:
    """The active rows of `entity` about persons whom a user of the company may, or may not, see.

    Args:
        accounts: of the company's new officers (mappings.staff.accounts, with new_officer).
        moving: user_id of the accounts of all companies that move.
        held: person_id of who has no region (G01) and stays with everything: nothing of them is looked at.

    Rows have the places of mappings.case.delivered_rows.
    """
    batch, baseline = model.batch, model.baseline
    known = logins(baseline)
    own = known.filter(pl.col("area") == batch.company)["login"]
    rows = baseline.standing(entity)
    concerned = rows.filter(as_login(pl.col("user")).is_in(own.implode()))["offender_id"]
    is_held = pl.col("offender_id").cast(pl.String).is_in(held.implode())
    is_looked_at = pl.col("offender_id").is_in(concerned.implode()) & ~is_held
    keyed = rows.filter(is_looked_at).with_columns(pl.col("key").cast(pl.String).alias("_key"))
    told = with_delivered(keyed, batch, entity, "_key").drop("_key")
    named = named_users(batch, baseline, accounts) if entity == RESTRICTION else NOBODY_NAMED
    return limited_access(told, entity, batch.company, known, moving, named)


def shared_accounts(baseline: Batch, moving: pl.Series) -> pl.Series:
    """Those of the accounts `moving` that stand in rows about persons with users of several companies."""
    rows = pl.concat([baseline.standing(entity).select("offender_id", "user") for entity in ENTITIES])
    closing = logins(baseline).filter(pl.col("area").is_in(list(companies()))).drop("user")
    placed = rows.select("offender_id", as_login(pl.col("user")).alias("login")).join(closing, on="login")
    shared = placed.filter(pl.col("area").n_unique().over("offender_id") > 1)["user_id"]
    return moving.filter(moving.is_in(shared.implode())).unique().sort()


def taken_accounts(baseline: Batch, accounts: pl.DataFrame) -> pl.DataFrame:
    """`user_id, area` of those of `accounts` that an answer takes from the officer of another company.

    `accounts`: mappings.staff.accounts of all companies. That company must know it: the rows of such a user
    stay as they are.
    """
    homes = logins(baseline).select("user_id", "area").drop_nulls()
    moving = accounts.select("company", "user_id").drop_nulls().join(homes, on="user_id", how="inner")
    return (
        moving.filter(pl.col("area") != pl.col("company")).select("user_id", "area").unique().sort("user_id")
    )


def access_inserts(judged: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """One restriction for each user whom an operator named, as the old row was and from Day 1.

    `members`: `staff_id, team_id` of the new officers; who and which team set the row.
    """
    first_teams = members.select("staff_id", "team_id").unique("staff_id", keep="first", maintain_order=True)
    named = judged.filter(pl.col("access") == NAMED)
    return named.join(
        first_teams, left_on="named_staff", right_on="staff_id", how="left", maintain_order="left"
    ).select(
        pl.concat_str(pl.lit(f"{RESTRICTION}:"), "key").alias("natural_key"),
        *PROVENANCE,
        pl.col("offender_id").cast(pl.String),
        pl.col("named_user").alias("user"),
        pl.lit(DAY_1).alias("start_date"),
        pl.lit(dt.time()).alias("start_time"),
        "end_date",
        "reason",
        pl.col("named_staff").alias("start_staff_id"),
        pl.coalesce("team_id", "named_team").alias("start_team_id"),
    )


def access_changes(judged: pl.DataFrame, entity: str) -> list[Change]:
    """The rows ended on Day 1: of users who stay behind while another remains or was named (L02)."""
    table = entity.upper()
    ended = judged.filter(pl.col("access").is_in([NAMED, ENDS])).select(
        pl.col("key").cast(pl.Int64), pl.lit(DAY_1).alias(f"{table}_END_DATE")
    )
    return [Change(table, "close", ended)] if ended.height else []
