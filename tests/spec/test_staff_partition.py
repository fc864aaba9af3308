"""Whatever a return says, each employee is listed once, with one outcome, and the pay adds up (K05)."""

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from staff_rows import DATES, employees, shares

from mappings.staff.assignment import OUTCOMES, assign
from mappings.staff.lists import list_rows
from mappings.staff.pay import with_pay
from mappings.staff.payroll import PAYROLL, payroll_account
from mappings.staff.pension import with_pension
from vocabulary.findings import no_findings

DAYS = st.dates(dt.date(2021, 6, 1), dt.date(2021, 7, 31)).map(dt.date.isoformat)
SHARES = st.tuples(
    st.sampled_from(["SM", "UPW", "AP"]), st.sampled_from(["RES", "CORP"]), st.integers(0, 100)
).map(lambda drawn: shares(f"{drawn[0]} {drawn[2]} {drawn[1]} {100 - drawn[2]}"))
EMPLOYEES = st.fixed_dictionaries(
    {
        "end_date": st.one_of(st.just(DATES["end_date"]), DAYS),
        "has_objected": st.sampled_from("YN"),
        "is_sub_contracted": st.sampled_from("YN"),
        "appeal_date": st.sampled_from(["", "2020-09-10"]),
        "appeal_outcome": st.sampled_from(["", "UPHELD", "REJECTED"]),
        "appeal_function": st.sampled_from(["", "SM", "CORP"]),
        "salary": st.decimals(0, 90_000, places=2).map(str),
        "weekly_hours": st.sampled_from(["", "18.5", "37.0"]),
        "pension_scheme": st.sampled_from(["LGPS", "OTHER"]),
    }
)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(EMPLOYEES, SHARES), min_size=1, max_size=20), st.sampled_from(["carried", "set_aside"])
)
def test_the_lists_are_a_partition_of_the_return(
    drawn: list[tuple[dict[str, str], dict[str, str]]], outcome: str
) -> None:
    returned = employees(*(plain | share for plain, share in drawn), outcome=outcome)
    assigned = with_pension(with_pay(assign(returned, no_findings(), "C06")))
    lists = list_rows(assigned)
    assert sorted(lists.assignment["employee_ref"]) == sorted(returned["employee_ref"])
    assert lists.assignment["outcome"].is_in(OUTCOMES).all()
    assert lists.counts["employees"].sum() == returned.height
    account = payroll_account(returned, assigned)
    build = account.filter(pl.col("line") == PAYROLL)["amount"].sum()
    assert account.filter(pl.col("line") != PAYROLL)["amount"].sum() == build
