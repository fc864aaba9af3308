"""Limited access on Day 1: rows of users who move stay as they are, the others end or wait (L02, L03).

A row names a user. The account of who comes along moves with its restrictions and exclusions; that of who
stays with a company sees nothing more. Users who are of no company stay, and count as remaining.
"""

import datetime as dt

import polars as pl

from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies
from vocabulary.findings import collect, findings_of

RESTRICTION = "restriction"
NAMED, STAYS, ENDS, HELD = "named", "stays", "ends", "held"
"""What becomes of an active row: it stays, or ends (L02), or ends and a new one is written for whom an
operator named, or is set aside with all rows of the person until somebody names a user (L03)."""

NAMED_SCHEMA = {
    "offender_id": pl.Int64,
    **dict.fromkeys(("named_user", "named_staff", "named_team"), pl.String),
}
"""Who is named for a person whom nobody else may see: user, officer and team, as a new row refers to them."""

NOBODY_NAMED = pl.DataFrame(schema=NAMED_SCHEMA)


def as_login(user: pl.Expr) -> pl.Expr:
    """A login as it is compared: nDelius lets `ZZUser` in as `zzuser`."""
    return user.str.strip_chars().str.to_lowercase()


def is_active() -> pl.Expr:
    """True of a restriction or exclusion that holds on Day 1 (record 25)."""
    return pl.col("end_date").is_null() | (pl.col("end_date") > DAY_1)


def logins(baseline: Batch) -> pl.DataFrame:
    """`login, user, user_id, staff_id, area`: every login in use, with its officer's area (null without)."""
    areas = baseline.standing("staff").select("staff_id", "area").unique("staff_id")
    users = baseline.standing("user")
    in_use = users.filter(pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1))
    return (
        in_use.join(areas, on="staff_id", how="left", maintain_order="left")
        .select(as_login(pl.col("user")).alias("login"), "user", "user_id", "staff_id", "area")
        .unique("login", keep="first", maintain_order=True)
    )


def limited_access(
    rows: pl.DataFrame,
    entity: str,
    company: str,
    known: pl.DataFrame,
    moving: pl.Series,
    named: pl.DataFrame = NOBODY_NAMED,
) -> pl.DataFrame:
    """The active `rows` of `entity` (restriction or exclusion) with `access` and NAMED_SCHEMA.

    Args:
        rows: rows of nDelius with offender_id, user, end_date.
        known: `logins` of the baseline.
        moving: user_id of the accounts that move, of all companies: every company closes on Day 1.
        named: NAMED_SCHEMA, for restrictions that would be held.

    Only rows of the company's own users change. Of exclusions the last one stays though its user does not
    come: the person would no longer be one with limited access.
    """
    active = rows.filter(is_active())
    comes = pl.col("user_id").is_in(moving.implode())
    is_closing = pl.col("area").is_in(list(companies())).fill_null(False)
    remains = pl.col("user_id").is_not_null() & (comes | ~is_closing)
    judged = (
        active.with_columns(as_login(pl.col("user")).alias("login"))
        .join(known.select("login", "user_id", "area"), on="login", how="left", maintain_order="left")
        .join(named, on="offender_id", how="left", maintain_order="left")
        .with_columns(((pl.col("area") == company) & ~comes).fill_null(False).alias("_stays_behind"))
        .with_columns(remains.fill_null(False).any().over("offender_id").alias("_another_remains"))
    )
    added = ("login", "user_id", "area", "_stays_behind", "_another_remains")
    return judged.with_columns(_access(entity).alias("access")).drop(added)


def access_findings(judged: pl.DataFrame, entity: str) -> pl.DataFrame:
    """L02 on rows that end while another user remains or was named, L03 on restrictions that are held."""
    return collect(
        [
            findings_of(judged.filter(pl.col("access").is_in(access)), rule, entity, "user")
            for rule, access in {"L02": [ENDS, NAMED], "L03": [HELD]}.items()
        ]
    )


def _is_longest_own() -> pl.Expr:
    """True of one row per person: one new row is enough, and it holds as long as any of the company's own."""
    until = pl.when("_stays_behind").then(pl.col("end_date").fill_null(dt.date.max))
    is_longest = (until == until.max()).fill_null(False)
    return (is_longest & (is_longest.cum_sum() == 1)).over("offender_id")


def _access(entity: str) -> pl.Expr:
    is_lost = pl.col("_stays_behind").any().over("offender_id") & ~pl.col("_another_remains")
    return (
        pl.when(is_lost & pl.col("named_user").is_null())
        .then(pl.lit(HELD if entity == RESTRICTION else STAYS))
        .when(is_lost & _is_longest_own())
        .then(pl.lit(NAMED))
        .when("_stays_behind")
        .then(pl.lit(ENDS))
        .otherwise(pl.lit(STAYS))
    )
