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

from mappings.staff.account_claims import settle_claims
from mappings.staff.accounts import officer_accounts
from reconcile.allocation.account_claims import MADE, all_claims, letters_of
from reconcile.allocation.accounts import TWO_USERS, find_double_logins, with_accounts
from reconcile.sources.delivery import Delivery
from reconcile.sources.evidence import Evidence
from reconcile.sources.reading import blank_as_null
from reconcile.target.snapshot import Snapshot, take_snapshot
from reconcile.target.trail import Trail
from target.database import transaction
from tests.spec.drawn_tables import drawn
from tests.spec.staff_rows import employee_text, employees, shares
from vocabulary.batch import Batch

STAFF: Cases = [
    {"staff_id": "1", "officer": "C06A001", "area": "C06", "surname": "Zzfirst", "first_name": "Qxa"},
    {"staff_id": "2", "officer": "C06A002", "area": "C06", "surname": "Zzother", "first_name": "Qxb"},
    {"staff_id": "3", "officer": "C06A003", "area": "C06", "surname": "Zzthird", "first_name": "Qxc"},
    {"staff_id": "4", "officer": "C06A004", "area": "C06", "surname": "Zzfour", "first_name": "Qxd"},
    {"staff_id": "5", "officer": "C02A001", "area": "C02", "surname": "Zzelse", "first_name": "Qxe"},
    {"staff_id": "6", "officer": "C02A002", "area": "C02", "surname": "Zzfirst", "first_name": "Qxa"},
    {"staff_id": "7", "officer": "N51A001", "area": "N51", "surname": "Zzfirst", "first_name": "Qxa"},
]
USERS: Cases = [
    {"user_id": "11", "staff_id": "1", "user": "zz.first", "surname": "Zzfirst"},
    {"user_id": "12", "staff_id": "2", "user": "zz.other", "surname": "Zzother"},
    {"user_id": "14", "staff_id": "4", "user": "zz.four", "surname": "Zzfour", "end_date": "2021-01-31"},
    {"user_id": "15", "staff_id": "5", "user": "zz.else", "surname": "Zzelse"},
    {"user_id": "16", "user": "zz.service", "surname": "Zzservice"},
    {"user_id": "17", "staff_id": "6", "user": "zz.second", "surname": "Zz-First"},
    {"user_id": "18", "staff_id": "7", "user": "zz.region", "surname": "Zzfirst"},
    {"user_id": "19", "user": "zz.third", "surname": "Zzthird"},
    {"user_id": "20", "user": "zz.twice", "surname": "Zzfirst"},
    {"user_id": "21", "user": "ZZ.twice", "surname": "Zzfirst"},
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


ANSWERED = drawn("""
case                       | code    | surname | login      | answer  | account
own account                | C06A001 | Zzfirst | zz.other   | officer | 11
own account, new name too  | C06A001 | Zznew   | zz.new     | officer | 11
own account, codes swapped | C06A001 | Zzother | zz.other   | officer | 11
there is no own account    | C06A003 | Zzthird | zz.other   | officer |
own account has ended      | C06A004 | Zzfour  | zz.four    | officer |
account in another company | C06A001 | Zzfirst | ZZ.second  | login   | 17
nobody's account           | C06A003 | Zzthird | zz.third   | login   | 19
code that nDelius lacks    | C06Z999 | Zzthird | zz.third   | login   | 19
name of another            | C06A001 | Zzfirst | zz.other   | login   |
codes swapped              | C06A001 | Zzother | zz.other   | login   |
the region's account       | C06A001 | Zzfirst | zz.region  | login   |
two accounts have it       | C06A001 | Zzfirst | zz.twice   | login   |
nobody has it              | C06A001 | Zznew   | zz.new     | login   |
nothing moves              | C06A001 | Zzfirst | zz.second  | none    |
nothing is made            | C06A003 | Zzthird | zz.new     | none    |
nobody asked: it moves     | C06A001 | Zzfirst | zz.first   | none    | 11
nobody asked: renamed      | C06A001 | Zzfirst | zz.new     | none    | 11
nobody asked: it is made   | C06A003 | Zzthird | zz.new     | officer | made
""")


def said(*answers: str) -> pl.DataFrame:
    """What operators said of the accounts of E1, E2 ...; blank: nothing."""
    rows = [(f"E{number}", "account", answer) for number, answer in enumerate(answers, start=1) if answer]
    schema = dict.fromkeys(("employee_ref", "decision", "answer"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def answered(world: Evidence, given: pl.DataFrame) -> Evidence:
    """The same after the answers `given`."""
    sent = replace(world.delivery, staff_answers=given.rename({"answer": "account"}))
    return Evidence(sent, world.country, world.trail)


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case["case"])
def test_an_operator_says_whose_account_moves(case: dict[str, str], world: Evidence) -> None:
    row = {"officer_codes": case["code"], "surname": case["surname"], "user": case["login"]}
    found = with_accounts(answered(world, said(case["answer"])), returned(row))
    assert found["account"].to_list() == [case["account"] or None]


Claiming = tuple[str, dict[str, str], str]
"""Company, what its return says of an employee, and what an operator answered."""

FIRST = {"officer_codes": "C06A001", "surname": "Zzfirst", "user": "zz.second"}
OWNER = {"officer_codes": "C02A002", "surname": "Zzfirst", "user": "zz.second"}
NEW = {"officer_codes": "C06A003", "surname": "Zzthird", "user": "zz.new"}
MIXED = shares("SM 50 UPW 50")
CLAIMS: list[tuple[str, list[Claiming], list[str | None]]] = [
    ("an answer alone", [("C06", FIRST, "login")], ["17"]),
    ("its officer comes along", [("C06", FIRST, "login"), ("C02", OWNER, "")], [None, "17"]),
    ("two answers", [("C06", FIRST, "login"), ("C03", FIRST, "login")], [None, None]),
    ("a new login", [("C06", NEW, "")], [MADE]),
    ("a new login of two", [("C06", NEW, ""), ("C03", NEW | {"user": "ZZ.new"}, "")], [None, None]),
    ("of two in one company", [("C06", NEW, ""), ("C06", NEW | {"officer_codes": "C06Z9"}, "")], [None] * 2),
    ("of one without a function yet", [("C06", NEW, ""), ("C03", NEW | MIXED, "")], [None] * 2),
    ("one gives it up", [("C06", NEW, ""), ("C03", NEW, "none")], [MADE, None]),
    (
        "in one company and a third in another",
        [("C06", NEW, ""), ("C06", NEW | {"officer_codes": "C06Z9"}, ""), ("C03", NEW, "")],
        [None] * 3,
    ),
]


def deliveries_of(rows: list[Claiming]) -> dict[str, Delivery]:
    """Company to its staff return; every employee is of sentence management and carried."""
    found = {}
    for company in dict.fromkeys(company for company, _, _ in rows):
        words, answers = zip(*((row, answer) for code, row, answer in rows if code == company), strict=True)
        text = blank_as_null(employee_text(*words, company=company), "staff", "employee")
        given = said(*answers).rename({"answer": "account"})
        blank = pl.lit(None, pl.String)
        answered = given.with_columns(blank.alias("function"), blank.alias("region"))
        sent = replace(delivery(company, staff={}), staff_answers=answered)
        sent.frames["staff"]["employee"] = text.with_columns(row_outcome=pl.lit("carried"))
        found[company] = sent
    return found


def proved(world: Evidence, rows: list[Claiming]) -> list[str | None]:
    """The account of each of `rows`, company by company, as the proofs see it."""
    sent = deliveries_of(rows)
    country = replace(world.country, claimed=all_claims(sent.values(), world.country.baseline))
    found: list[str | None] = []
    for company, one in sent.items():
        words = [row for code, row, _ in rows if code == company]
        found += with_accounts(Evidence(one, country, world.trail), returned(*words))["account"].to_list()
    return found


def mapped(rows: list[Claiming]) -> list[str | None]:
    """The same as the mappings do."""
    accounts = []
    for company in dict.fromkeys(company for company, _, _ in rows):
        words, answers = zip(*((row, answer) for code, row, answer in rows if code == company), strict=True)
        people = employees(*words, company=company)
        accounts.append(officer_accounts(people, mapped_baseline(), company, said(*answers)))
    settled = settle_claims(pl.concat(accounts))
    moving = [None if user is None else str(user) for user in settled["user_id"]]
    return [MADE if new else user for user, new in zip(moving, settled["is_new"], strict=True)]


@pytest.mark.parametrize(
    ("rows", "accounts"), [case[1:] for case in CLAIMS], ids=[case[0] for case in CLAIMS]
)
def test_what_two_employees_claim_goes_to_one_or_to_neither(
    rows: list[Claiming], accounts: list[str | None], world: Evidence
) -> None:
    assert proved(world, rows) == accounts
    assert mapped(rows) == accounts


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
            USERS, schema=dict.fromkeys(("user_id", "staff_id", "user", "surname", "end_date"), pl.String)
        ).with_columns(pl.col("user_id", "staff_id").cast(pl.Int64), pl.col("end_date").str.to_date()),
    }
    carried = {name: rows.with_columns(row_outcome=pl.lit("carried")) for name, rows in frames.items()}
    return Batch("N00", "day-1", dt.date(2021, 6, 25), {"delius": carried})


code = st.sampled_from(["C06A001", "c06a002", "C06A003", "C06A004", "C02A001", "C02A002", "C06Z999"])
row = st.fixed_dictionaries(
    {
        "officer_codes": st.lists(code, min_size=1, max_size=2).map(";".join),
        "surname": st.sampled_from(["Zzfirst", "ZZ OTHER", "Zzthírd", "Zzfour", "Zznew"]),
        "user": st.sampled_from(["", "zz.new", *(user["user"] for user in USERS)]),
    }
)
answer = st.sampled_from(["", "", "officer", "login", "login", "none"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(row, answer), min_size=10, max_size=20))
def test_mappings_and_proofs_say_the_same_of_any_employee(
    rows: list[tuple[dict[str, str], str]], world: Evidence
) -> None:
    words, answers = zip(*rows, strict=True)
    mapped = officer_accounts(employees(*words), mapped_baseline(), "C06", said(*answers))
    proved = with_accounts(answered(world, said(*answers)), returned(*words))
    assert proved.height == mapped.height == len(rows)
    for one, other, known in zip(words, proved.rows(named=True), mapped.rows(named=True), strict=True):
        account = MADE if known["is_new"] else known["user_id"]
        assert other["account"] == (None if account is None else str(account))
        assert other["known_surname"] == (known["staff_surname"] or one["surname"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["C02", "C06"]), row, answer), min_size=2, max_size=20))
def test_mappings_and_proofs_settle_any_claims_alike(rows: list[Claiming], world: Evidence) -> None:
    assert mapped(rows) == proved(world, rows)


def test_without_employees_there_is_nothing(world: Evidence) -> None:
    assert with_accounts(world, returned({}).clear()).is_empty()
