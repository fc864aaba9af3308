"""Limited access on Day 1: who may, or may not, see a person stays the same people (L02, L03).

A row names a login. The login of who comes along gets a new user; that of who stays behind sees nothing more.
"""

import datetime as dt

import polars as pl

from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies
from vocabulary.findings import collect, findings_of

RESTRICTION, EXCLUSION = "restriction", "exclusion"
MOVES, NAMED, STAYS, ENDS, HELD = "moves", "named", "stays", "ends", "held"
"""What becomes of an active row: it is ended and written anew for the new user, or for the one that an
operator named, left as it is, ended (L02), or set aside with all rows of the person until somebody names a
user (L03)."""

NAMED_SCHEMA = {
    "offender_id": pl.Int64,
    **dict.fromkeys(("named_user", "named_staff", "named_team"), pl.String),
}
"""Who is named for a person whom nobody else may see: user, officer and team, as a new row refers to them."""

NOBODY_NAMED = pl.DataFrame(schema=NAMED_SCHEMA)


def logins(baseline: Batch) -> pl.DataFrame:
    """`user, staff_id, area`: every login in use, with its officer and the officer's area (null without)."""
    areas = baseline.carried("delius", "staff").select("staff_id", "area").unique("staff_id")
    users = baseline.carried("delius", "user")
    in_use = users.filter(pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1))
    return (
        in_use.join(areas, on="staff_id", how="left")
        .select("user", "staff_id", "area")
        .unique("user", keep="first")
    )


def limited_access(
    rows: pl.DataFrame,
    entity: str,
    company: str,
    known: pl.DataFrame,
    new_users: pl.DataFrame,
    coming: pl.Series,
    named: pl.DataFrame = NOBODY_NAMED,
) -> pl.DataFrame:
    """The active `rows` of `entity` (restriction or exclusion) with `access`, `new_officer` and NAMED_SCHEMA.

    Args:
        rows: carried rows with offender_id, user, end_date.
        known: `logins` of the baseline.
        new_users: `user, new_officer` of the company's employees who get a new user.
        coming: logins of all companies that get a new user: every company closes on Day 1.
        named: NAMED_SCHEMA, for restrictions that would be held.

    A login of another area, or that nobody knows, is not the company's to change. Of exclusions the last one
    stays though its user does not come: the person would no longer be one with limited access.
    """
    active = rows.filter(pl.col("end_date").is_null() | (pl.col("end_date") > DAY_1))
    judged = (
        active.join(known.select("user", "area"), on="user", how="left", maintain_order="left")
        .join(new_users.unique("user", keep="first"), on="user", how="left", maintain_order="left")
        .join(named, on="offender_id", how="left", maintain_order="left")
        .with_columns((pl.col("area") == company).fill_null(False).alias("_is_own"))
        .with_columns(_can_see(coming).any().over("offender_id").alias("_another_remains"))
    )
    return judged.with_columns(_access(entity).alias("access")).drop("area", "_is_own", "_another_remains")


def access_findings(judged: pl.DataFrame, entity: str) -> pl.DataFrame:
    """L02 on rows that end while another user remains or was named, L03 on restrictions that are held."""
    return collect(
        [
            findings_of(judged.filter(pl.col("access").is_in(access)), rule, entity, "user")
            for rule, access in {"L02": [ENDS, NAMED], "L03": [HELD]}.items()
        ]
    )


def _can_see(coming: pl.Series) -> pl.Expr:
    """After Day 1 the row's user still works: a new user of any company, or one of an area that stays."""
    stays = pl.col("area").is_not_null() & ~pl.col("area").is_in(list(companies()))
    return pl.col("new_officer").is_not_null() | stays | pl.col("user").is_in(coming.implode())


def _is_longest_own() -> pl.Expr:
    """True of one row per person: one new row is enough, and it holds as long as any of the company's own."""
    until = pl.when("_is_own").then(pl.col("end_date").fill_null(dt.date.max))
    is_longest = (until == until.max()).fill_null(False)
    return (is_longest & (is_longest.cum_sum() == 1)).over("offender_id")


def _access(entity: str) -> pl.Expr:
    has_own = pl.col("_is_own").any().over("offender_id")
    nobody = HELD if entity == RESTRICTION else STAYS
    is_lost = has_own & ~pl.col("_another_remains")
    return (
        pl.when(is_lost & pl.col("named_user").is_null())
        .then(pl.lit(nobody))
        .when(is_lost & _is_longest_own())
        .then(pl.lit(NAMED))
        .when(~pl.col("_is_own"))
        .then(pl.lit(STAYS))
        .when(pl.col("new_officer").is_not_null())
        .then(pl.lit(MOVES))
        .otherwise(pl.lit(ENDS))
    )
