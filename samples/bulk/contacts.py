"""More contacts for persons that nDelius knows, as a frame: many for a few, some for most."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from samples.dates import EXTRACT
from samples.diary import TYPES
from samples.world import Person, Row, World

SPREAD = 1.1
"""Spread of log-normal shares: the middle person has half of the mean, one in a hundred seven times it."""
MOST = 3_000
"""Contacts drawn for one person by weight: with all else they must go into one interchange."""
OUTCOMES = ("ATTC", "ATTC", "ATTC", "AAME", "UAAB", "ATTC", "AASD")
YEARS_BACK = 5 * 365
QUARTER = 15 * 60 * 10**9
"""Of an hour, in nanoseconds."""
WEEKEND = 5
PERSON = {
    "OFFENDER_ID": pl.Int64, "EVENT_ID": pl.Int64, "since": pl.Int64, "PROBATION_AREA_CODE": pl.String,
    "TEAM_CODE": pl.String, "OFFICER_CODE": pl.String, "crn": pl.String, "contacts": pl.Int64,
}  # fmt: skip
"""What all contacts of a person have; `since` is days since the sentence, or all days looked back."""


def more_contacts(world: World, company: str, wanted: int) -> pl.DataFrame:
    """`wanted` contacts of the past among the persons of a company whom it alone has and nDelius knows."""
    people = [person for person in world.of(company) if is_only_here(person)]
    weights = [world.draw.weight(SPREAD) for _ in people]
    events = _live_events(world)
    rows = [
        _person(person, events.get(person.id), count)
        for person, count in zip(people, divided(wanted, weights), strict=True)
    ]
    frame = pl.DataFrame(rows, schema=PERSON, orient="row")
    frame = frame.with_columns(number=pl.int_ranges(0, "contacts")).explode("number")
    first = world.draw.keys("CONTACT", frame.height)
    salt = world.draw.number(1, 1_000_000)
    drawn = frame.with_columns(CONTACT_ID=first + pl.int_range(pl.len(), dtype=pl.Int64))
    drawn = drawn.with_columns(a=_mixed(salt), b=_mixed(salt + 1), c=_mixed(salt + 2))
    return drawn.with_columns(*_of_event()).with_columns(*_diary())


def is_only_here(person: Person) -> bool:
    """True when nDelius knows the person, and one company alone has them."""
    return not person.row.get("local_only") and "in_two_companies" not in person.row


def divided(wanted: int, weights: list[float]) -> list[int]:
    """`wanted` divided by weights into whole numbers of at most MOST; what is left over goes to all alike."""
    if not weights:
        return []
    whole = sum(weights)
    counts = [min(MOST, int(wanted * weight / whole)) for weight in weights]
    each, rest = divmod(wanted - sum(counts), len(counts))
    return [count + each + (place < rest) for place, count in enumerate(counts)]


def _live_events(world: World) -> dict[int, Row]:
    return {
        row["OFFENDER_ID"]: row
        for row in world.tables["EVENT"]
        if row["ACTIVE_FLAG"] and not row["SOFT_DELETED"] and not row.get("local_only")
    }


def _person(person: Person, event: Row | None, count: int) -> tuple[Any, ...]:
    desk = person.place.person
    key, since = (event["EVENT_ID"], (EXTRACT - event["REFERRAL_DATE"]).days) if event else (None, YEARS_BACK)
    return person.id, key, since, desk.area, desk.team, desk.officer, person.row["CRN"], count


def _mixed(salt: int) -> pl.Expr:
    """A whole number that looks drawn, made of the key: the same on every machine and in every version."""
    mixed = pl.col("CONTACT_ID") % 1_000_003 * 48_271 + salt * 7_919
    for factor in (16_807, 69_621):
        mixed = (mixed // 32_768 + mixed * factor) % 2_147_483_647
    return mixed


def _of_event() -> list[pl.Expr]:
    """One in four contacts is about the person, and may be older than the sentence."""
    is_of_event = pl.col("a") % 4 > 0
    return [
        pl.when(is_of_event).then("EVENT_ID").alias("EVENT_ID"),
        pl.when(is_of_event).then("since").otherwise(YEARS_BACK).alias("since"),
    ]


def _diary() -> list[pl.Expr]:
    day = pl.lit(EXTRACT) - pl.duration(days=1 + pl.col("b") % pl.max_horizontal(pl.col("since"), 1))
    at_weekend = pl.max_horizontal(day.dt.weekday().cast(pl.Int64) - WEEKEND, 0)
    opening = pl.lit(dt.time(9)).cast(pl.Int64)
    return [
        (day - pl.duration(days=at_weekend)).alias("CONTACT_DATE"),
        (opening + pl.col("c") // 8 % 32 * QUARTER).cast(pl.Time).alias("CONTACT_START_TIME"),
        _one_of(TYPES, pl.col("c")).alias("CONTACT_TYPE_CODE"),
        _one_of(OUTCOMES, pl.col("a") // 4).alias("CONTACT_OUTCOME_TYPE_CODE"),
        pl.lit(False).alias("RAR_ACTIVITY"),
        (pl.col("b") // 2_048 % 50 == 0).alias("SENSITIVE"),
        pl.lit(False).alias("SOFT_DELETED"),
        _note().alias("NOTES"),
    ]


def _note() -> pl.Expr:
    """Two contacts in three have a note, of up to ten words."""
    words = pl.lit(" word").repeat_by(pl.col("c") // 512 % 8).list.join("")
    note = pl.format("Sample note {}{}", "CONTACT_ID", words)
    return pl.when(pl.col("a") // 64 % 3 > 0).then(note).otherwise(pl.lit(""))


def _one_of(choices: Sequence[str], number: pl.Expr) -> pl.Expr:
    return (number % len(choices)).replace_strict(dict(enumerate(choices)), return_dtype=pl.String)
