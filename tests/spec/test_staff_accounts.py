"""S14: whose account and name an officer has in nDelius, drawn as tables (staff_functions.md)."""

import datetime as dt

import polars as pl
import pytest
from drawn_tables import drawn, label
from staff_rows import employees

from mappings.staff.account_claims import account_choices, settle_claims, shared_findings, waiting_accounts
from mappings.staff.accounts import (
    NEW_ACCOUNT_SCHEMA,
    account_findings,
    officer_accounts,
    with_officers,
)
from vocabulary.batch import Batch

OFFICERS = drawn("""
officer | area | surname | end_date   | user         | ended
C06A001 | C06  | Zzfirst |            | zz.first     |
C06A002 | C06  | Zzother |            | zz.other     |
C06A003 | C06  | Zzthird |            |              |
C06A004 | C06  | Zzfour  |            | zz.four      | Y
C06A005 | C06  | Zzolder | 2020-01-31 | zz.old       |
C06A005 | C06  | Zzfifth |            | zz.fifth     |
N51A001 | N51  | Zzregio |            | zz.region    |
C02A001 | C02  | Zzelse  |            | zz.else      |
C02A002 | C02  | Zzfirst |            | zz.second    |
N51A002 | N51  | Zzfirst |            | zz.home      |
C02A003 | C02  | Zzfirst |            | zz.twice     |
C02A004 | C02  | Zzfirst |            | ZZ.twice     |
""")
"""STAFF rows and their accounts, both numbered from 1."""


def baseline() -> Batch:
    """nDelius with OFFICERS, and an account that is nobody's."""
    staff = [
        (number, one["officer"], "Qxany", one["surname"], one["area"], one["end_date"] or None)
        for number, one in enumerate(OFFICERS, start=1)
    ]
    users = [
        (number, number, one["user"], one["surname"], "2021-01-31" if one["ended"] else None)
        for number, one in enumerate(OFFICERS, start=1)
        if one["user"]
    ]
    named = ["staff_id", "officer", "first_name", "surname", "area", "end_date"]
    frames = {
        "staff": pl.DataFrame(staff, schema=named, orient="row"),
        "user": pl.DataFrame(
            [*users, (99, None, "zz.service", "Zzservice", None)],
            schema=["user_id", "staff_id", "user", "surname", "end_date"],
            orient="row",
        ),
    }
    return Batch(
        "N00",
        "day-1",
        dt.date(2021, 6, 25),
        {
            "delius": {
                name: rows.with_columns(pl.col("end_date").str.to_date(), row_outcome=pl.lit("carried"))
                for name, rows in frames.items()
            }
        },
    )


CASES = drawn("""
case                        | code            | surname  | login      | account | made | name    | doubt | differs
as nDelius has it           | C06A001         | Zzfirst  | zz.first   | 1       |      | Zzfirst |       |
login in capitals           | C06A001         | Zzfirst  | ZZ.FIRST   | 1       |      | Zzfirst |       |
code in small letters       | c06a001         | Zzfirst  | zz.first   | 1       |      | Zzfirst |       | officer_codes
name in capitals, a hyphen  | C06A001         | ZZ-FIRST | zz.first   | 1       |      | Zzfirst |       |
married                     | C06A001         | Zznew    | zz.first   | 1       |      | Zzfirst |       | surname
no login                    | C06A001         | Zzfirst  |            | 1       |      | Zzfirst |       |
no login, married           | C06A001         | Zznew    |            | 1       |      | Zzfirst |       | surname
renamed                     | C06A001         | Zzfirst  | zz.new     | 1       |      | Zzfirst |       | user
login of a colleague        | C06A001         | Zzfirst  | zz.other   |         |      | Zzfirst |       | user
login of a region's officer | C06A001         | Zzfirst  | ZZ.region  |         |      | Zzfirst |       | user
login of nobody             | C06A001         | Zzfirst  | zz.service |         |      | Zzfirst |       | user
codes swapped               | C06A001         | Zzother  | zz.other   |         |      | Zzfirst | Y     | user surname
neither name nor login      | C06A001         | Zznew    | zz.new     |         |      | Zzfirst | Y     | user surname
no account, new login       | C06A003         | Zzthird  | zz.new     |         | Y    | Zzthird |       |
no account, no login        | C06A003         | Zzthird  |            |         |      | Zzthird |       |
no account, married         | C06A003         | Zznew    | zz.new     |         | Y    | Zzthird |       | surname
own account has ended       | C06A004         | Zzfour   | zz.four    |         |      | Zzfour  |       | user
ended, and a new login      | C06A004         | Zzfour   | zz.new     |         | Y    | Zzfour  |       |
code used twice             | C06A005         | Zzfifth  | zz.fifth   | 6       |      | Zzfifth |       |
code that nDelius lacks     | C06Z999         | Zznew    | zz.new     |         | Y    |         |       |
code of another company     | C02A001         | Zzelse   | zz.else    |         |      |         |       | user
two codes, the second's     | C06A003;C06A001 | Zzfirst  | zz.first   | 1       |      | Zzfirst |       | surname
""")  # noqa: E501 - a table is read by its columns


def returned(case: dict[str, str]) -> pl.DataFrame:
    words = {"officer_codes": case["code"], "surname": case["surname"], "user": case["login"]}
    return employees(words)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_account_moves_is_made_or_waits(case: dict[str, str]) -> None:
    found = officer_accounts(returned(case), baseline(), "C06").row(0, named=True)
    assert found["user_id"] == (int(case["account"]) if case["account"] else None)
    assert found["is_new"] == (case["made"] == "Y")
    assert found["staff_surname"] == (case["name"] or None)
    assert found["is_confirmed"] == (case["doubt"] != "Y")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_s14_names_what_differs(case: dict[str, str]) -> None:
    rows = returned(case)
    found = account_findings(rows, officer_accounts(rows, baseline(), "C06"))
    words = ";".join(case["differs"].split())
    expected = [("S14", words, "warning")] if words else []
    assert found.select("rule", "column", "severity").rows() == expected


def test_the_login_is_spelled_as_ndelius_has_it() -> None:
    rows = employees({"officer_codes": "C06A001", "surname": "Zzfirst", "user": "ZZ.First"})
    assert officer_accounts(rows, baseline(), "C06")["login"].to_list() == ["zz.first"]


SHARED = drawn("""
first  | second | made  | differs
zz.new | zz.two | Y Y   |
zz.new | ZZ.NEW |       | user user
""")


@pytest.mark.parametrize("case", SHARED, ids=label)
def test_a_login_that_two_employees_give_is_made_for_neither(case: dict[str, str]) -> None:
    rows = employees(
        {"officer_codes": "C06A003", "surname": "Zzthird", "user": case["first"]},
        {"officer_codes": "C06A004", "surname": "Zzfour", "user": case["second"]},
    )
    before = officer_accounts(rows, baseline(), "C06")
    found = settle_claims(before)
    assert found["is_new"].to_list() == [case["made"] == "Y Y"] * 2
    assert found["differs"].to_list() == (case["differs"].split() or ["", ""])
    told = shared_findings(rows, before, found)
    assert told.select("rule", "column").rows() == [("S14", "user")] * len(case["differs"].split())


ANSWERS = drawn("""
case                       | code            | surname | login      | may be answered    | answer  | account
as nDelius has it          | C06A001         | Zzfirst | zz.first   |                    |         | 1
login of a colleague       | C06A001         | Zzfirst | zz.other   | officer none       |         |
                           | C06A001         | Zzfirst | zz.other   | officer none       | officer | 1
                           | C06A001         | Zzfirst | zz.other   | officer none       | none    |
                           | C06A001         | Zzfirst | zz.other   | officer none       | login   |
in another company         | C06A001         | Zzfirst | ZZ.second  | officer login none | login   | 9
                           | C06A001         | Zzfirst | ZZ.second  | officer login none | officer | 1
codes swapped              | C06A001         | Zzother | zz.other   | officer none       | officer | 1
                           | C06A001         | Zzother | zz.other   | officer none       | login   |
neither name nor login     | C06A001         | Zznew   | zz.new     | officer none       | officer | 1
of a region's officer      | C06A001         | Zzfirst | zz.region  | officer none       | login   |
a region's, in that name   | C06A001         | Zzfirst | zz.home    | officer none       | login   |
two accounts have it       | C06A001         | Zzfirst | zz.twice   | officer none       | login   |
own account has ended      | C06A004         | Zzfour  | zz.four    | none               | officer |
code that nDelius lacks    | C06Z999         | Zzelse  | zz.else    | login none         | login   | 8
""")
"""What may be answered of an account that waits (S14), and which account moves then; blank: none."""


@pytest.mark.parametrize("case", ANSWERS, ids=label)
def test_an_operator_says_which_account_moves(case: dict[str, str]) -> None:
    waiting = waiting_accounts(settle_claims(officer_accounts(returned(case), baseline(), "C06")))
    choices = [" ".join(account_choices(line)) for line in waiting.iter_rows(named=True)]
    assert choices == ([case["may be answered"]] if case["may be answered"] else [])
    said = pl.DataFrame({"employee_ref": ["E1"], "decision": ["account"], "answer": [case["answer"]]})
    found = settle_claims(officer_accounts(returned(case), baseline(), "C06", said))
    assert found["user_id"].to_list() == [int(case["account"]) if case["account"] else None]
    is_used = case["answer"] in case["may be answered"].split() and case["answer"] != ""
    assert found["answer"].to_list() == [case["answer"] if is_used else None]
    assert waiting_accounts(found).height == (0 if is_used or not choices else 1)


def test_what_is_not_asked_is_offered_no_account_that_moves_with_another() -> None:
    """E1 gives the login of E2, in whose name and in whose company it is."""
    found = [
        officer_accounts(
            employees({"officer_codes": code, "surname": "Zzfirst", "user": "zz.second"}, company=company),
            baseline(),
            company,
        )
        for company, code in (("C06", "C06A001"), ("C02", "C02A002"))
    ]
    (line,) = waiting_accounts(settle_claims(pl.concat(found))).iter_rows(named=True)
    assert (line["company"], account_choices(line)) == ("C06", ("officer", "none"))


def test_a_login_that_two_companies_give_is_made_for_neither() -> None:
    found = [
        officer_accounts(
            employees({"officer_codes": f"{company}Z999", "user": login}, company=company),
            baseline(),
            company,
        )
        for company, login in (("C06", "zz.new"), ("C02", "ZZ.new"))
    ]
    shared = settle_claims(pl.concat(found))
    assert shared.select("is_new", "login", "differs").rows() == [(False, None, "user")] * 2


def test_only_who_gets_a_new_code_is_an_officer() -> None:
    accounts = officer_accounts(
        employees({"officer_codes": "C06A001"}, {"officer_codes": "C06A002"}), baseline(), "C06"
    )
    given = {"company": ["C06"], "employee_ref": ["E2"], "region": ["N51"], "new_officer": ["N51A101"]}
    found = with_officers(accounts, pl.DataFrame(given))
    assert list(found.schema) == list(NEW_ACCOUNT_SCHEMA)
    assert found.select("employee_ref", "new_officer").rows() == [("E2", "N51A101")]
