"""Limited access on Day 1: who may, or may not, see a person stays the same people (L02, L03).

A row names a login. The login of who comes along gets a new user; that of who stays behind sees nothing more.
"""

import polars as pl

from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies
from vocabulary.findings import collect, findings_of

RESTRICTION, EXCLUSION = "restriction", "exclusion"
MOVES, STAYS, ENDS, HELD = "moves", "stays", "ends", "held"
"""What becomes of an active row: it is ended and written anew for the new user, left as it is, ended (L02),
or set aside with all rows of the person until somebody names a user (L03)."""


def logins(baseline: Batch) -> pl.DataFrame:
    """`user, area`: every login in use, with the area of its officer (null without one)."""
    areas = baseline.carried("delius", "staff").select("staff_id", "area").unique("staff_id")
    users = baseline.carried("delius", "user")
    in_use = users.filter(pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1))
    return in_use.join(areas, on="staff_id", how="left").select("user", "area").unique("user", keep="first")


def limited_access(
    rows: pl.DataFrame,
    entity: str,
    company: str,
    known: pl.DataFrame,
    new_users: pl.DataFrame,
    coming: pl.Series,
) -> pl.DataFrame:
    """The active `rows` of `entity` (restriction or exclusion) with `access` and `new_officer`.

    Args:
        rows: carried rows with offender_id, user, end_date.
        known: `logins` of the baseline.
        new_users: `user, new_officer` of the company's employees who get a new user.
        coming: logins of all companies that get a new user: every company closes on Day 1.

    A login of another area, or that nobody knows, is not the company's to change. Of exclusions the last one
    stays though its user does not come: the person would no longer be one with limited access.
    """
    active = rows.filter(pl.col("end_date").is_null() | (pl.col("end_date") > DAY_1))
    judged = (
        active.join(known, on="user", how="left", maintain_order="left")
        .join(new_users.unique("user", keep="first"), on="user", how="left", maintain_order="left")
        .with_columns((pl.col("area") == company).fill_null(False).alias("_is_own"))
        .with_columns(_can_see(coming).any().over("offender_id").alias("_another_remains"))
    )
    return judged.with_columns(_access(entity).alias("access")).drop("area", "_is_own", "_another_remains")


def access_findings(judged: pl.DataFrame, entity: str) -> pl.DataFrame:
    """L02 on rows that end, L03 on restrictions that are held."""
    return collect(
        [
            findings_of(judged.filter(pl.col("access") == access), rule, entity, "user")
            for rule, access in {"L02": ENDS, "L03": HELD}.items()
        ]
    )


def _can_see(coming: pl.Series) -> pl.Expr:
    """After Day 1 the row's user still works: a new user of any company, or one of an area that stays."""
    stays = pl.col("area").is_not_null() & ~pl.col("area").is_in(list(companies()))
    return pl.col("new_officer").is_not_null() | stays | pl.col("user").is_in(coming.implode())


def _access(entity: str) -> pl.Expr:
    has_own = pl.col("_is_own").any().over("offender_id")
    nobody = HELD if entity == RESTRICTION else STAYS
    return (
        pl.when(has_own & ~pl.col("_another_remains"))
        .then(pl.lit(nobody))
        .when(~pl.col("_is_own"))
        .then(pl.lit(STAYS))
        .when(pl.col("new_officer").is_not_null())
        .then(pl.lit(MOVES))
        .otherwise(pl.lit(ENDS))
    )
