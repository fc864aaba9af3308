"""Teams and officers made by day1: stand-ins that nDelius has and no export carries, and receiving teams."""

import datetime as dt

import polars as pl

from target.assignment import UNALLOCATED_OFFICER, UNALLOCATED_TEAM
from target.bulk import insert, read
from target.reference_data.rows import next_ids
from target.resolve import Resolver

_START = dt.date(2014, 6, 1)
"""Start of what day1 makes: when the areas were set up, so that no row refers to a team before its start."""

STAFF, OFFICER, OFFICER_STAFF = "STAFF", "OFFICER", "STAFF_EMPLOYEE_ID"
"""OFFICER unites own staff and outside employees: each STAFF row has one there, under the same number."""

_OFFICER_NAME = {"first_name": "Unallocated", "surname": "Staff"}


def add_teams(resolver: Resolver, teams: pl.DataFrame) -> None:
    """Teams that are missing, each with its unallocated officer, a member of it, and the union rows of both.

    `teams`: code, name, area, pdu (may be null), is_unpaid_work_team. Existing teams get what they lack.
    Source: target.md, section 9, rules 8 and 9.
    """
    wanted = teams.unique("code", keep="first", maintain_order=True)
    known = resolver.codes("TEAM")["code"]
    new = wanted.filter(~pl.col("code").is_in(known.implode()))
    if new.height:
        new = new.with_columns(
            pl.lit(_START).alias("start_date"), next_ids(resolver, "TEAM", new).alias("team_id")
        )
        insert_teams(resolver, new)
    _add_unallocated_officers(resolver, wanted)


def insert_teams(resolver: Resolver, teams: pl.DataFrame) -> None:
    """TEAM and ALL_TEAM rows of `teams` (words of entity `team`), and the units above them."""
    placed = teams.with_columns(
        pl.coalesce("pdu", pl.col("area") + UNALLOCATED_TEAM).alias("district"),
        (pl.col("area") + UNALLOCATED_TEAM).alias("local_delivery_unit"),
    )
    add_districts(
        resolver, placed.select(pl.col("district").alias("code"), "area", pl.col("district").alias("name"))
    )
    insert(resolver.connection, "TEAM", resolver.rows("TEAM", placed))
    resolver.lists.forget("TEAM")
    union = placed.with_columns(pl.lit(0).alias("is_agency"))
    insert(resolver.connection, "ALL_TEAM", resolver.rows("ALL_TEAM", union))


def add_districts(resolver: Resolver, units: pl.DataFrame) -> None:
    """The BOROUGH (later PDU) rows that are missing, each with a DISTRICT. `units`: code, area, name."""
    known = resolver.codes("BOROUGH")["code"]
    new = units.unique("code", keep="first", maintain_order=True).filter(
        ~pl.col("code").is_in(known.implode())
    )
    if new.is_empty():
        return
    named = new.with_columns(pl.col("name").alias("description"), pl.col("code").alias("borough"))
    for table in ("BOROUGH", "DISTRICT"):
        insert(resolver.connection, table, resolver.rows(table, named, next_ids(resolver, table, named)))
        resolver.lists.forget(table)


def insert_staff(resolver: Resolver, staff: pl.DataFrame) -> None:
    """STAFF and OFFICER rows of `staff` (words of entity `staff`)."""
    insert(resolver.connection, STAFF, resolver.rows(STAFF, staff))
    resolver.lists.forget(OFFICER)
    union = staff.with_columns(pl.lit(0).alias("is_agency"))
    insert(resolver.connection, OFFICER, resolver.rows(OFFICER, union))


def _add_unallocated_officers(resolver: Resolver, teams: pl.DataFrame) -> None:
    wanted = teams.select(
        (pl.col("code") + UNALLOCATED_OFFICER).alias("officer"), "area", pl.col("code").alias("team")
    )
    known = resolver.codes("OFFICER")["code"]
    new = wanted.filter(~pl.col("officer").is_in(known.implode()))
    if new.height:
        named = new.with_columns(
            pl.lit(_START).alias("start_date"), *(pl.lit(v).alias(k) for k, v in _OFFICER_NAME.items())
        )
        insert_staff(resolver, named.with_columns(next_ids(resolver, "STAFF", named).alias("staff_id")))
    _add_members(resolver, wanted)


def _add_members(resolver: Resolver, wanted: pl.DataFrame) -> None:
    """STAFF_TEAM rows that are missing: the staff of a manager row must be a member of its team (rule 7)."""
    pairs = wanted.join(resolver.codes("OFFICER"), left_on="officer", right_on="code").rename(
        {"id": "staff_id"}
    )
    pairs = pairs.join(resolver.codes("TEAM"), left_on="team", right_on="code").rename({"id": "team_id"})
    known = read(resolver.connection, "STAFF_TEAM", ["STAFF_ID", "TEAM_ID"])
    new = pairs.join(known, left_on=["staff_id", "team_id"], right_on=["STAFF_ID", "TEAM_ID"], how="anti")
    insert(resolver.connection, "STAFF_TEAM", resolver.rows("STAFF_TEAM", new))
