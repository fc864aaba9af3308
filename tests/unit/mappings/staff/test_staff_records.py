"""New STAFF, STAFF_TEAM, USER_ and PROBATION_AREA_USER rows fit their records; which accounts move."""

import datetime as dt

import polars as pl
import pytest
from staff_returns import assigned, components

from mappings.staff.accounts import NEW_ACCOUNT_SCHEMA
from mappings.staff.records import account_moves, staff_inserts
from validators.schemas import check_records

MADE = {
    "employee_ref": "E1", "staff_first_name": "Qxold", "staff_surname": "Zzmaiden", "login": "zzsample.user",
    "is_new": True, "region": "N50", "new_officer": "N50A001",
}  # fmt: skip
MOVES = {
    "employee_ref": "E2", "user_id": 42, "login": "zz.moves", "is_new": False, "region": "N51",
    "new_officer": "N51A001",
}  # fmt: skip
ACCOUNTS = pl.DataFrame(
    [{"company": "C07", "is_confirmed": True, "differs": "", **one} for one in (MADE, MOVES)],
    schema=NEW_ACCOUNT_SCHEMA,
)
"""One account is made under the names that nDelius has, one moves."""

TABLES = ("STAFF", "STAFF_TEAM", "USER_", "PROBATION_AREA_USER")
PEOPLE = assigned(
    {"officer_codes": "C07A001;C07A003", "user": "zzsample.user"},
    {"officer_codes": "C07A002", "team": "C07S12", "region": "N50"},
    {"officer_codes": "C07A004"},
)


def inserts() -> dict[str, pl.DataFrame]:
    """The rows of two new officers; the second keeps a case in N51."""
    moving = components(("C07A002", "N51", "N51A01", "kept")).with_columns(
        pl.lit("N51A001").alias("n_officer")
    )
    return staff_inserts(PEOPLE, ACCOUNTS, moving)


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_fit_the_target(table: str) -> None:
    assert check_records(table, inserts()[table]).rows() == []


def test_a_new_officer_starts_on_day_1_in_the_region() -> None:
    rows = (
        inserts()["STAFF"].select("officer", "area", "grade", "start_date", "end_date", "source_row").rows()
    )
    day = dt.date(2021, 6, 26)
    assert rows == [
        ("N50A001", "N50", "PSM", day, None, "Staff!2"),
        ("N51A001", "N51", "PSM", day, None, "Staff!3"),
    ]


def test_an_officer_is_a_member_of_the_receiving_team() -> None:
    assert inserts()["STAFF_TEAM"].select("staff_id", "team_id").rows() == [
        ("staff:N50A001", "N50A01"),
        ("staff:N51A001", "N51A01"),
    ]


def test_a_new_officer_is_called_as_ndelius_has_the_old_one() -> None:
    names = inserts()["STAFF"].select("surname", "first_name").rows()
    assert names == [("Zzmaiden", "Qxold"), PEOPLE.select("surname", "first_name").row(1)]


def test_a_user_is_made_only_where_ndelius_has_no_account() -> None:
    assert inserts()["USER_"].select("natural_key", "staff_id", "user").rows() == [
        ("user:N50A001", "staff:N50A001", "zzsample.user")
    ]


def test_the_account_that_ndelius_has_moves() -> None:
    (change,) = account_moves(ACCOUNTS)
    assert (change.table, change.kind) == ("USER_", "repoint")
    assert change.rows.rows() == [(42, "staff:N51A001")]


def test_either_account_sees_the_region() -> None:
    assert inserts()["PROBATION_AREA_USER"].select("user_id", "area").rows() == [
        ("user:N50A001", "N50"),
        ("42", "N51"),
    ]


def test_nobody_makes_no_rows() -> None:
    empty = staff_inserts(PEOPLE, ACCOUNTS.head(0), components().head(0))
    assert {table: rows.height for table, rows in empty.items()} == dict.fromkeys(TABLES, 0)
    assert account_moves(ACCOUNTS.head(0)) == []
