"""The lists that go out: each employee on the right ones."""

import datetime as dt
from decimal import Decimal

import polars as pl
from staff_returns import completed

from mappings.staff.accounts import ACCOUNT_SCHEMA
from mappings.staff.decisions import decide
from mappings.staff.lists import StaffLists, list_rows

PEOPLE = (
    {"region": "N51"},
    {"outcome": "mixed_role", "region": "N50", "leading_share": 40, "rule": "S04"},
    {
        "outcome": "UPW",
        "appeal_date": dt.date(2020, 9, 1),
        "appeal_outcome": "UPHELD",
        "appeal_function": "UPW",
    },
    {"outcome": "dynamic_framework", "supplier": "Zz Homes"},
    {"outcome": "objected", "vetting_status": "REFUSED"},
    {"outcome": "SM", "vetting_status": "PENDING"},
    {"outcome": "SM", "vetting_expiry_date": dt.date(2021, 6, 25)},
    {"outcome": "SM", "vetting_expiry_date": dt.date(2021, 6, 26), "region": None},
    {"outcome": "appeal_open", "appeal_date": dt.date(2020, 9, 1)},
    {"outcome": "CORP", "share_corporate": 50, "pension_scheme": "OTHER"},
    {"outcome": "not_in_scope", "rule": "S09"},
    {"outcome": "set_aside", "rule": "S03"},
    {"outcome": "sub_contracted", "supplier": "Zz Homes"},
)


def lists() -> StaffLists:
    """The lists of PEOPLE."""
    return list_rows(completed(*PEOPLE))


def refs(frame: pl.DataFrame) -> list[str]:
    """Who is on a list."""
    return sorted(frame["employee_ref"], key=lambda ref: int(ref[1:]))


def test_everybody_is_on_the_assignment_list_once() -> None:
    assert refs(lists().assignment) == [f"E{number}" for number in range(1, 14)]


def test_the_counts_are_those_of_the_list() -> None:
    counts = lists().counts
    assert counts["employees"].sum() == 13
    assert counts.filter(region="N50", outcome="SM")["employees"].to_list() == [2]
    assert counts.filter(pl.col("region").is_null()).rows() == [(None, "SM", 1)]


def test_decisions_ask_one_question_a_line() -> None:
    asked = lists().decisions.select("employee_ref", "decision").rows()
    assert sorted(asked) == [
        ("E10", "pension"),
        ("E13", "sub_contracted"),
        ("E2", "mixed_role"),
        ("E8", "region"),
        ("E9", "appeal_open"),
    ]


def test_an_account_that_waits_is_a_decision_of_its_employee() -> None:
    waits = {"company": "C07", "is_new": False, "differs": "surname;user"}
    accounts = pl.DataFrame(
        [waits | {"employee_ref": "E1"}, waits | {"employee_ref": "E3", "user_id": 7}], schema=ACCOUNT_SCHEMA
    )
    asked = list_rows(completed(*PEOPLE), accounts).decisions.filter(decision="account")
    assert asked.select("employee_ref", "account").rows() == [("E1", None)]


def test_a_decision_shows_the_figures_and_leaves_room_to_answer() -> None:
    line = lists().decisions.filter(employee_ref="E2").row(0, named=True)
    assert (line["leading_function"], line["leading_share"], line["threshold"]) == ("SM", 40, 50)
    assert [line[word] for word in ("function", "region", "pension", "account", "who", "when", "why")] == [
        None
    ] * 7


def test_suppliers_appeals_and_objectors() -> None:
    found = lists()
    assert found.suppliers.select("employee_ref", "supplier").rows() == [("E4", "Zz Homes")]
    assert sorted(found.appeals.select("employee_ref", "is_open").rows()) == [("E3", False), ("E9", True)]
    assert refs(found.objectors) == ["E5"]
    assert found.sub_contracted.select("employee_ref", "supplier").rows() == [("E13", "Zz Homes")]


def test_payroll_is_for_those_who_come() -> None:
    payroll = lists().payroll
    assert refs(payroll) == ["E1", "E2", "E3", "E6", "E7", "E8", "E9", "E10"]
    line = payroll.filter(employee_ref="E1").row(0, named=True)
    assert (line["new_point"], line["new_salary"], line["grade_target"]) == ("4-02", 30200, "PSM")
    assert (line["pension"], line["employer_rate"]) == ("LGPS", Decimal("29.6"))


def test_an_open_pension_has_no_employer_rate() -> None:
    line = lists().payroll.filter(employee_ref="E10").row(0, named=True)
    assert (line["pension"], line["employer_rate"]) == (None, None)


def test_vetting_is_due_for_those_who_come_uncleared() -> None:
    assert refs(lists().vetting) == ["E6", "E7"]


def test_the_decision_list_comes_back_as_it_went_out() -> None:
    is_asked = pl.col("decision") == "mixed_role"
    filled = lists().decisions.with_columns(
        pl.when(is_asked).then(pl.lit(answer)).alias(word)
        for word, answer in {
            "function": "AP",
            "who": "Zz Lead",
            "when": "2021-06-20",
            "why": "agreed",
        }.items()
    )
    decided = decide(completed(*PEOPLE), filled, "C07")
    assert decided.unused.is_empty()
    after = list_rows(decided.assigned)
    assert refs(after.decisions) == ["E8", "E9", "E10", "E13"]
    assert after.assignment.filter(employee_ref="E2")["decided_by"].to_list() == ["Zz Lead"]


def test_a_return_without_employees_makes_empty_lists() -> None:
    empty = list_rows(completed())
    assert [frame.height for frame in vars(empty).values()] == [0] * 9
