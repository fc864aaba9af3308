"""Whose account moved, as the proofs see it: drawn as a table, and as the mappings do on any return."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loaded_target import do
from text_world import NO_TRAIL, Cases, baseline, country_of, delivery

from mappings.staff.accounts import officer_accounts
from reconcile.allocation.accounts import MADE, TWO_USERS, find_double_logins, letters_of, with_accounts
from reconcile.sources.evidence import Evidence
from reconcile.target.snapshot import Snapshot, take_snapshot
from reconcile.target.trail import Trail
from target.database import transaction
from tests.spec.drawn_tables import drawn
from tests.spec.staff_rows import employee_text, employees
from vocabulary.batch import Batch
from vocabulary.findings import findings_of

STAFF: Cases = [
    {"staff_id": "1", "officer": "C06A001", "area": "C06", "surname": "Zzfirst", "first_name": "Qxa"},
    {"staff_id": "2", "officer": "C06A002", "area": "C06", "surname": "Zzother", "first_name": "Qxb"},
    {"staff_id": "3", "officer": "C06A003", "area": "C06", "surname": "Zzthird", "first_name": "Qxc"},
    {"staff_id": "4", "officer": "C06A004", "area": "C06", "surname": "Zzfour", "first_name": "Qxd"},
    {"staff_id": "5", "officer": "C02A001", "area": "C02", "surname": "Zzelse", "first_name": "Qxe"},
]
USERS: Cases = [
    {"user_id": "11", "staff_id": "1", "user": "zz.first"},
    {"user_id": "12", "staff_id": "2", "user": "zz.other"},
    {"user_id": "14", "staff_id": "4", "user": "zz.four", "end_date": "2021-01-31"},
    {"user_id": "15", "staff_id": "5", "user": "zz.else"},
    {"user_id": "16", "user": "zz.service"},
]
CASES = drawn("""
case                   | code            | surname | login      | account | name
as nDelius has it      | C06A001         | Zzfirst | zz.first   | 11      | Zzfirst
login in capitals      | C06A001         | Zzfirst | ZZ.FIRST   | 11      | Zzfirst
code in small letters  | c06a001         | Zzfirst | zz.first   | 11      | Zzfirst
married                | C06A001         | Zznew   | zz.first   | 11      | Zzfirst
renamed                | C06A001         | Zzfirst | zz.new     | 11      | Zzfirst
no login               | C06A001         | Zznew   |            | 11      | Zzfirst
login of a colleague   | C06A001         | Zzfirst | zz.other   |         | Zzfirst
login of nobody        | C06A001         | Zzfirst | zz.service |         | Zzfirst
codes swapped          | C06A001         | Zzother | zz.other   |         | Zzfirst
neither name nor login | C06A001         | Zznew   | zz.new     |         | Zzfirst
no account             | C06A003         | Zzthird | zz.new     | made    | Zzthird
account has ended      | C06A004         | Zzfour  | zz.four    |         | Zzfour
code of another area   | C02A001         | Zzelse  | zz.else    |         | Zzelse
unknown code           | C06Z999         | Zznew   | zz.new     | made    | Zznew
the second code's      | C06A003;C06A001 | Zzfirst | zz.first   | 11      | Zzfirst
""")


@pytest.fixture
def world(target: sa.Engine) -> Evidence:
    """C06 beside a baseline with STAFF and USERS; the target is not looked at."""
    frames = baseline(staff=STAFF, user=USERS)
    with target.connect() as connection:
        return Evidence(delivery("C06"), country_of(frames, connection), Trail(NO_TRAIL))


def returned(*words: dict[str, str]) -> pl.DataFrame:
    """Employees as the proofs read them."""
    text = employee_text(*words).with_columns(pl.lit("staff").alias("export"))
    return text.with_columns(pl.col("user", "officer_codes").replace("", None))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_whose_account_moves(case: dict[str, str], world: Evidence) -> None:
    row = {"officer_codes": case["code"], "surname": case["surname"], "user": case["login"]}
    found = with_accounts(world, returned(row)).row(0, named=True)
    assert found["account"] == (case["account"] or None)
    assert found["known_surname"] == case["name"]


def test_a_login_that_waits_by_name_is_not_missed(world: Evidence) -> None:
    rows = returned({"officer_codes": "C06A003", "surname": "Zzthird", "user": "zz.new"})
    assert with_accounts(world, rows)["account"].to_list() == [MADE]
    told = findings_of(rows.with_columns(company=pl.lit("C06")), "S14", "employee", "user")
    waiting = Evidence(replace(world.delivery, findings=told), world.country, world.trail)
    assert with_accounts(waiting, rows)["account"].to_list() == [None]


@pytest.mark.parametrize(
    ("name", "letters"), [("Zz-Été", "ZZETE"), ("o'brien", "OBRIEN"), ("Łuk", "ŁUK"), (None, ""), ("  ", "")]
)
def test_a_surname_is_compared_by_its_letters(name: str | None, letters: str) -> None:
    assert letters_of(name) == letters


COPIED = (
    "INSERT INTO USER_ (USER_ID, DISTINGUISHED_NAME, SURNAME, FORENAME, STAFF_ID, PRIVATE, ORGANISATION_ID) "
    "SELECT 7, upper(DISTINGUISHED_NAME), SURNAME, FORENAME, STAFF_ID, PRIVATE, ORGANISATION_ID FROM USER_ "
    "WHERE DISTINGUISHED_NAME = 'zzsample.user'",
)


@pytest.mark.parametrize(
    ("statements", "users"),
    [((), 0), (COPIED, 2), ((*COPIED, "UPDATE USER_ SET END_DATE = '2021-06-26' WHERE USER_ID = 7"), 0)],
    ids=["as it was", "copied", "the copy has ended"],
)
def test_a_login_of_two_users_is_told(
    statements: tuple[str, ...], users: int, target: sa.Engine, tmp_path: Path
) -> None:
    frames = baseline(user=[{"user_id": "1", "user": "zzsample.user"}])
    with transaction(target, dry_run=True) as connection:
        take_snapshot(connection, tmp_path / "snapshot")
        do(connection, *statements)
        country = country_of(frames, connection, Snapshot.open(tmp_path / "snapshot"))
        assert find_double_logins(country)["what"].to_list() == [TWO_USERS] * users


def mapped_baseline() -> Batch:
    """The same nDelius as mappings read it."""
    frames = {
        "staff": pl.DataFrame(STAFF).with_columns(
            pl.col("staff_id").cast(pl.Int64), pl.lit(None, pl.Date).alias("end_date")
        ),
        "user": pl.DataFrame(
            USERS, schema=dict.fromkeys(("user_id", "staff_id", "user", "end_date"), pl.String)
        ).with_columns(pl.col("user_id", "staff_id").cast(pl.Int64), pl.col("end_date").str.to_date()),
    }
    carried = {name: rows.with_columns(row_outcome=pl.lit("carried")) for name, rows in frames.items()}
    return Batch("N00", "day-1", dt.date(2021, 6, 25), {"delius": carried})


code = st.sampled_from(["C06A001", "c06a002", "C06A003", "C06A004", "C02A001", "C06Z999"])
row = st.fixed_dictionaries(
    {
        "officer_codes": st.lists(code, min_size=1, max_size=2).map(";".join),
        "surname": st.sampled_from(["Zzfirst", "ZZ OTHER", "Zzthírd", "Zzfour", "Zznew"]),
        "user": st.sampled_from(["", "zz.first", "ZZ.OTHER", "zz.four", "zz.else", "zz.service", "zz.new"]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=row)
def test_mappings_and_proofs_say_the_same_of_any_employee(words: dict[str, str], world: Evidence) -> None:
    mapped = officer_accounts(employees(words), mapped_baseline(), "C06").row(0, named=True)
    proved = with_accounts(world, returned(words)).row(0, named=True)
    account = MADE if mapped["is_new"] else mapped["user_id"]
    assert proved["account"] == (None if account is None else str(account))
    assert proved["known_surname"] == (mapped["staff_surname"] or words["surname"])


def test_without_employees_there_is_nothing(world: Evidence) -> None:
    assert with_accounts(world, returned({}).clear()).is_empty()
