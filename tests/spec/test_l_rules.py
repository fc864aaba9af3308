"""L02 and L03: who may see a person of limited access, drawn as a table."""

import datetime as dt

import polars as pl
import pytest
from drawn_tables import drawn, label

from mappings.staff.limited_access import NAMED_SCHEMA, access_findings, limited_access, logins
from vocabulary.batch import Batch

ENDED = dt.date(2021, 1, 31)
ACCOUNTS = drawn("""
user         | area | moves | ended
comes        | C06  | Y     |
Comes.Too    | C06  | Y     |
leaves       | C06  |       |
objects      | C06  |       |
other.comes  | C02  | Y     |
other.leaves | C02  |       |
region       | N51  |       |
gone         | N51  |       | Y
service      |      |       |
""")
"""Accounts of a baseline: four of the company, two of another, two of a region, one of nobody. They are
numbered from 1, as is the STAFF row of each that has an area."""

MOVING = pl.Series([number for number, one in enumerate(ACCOUNTS, start=1) if one["moves"]])
PERSON = 2500000001
NAMED = pl.DataFrame([(PERSON, "region", "5", "7")], schema=NAMED_SCHEMA, orient="row")
"""An operator named a login of a region for the person."""


def known_logins() -> pl.DataFrame:
    """The logins of ACCOUNTS."""
    numbers = range(1, len(ACCOUNTS) + 1)
    officers = [(number, one["area"]) for number, one in zip(numbers, ACCOUNTS, strict=True) if one["area"]]
    users = [
        (number, one["user"], number if one["area"] else None, ENDED if one["ended"] else None)
        for number, one in zip(numbers, ACCOUNTS, strict=True)
    ]
    staff = pl.DataFrame(officers, schema=["staff_id", "area"], orient="row")
    named = ["user_id", "user", "staff_id", "end_date"]
    frames = {"staff": staff, "user": pl.DataFrame(users, schema=named, orient="row")}
    carried = {name: rows.with_columns(row_outcome=pl.lit("carried")) for name, rows in frames.items()}
    return logins(Batch("N00", "day-1", dt.date(2021, 6, 25), {"delius": carried}))


def rows_of(users: list[str], end_date: dt.date | None = None) -> pl.DataFrame:
    """One active row per login, of one person."""
    return pl.DataFrame({"user": users}).select(
        pl.lit("C06").alias("company"),
        pl.lit("delius").alias("export"),
        pl.lit("C06_delius_RESTRICTION.txt").alias("source_file"),
        (pl.int_range(pl.len()) + 2).cast(pl.String).alias("source_row"),
        pl.lit(PERSON).alias("offender_id"),
        "user",
        pl.lit(end_date, pl.Date).alias("end_date"),
    )


CASES = drawn("""
users               | restriction | rules   | exclusion   | excluded rules
comes comes.too     | stays stays |         | stays stays |
comes leaves        | stays ends  | L02     | stays ends  | L02
COMES Leaves        | stays ends  | L02     | stays ends  | L02
leaves region       | ends stays  | L02     | ends stays  | L02
leaves service      | ends stays  | L02     | ends stays  | L02
leaves              | held        | L03     | stays       |
leaves objects      | held held   | L03 L03 | stays stays |
leaves gone         | held held   | L03 L03 | stays stays |
leaves unknown      | held held   | L03 L03 | stays stays |
leaves other.comes  | ends stays  | L02     | ends stays  | L02
leaves other.leaves | held held   | L03 L03 | stays stays |
other.leaves        | stays       |         | stays       |
comes unknown       | stays stays |         | stays stays |
region              | stays       |         | stays       |
gone                | stays       |         | stays       |
""")


@pytest.mark.parametrize("case", CASES, ids=label)
@pytest.mark.parametrize(
    ("entity", "rules"), [("restriction", "rules"), ("exclusion", "excluded rules")], ids=["may", "may not"]
)
def test_who_sees_a_person(case: dict[str, str], entity: str, rules: str) -> None:
    judged = limited_access(rows_of(case["users"].split()), entity, "C06", known_logins(), MOVING)
    assert judged["access"].to_list() == case[entity].split()
    assert access_findings(judged, entity)["rule"].to_list() == case[rules].split()


ANSWERED = drawn("""
users               | restriction | rules
leaves              | named       | L02
leaves objects      | named ends  | L02 L02
leaves gone         | named stays | L02
gone leaves         | stays named | L02
leaves other.leaves | named stays | L02
comes leaves        | stays ends  | L02
leaves region       | ends stays  | L02
other.leaves        | stays       |
""")


@pytest.mark.parametrize("case", ANSWERED, ids=label)
def test_a_named_user_sees_who_would_be_visible_to_nobody(case: dict[str, str]) -> None:
    rows = rows_of(case["users"].split())
    judged = limited_access(rows, "restriction", "C06", known_logins(), MOVING, NAMED)
    assert judged["access"].to_list() == case["restriction"].split()
    assert access_findings(judged, "restriction")["rule"].to_list() == case["rules"].split()


def test_the_new_row_holds_as_long_as_the_longest_old_one() -> None:
    until = [dt.date(2021, 9, 1), dt.date(2021, 12, 1), dt.date(2021, 10, 1)]
    rows = rows_of(["leaves", "objects", "leaves"]).with_columns(pl.Series("end_date", until))
    judged = limited_access(rows, "restriction", "C06", known_logins(), MOVING, NAMED)
    assert judged["access"].to_list() == ["ends", "named", "ends"]


def test_who_is_named_for_one_person_sees_no_other() -> None:
    rows = rows_of(["leaves"]).with_columns(pl.lit(PERSON + 1).alias("offender_id"))
    judged = limited_access(rows, "restriction", "C06", known_logins(), MOVING, NAMED)
    assert judged["access"].to_list() == ["held"]


def test_each_person_is_judged_alone() -> None:
    rows = rows_of(["comes", "leaves"]).with_columns(pl.Series("offender_id", [1, 2]))
    judged = limited_access(rows, "restriction", "C06", known_logins(), MOVING)
    assert judged["access"].to_list() == ["stays", "held"]


@pytest.mark.parametrize(
    ("end_date", "count"), [(ENDED, 0), (dt.date(2021, 6, 26), 0), (dt.date(2021, 6, 27), 1)]
)
def test_only_active_rows_are_looked_at(end_date: dt.date, count: int) -> None:
    judged = limited_access(rows_of(["leaves"], end_date), "restriction", "C06", known_logins(), MOVING)
    assert judged.height == count


def test_severities_are_those_of_the_rules() -> None:
    ends = limited_access(rows_of(["comes", "leaves"]), "restriction", "C06", known_logins(), MOVING)
    held = limited_access(rows_of(["leaves"]), "restriction", "C06", known_logins(), MOVING)
    found = [access_findings(judged, "restriction").row(0, named=True) for judged in (ends, held)]
    assert [(one["rule"], one["severity"], one["source_row"]) for one in found] == [
        ("L02", "info", "3"),
        ("L03", "set_aside", "2"),
    ]
