"""New STAFF, STAFF_TEAM and USER_ rows fit their records and the dictionary."""

import datetime as dt

import polars as pl
import pytest
from staff_returns import assigned, components

from mappings.staff.records import staff_inserts
from validators.schemas import check_records

OFFICERS = pl.DataFrame(
    [("C07", "E1", "N50", "N50A001"), ("C07", "E2", "N51", "N51A001")],
    schema=["company", "employee_ref", "region", "new_officer"],
    orient="row",
)
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
    return staff_inserts(PEOPLE, OFFICERS, moving)


@pytest.mark.parametrize("table", ["STAFF", "STAFF_TEAM", "USER_"])
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


def test_a_user_only_where_a_login_is_given() -> None:
    assert inserts()["USER_"].select("natural_key", "staff_id", "user").rows() == [
        ("user:N50A001", "staff:N50A001", "zzsample.user")
    ]


def test_nobody_makes_no_rows() -> None:
    empty = staff_inserts(PEOPLE, OFFICERS.head(0), components().head(0))
    assert {table: rows.height for table, rows in empty.items()} == {"STAFF": 0, "STAFF_TEAM": 0, "USER_": 0}
