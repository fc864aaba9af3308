"""Restrictions and exclusions on Day 1: whose rows are looked at, and what is written of them (L02, L03).

A login that comes along gets a new user, so its row is ended and written anew; so it is with the rows about
other companies' persons that name the login: they too must keep out, or let in, the same people.
"""

import datetime as dt

import polars as pl

from mappings.agreed import agreed
from mappings.staff.access import ENDS, MOVES, NAMED, NOBODY_NAMED, RESTRICTION, limited_access, logins
from mappings.staff.named_users import named_users
from mappings.staff.officer_codes import EMPLOYEE
from mappings.staff.records import staff_key, user_key
from target.plan import Change
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.companies import companies

ENTITIES = ("restriction", "exclusion")
PROVENANCE = ["export", "source_file", "source_row"]


def judged_access(
    batch: Batch, baseline: Batch, entity: str, users: pl.DataFrame, coming: pl.Series
) -> pl.DataFrame:
    """The active rows of `entity` that concern the company, with what `limited_access` adds.

    `users`: `user, new_officer` of the employees who get a new user; `coming`: such logins of all companies.
    """
    known = logins(baseline)
    own = _of_own_persons(batch, baseline, entity)
    logged_in = known.filter(pl.col("area") == batch.company)["user"]
    rows = pl.concat([own, _of_others(batch, baseline, entity, logged_in)], how="diagonal")
    named = named_users(batch, baseline, users) if entity == RESTRICTION else NOBODY_NAMED
    return limited_access(rows, entity, batch.company, known, users, coming, named)


def new_users(assigned: pl.DataFrame, officers: pl.DataFrame) -> pl.DataFrame:
    """`user, new_officer` of `officers` (with new_officer) whose employee gives a login."""
    logged_in = assigned.filter(pl.col("user").is_not_null()).select(*EMPLOYEE, "user")
    return logged_in.join(officers, on=EMPLOYEE, how="inner", maintain_order="left").select(
        "user", "new_officer"
    )


def shared_logins(baseline: Batch) -> pl.Series:
    """Logins in rows about persons whom logins of several companies may, or may not, see."""
    rows = pl.concat(
        [baseline.carried("delius", entity).select("offender_id", "user") for entity in ENTITIES]
    )
    closing = logins(baseline).filter(pl.col("area").is_in(list(companies())))
    placed = rows.join(closing, on="user", how="inner")
    return placed.filter(pl.col("area").n_unique().over("offender_id") > 1)["user"].unique().sort()


def access_inserts(judged: pl.DataFrame, entity: str, members: pl.DataFrame) -> pl.DataFrame:
    """One row of `entity` for each new user, and each that was named, as the old row was and from Day 1.

    `members`: `staff_id, team_id` of the new officers; who and which team set the row.
    """
    first_teams = members.select("staff_id", "team_id").unique("staff_id", keep="first")
    is_named = pl.col("access") == NAMED
    moving = judged.filter(pl.col("access").is_in([MOVES, NAMED])).with_columns(
        pl.when(is_named).then("named_staff").otherwise(staff_key(pl.col("new_officer"))).alias("staff_id"),
        pl.when(is_named).then("named_user").otherwise(user_key(pl.col("new_officer"))).alias("user"),
    )
    start_time = [pl.lit(dt.time()).alias("start_time")] if "start_time" in judged.columns else []
    return moving.join(first_teams, on="staff_id", how="left", maintain_order="left").select(
        pl.concat_str(pl.lit(f"{entity}:"), "key").alias("natural_key"),
        *PROVENANCE,
        pl.col("offender_id").cast(pl.String),
        "user",
        pl.lit(DAY_1).alias("start_date"),
        *start_time,
        "end_date",
        "reason",
        pl.col("staff_id").alias("start_staff_id"),
        pl.coalesce("team_id", "named_team").alias("start_team_id"),
    )


def access_changes(judged: pl.DataFrame, entity: str) -> list[Change]:
    """The old rows ended on Day 1: those written anew, and those whose user stays behind (L02)."""
    table = entity.upper()
    ended = judged.filter(pl.col("access").is_in([MOVES, NAMED, ENDS])).select(
        pl.col("key").cast(pl.Int64), pl.lit(DAY_1).alias(f"{table}_END_DATE")
    )
    return [Change(table, "close", ended)] if ended.height else []


def _of_own_persons(batch: Batch, baseline: Batch, entity: str) -> pl.DataFrame:
    """Rows of the persons whom the company delivered and nobody set aside."""
    if batch.has("delius"):
        return agreed(batch, baseline, entity)
    persons = batch.carried("spg", "offender")["person_id"]
    return _named_after(
        batch, baseline.carried("delius", entity).filter(_person_id().is_in(persons.implode()))
    )


def _of_others(batch: Batch, baseline: Batch, entity: str, logged_in: pl.Series) -> pl.DataFrame:
    """Rows of persons whom the company did not deliver, where one of them names the company's login."""
    export = str(batch.case_export)
    offenders = batch.all(export, "offender")
    own = offenders["person_id"] if export == "spg" else offenders["offender_id"].cast(pl.String)
    rows = baseline.carried("delius", entity).filter(~_person_id().is_in(own.drop_nulls().implode()))
    concerned = rows.filter(pl.col("user").is_in(logged_in.implode()))["offender_id"]
    return _named_after(batch, rows.filter(pl.col("offender_id").is_in(concerned.implode())))


def _named_after(batch: Batch, rows: pl.DataFrame) -> pl.DataFrame:
    """Findings on rows of the baseline are the company's whose users they concern."""
    return rows.with_columns(pl.lit(batch.company).alias("company"))


def _person_id() -> pl.Expr:
    return pl.col("offender_id").cast(pl.String)
