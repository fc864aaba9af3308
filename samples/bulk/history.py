"""What a person did before: an order of unpaid work of some years ago, and its sessions as a frame."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from samples.bulk.contacts import is_only_here
from samples.cases import Case, open_case
from samples.dates import days
from samples.population import History
from samples.unpaid_work import (
    ENDS,
    LONG,
    OUTCOMES,
    SENT_HOME_AFTER,
    SHORT,
    STARTS,
    add_order,
    projects_near,
)
from samples.world import Person, Row, World

SESSIONS = (20, 55)
"""Fewest and most sessions of a past order."""
HOURS_A_SESSION, HOURS_BESIDE = 5, 8
"""Ordered for each session, and once: never less than is credited, some being missed."""
EARLIEST, LATEST = dt.date(2016, 1, 4), dt.date(2018, 12, 31)
ATTENDED, COMPLIED = ("ATTC", "ATSH"), ("ATTC", "AASD")
ORDER = {
    "UPW_DETAILS_ID": pl.Int64, "OFFENDER_ID": pl.Int64, "EVENT_ID": pl.Int64, "RQMNT_ID": pl.Int64,
    "UPW_PROJECT_ID": pl.Int64, "PROBATION_AREA_CODE": pl.String, "TEAM_CODE": pl.String,
    "OFFICER_CODE": pl.String, "MINUTES_OFFERED": pl.Int64, "first": pl.Date, "sessions": pl.Int64,
    "crn": pl.String, "ProjectCode": pl.String, "ProjectName": pl.String, "ProjectType": pl.String,
}  # fmt: skip
"""What is the same in all sessions of an order. Names in small letters are never written to nDelius."""


def past_orders(share: float) -> History:
    """Gives every second person a past order, with `share` of the sessions that it would have."""

    def add(world: World, person: Person, number: int) -> None:
        if number % 2 == 0:
            _past_order(world, person, max(1, round(share * world.draw.number(*SESSIONS))))

    return add


def _past_order(world: World, person: Person, sessions: int) -> None:
    sentenced = world.draw.day(EARLIEST, LATEST)
    case = open_case(world, person, "201", ended=True, sentenced=sentenced, lasted=14 + 7 * sessions)
    order = add_order(world, case, max(40, sessions * HOURS_A_SESSION + HOURS_BESIDE), person.home)
    near = projects_near(world, person, person.home)
    is_woman = person.row["GENDER_CODE"] == "F"
    order.details.update(
        past=sessions,
        requirement=order.requirement,
        project=near[2] if is_woman else near[order.details["UPW_DETAILS_ID"] % 2],
    )


def past_sessions(world: World, company: str) -> pl.DataFrame:
    """The sessions of a company's past orders that nDelius knows, with the columns of both their tables."""
    orders = [
        _order(row) for row in world.tables["UPW_DETAILS"] if "past" in row and _is_only_of(row, company)
    ]
    frame = pl.DataFrame(orders, schema=ORDER, orient="row")
    frame = frame.with_columns(number=pl.int_ranges(0, "sessions")).explode("number")
    draw, place = world.draw, pl.int_range(pl.len(), dtype=pl.Int64)
    return frame.with_columns(
        (draw.keys("UPW_APPOINTMENT", frame.height) + place).alias("UPW_APPOINTMENT_ID"),
        (draw.keys("CONTACT", frame.height) + place).alias("CONTACT_ID"),
        _turn(OUTCOMES).alias("CONTACT_OUTCOME_TYPE_CODE"),
        (pl.col("first") + pl.duration(days=7 * pl.col("number"))).alias("APPOINTMENT_DATE"),
        pl.lit(STARTS).alias("START_TIME"),
        pl.col("MINUTES_OFFERED").replace_strict(ENDS, return_dtype=pl.Time).alias("END_TIME"),
    ).with_columns(*_credited(), *_as_contact())


def _is_only_of(row: Row, company: str) -> bool:
    """True when nDelius knows the order, and its person is the company's alone."""
    person: Person = row["case"].person
    return person.home == company and is_only_here(person) and not row.get("local_only")


def _order(row: Row) -> tuple[Any, ...]:
    case: Case = row["case"]
    project, desk = row["project"], case.person.place.unpaid_work
    first = case.start + days(10)
    return (
        row["UPW_DETAILS_ID"], case.person.id, case.event["EVENT_ID"], row["requirement"]["RQMNT_ID"],
        project["UPW_PROJECT_ID"], desk.area, desk.team, desk.officer,
        LONG if first.weekday() % 2 else SHORT, first, row["past"],
        case.person.row["CRN"], project["CODE"], project["NAME"], project["PROJECT_TYPE_CODE"],
    )  # fmt: skip


def _turn(choices: Sequence[str]) -> pl.Expr:
    """One of `choices` in turn, session by session of an order."""
    turn = (pl.col("number") + pl.col("UPW_DETAILS_ID")) % len(choices)
    return turn.replace_strict(dict(enumerate(choices)), return_dtype=pl.String)


def _credited() -> list[pl.Expr]:
    outcome = pl.col("CONTACT_OUTCOME_TYPE_CODE")
    credited = (
        pl.when(outcome == "ATTC").then("MINUTES_OFFERED").when(outcome == "ATSH").then(SENT_HOME_AFTER)
    )
    return [
        credited.otherwise(0).alias("MINUTES_CREDITED"),
        outcome.is_in(ATTENDED).alias("ATTENDED"),
        outcome.is_in(COMPLIED).alias("COMPLIED"),
        pl.lit(0).alias("TRAVEL_TIME"),
        pl.lit(0).alias("PENALTY_TIME"),
        pl.lit(False).alias("SOFT_DELETED"),
    ]


def _as_contact() -> list[pl.Expr]:
    return [
        pl.lit("CUPA").alias("CONTACT_TYPE_CODE"),
        pl.col("APPOINTMENT_DATE").alias("CONTACT_DATE"),
        pl.col("START_TIME").alias("CONTACT_START_TIME"),
        pl.lit(False).alias("RAR_ACTIVITY"),
        pl.lit(False).alias("SENSITIVE"),
    ]
