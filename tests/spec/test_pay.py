"""Pay and pension from Day 1 (staff_functions.md; BR17 to BR21), drawn as tables. Pay points are samples."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from drawn_tables import drawn, label
from hypothesis import given, settings
from hypothesis import strategies as st
from staff_rows import employees, shares

from mappings.staff.assignment import assign
from mappings.staff.pay import pay_findings, with_pay
from mappings.staff.payroll import payroll_account
from mappings.staff.pension import pension_findings, with_pension
from vocabulary.findings import no_findings


def paid(*changes: dict[str, str], company: str = "C06") -> pl.DataFrame:
    """The employees assigned and paid."""
    return with_pay(assign(employees(*changes, company=company), no_findings(), company))


POINTS = drawn("""
grade | fte  | weekly | full | salary   | hours  | fte salary | point | at 37 | protected | new      | kept
CRCM  | 1.00 |        | 37.0 | 29200.00 | 37.000 | 29200.00   | 4-01  | 29200 | 0.00      | 29200.00 | 0.00
CRCM  | 1.00 |        | 37.0 | 29200.01 | 37.000 | 29200.01   | 4-02  | 30200 | 0.00      | 30200.00 | 0.00
CRCM  | 1.00 |        | 37.0 | 18000.00 | 37.000 | 18000.00   | 4-01  | 29200 | 0.00      | 29200.00 | 0.00
CRCM  | 1.00 |        | 37.0 | 35200.00 | 37.000 | 35200.00   | 4-07  | 35200 | 0.00      | 35200.00 | 0.00
CRCM  | 1.00 |        | 37.0 | 35200.01 | 37.000 | 35200.01   | 4-07  | 35200 | 0.01      | 35200.00 | 0.01
CRCM  |      | 18.5   | 37.0 | 20000.00 | 18.500 | 40000.00   | 4-07  | 35200 | 4800.00   | 17600.00 | 2400.00
CRCM  | 0.60 |        | 37.0 | 17520.00 | 22.200 | 29200.00   | 4-01  | 29200 | 0.00      | 17520.00 | 0.00
CRCM  |      | 22.2   | 37.0 | 17520.01 | 22.200 | 29200.02   | 4-02  | 30200 | 0.00      | 18120.00 | 0.00
CRCM  | 0.60 |        | 35.0 | 17520.00 | 21.000 | 30868.57   | 4-03  | 31200 | 0.00      | 17708.11 | 0.00
CRCM  | 0.60 | 20.0   | 35.0 | 17520.00 | 20.000 | 32412.00   | 4-05  | 33200 | 0.00      | 17945.95 | 0.00
CRCM  | 0.33 |        | 37.5 | 10000.00 | 12.375 | 29898.99   | 4-02  | 30200 | 0.00      | 10100.68 | 0.00
CRC3  | 1.00 |        | 37.0 | 20600.00 | 37.000 | 20600.00   | 2-04  | 20600 | 0.00      | 20600.00 | 0.00
CRCQ  | 1.00 |        | 37.0 | 20600.00 | 37.000 | 20600.00   | 3-01  | 21300 | 0.00      | 21300.00 | 0.00
CRCA  | 1.00 |        | 40.0 | 45000.00 | 40.000 | 41625.00   | 5-05  | 41700 | 0.00      | 45081.08 | 0.00
""")


@pytest.mark.parametrize("case", POINTS, ids=label)
def test_the_next_point_that_is_not_below(case: dict[str, str]) -> None:
    row = {
        "grade": case["grade"],
        "fte": case["fte"],
        "weekly_hours": case["weekly"],
        "full_time_hours": case["full"],
        "salary": case["salary"],
    }
    answer = paid(row).row(0, named=True)
    assert answer["new_point"] == case["point"]
    figures = [
        "contracted_hours",
        "fte_salary",
        "point_salary",
        "protected_37_hours",
        "new_salary",
        "protected_pay",
    ]
    assert [answer[figure] for figure in figures] == [
        Decimal(case[name]) for name in ("hours", "fte salary", "at 37", "protected", "new", "kept")
    ]
    assert answer["salary"] + answer["uplift"] == answer["new_salary"] + answer["protected_pay"]


def test_a_half_penny_is_rounded_up() -> None:
    # 20000.01 x 37 / 29.6 = 25000.0125, and 20000.02 x 37 / 29.6 = 25000.025
    rows = [{"fte": "", "weekly_hours": "29.6", "salary": salary} for salary in ("20000.01", "20000.02")]
    assert paid(*rows)["fte_salary"].to_list() == [Decimal("25000.01"), Decimal("25000.03")]


def test_protection_is_listed_and_ends_after_three_years() -> None:
    rows = paid({"salary": "35200.00"}, {"salary": "35200.01"})
    assert rows["protected_until"].to_list() == [None, dt.date(2024, 6, 26)]
    assert pay_findings(rows).select("source_row", "rule", "severity").rows() == [("3", "S12", "info")]


STAYING = drawn("""
word              | value
has_objected      | Y
is_sub_contracted | Y
end_date          | 2021-05-31
""")


@pytest.mark.parametrize("case", STAYING, ids=label)
def test_who_does_not_come_is_not_paid(case: dict[str, str]) -> None:
    rows = paid({case["word"]: case["value"], "salary": "99000.00"})
    assert rows.select("new_point", "new_salary", "protected_until").row(0) == (None, None, None)
    assert pay_findings(rows).is_empty()


def test_only_the_function_of_a_mixed_role_waits_not_its_pay() -> None:
    assert paid(shares("SM 50 UPW 50"))["new_point"].to_list() == ["4-02"]


def test_without_hours_there_is_no_pay_to_reckon() -> None:
    assert paid({"fte": "0.00"})["new_salary"].to_list() == [None]


ACCOUNT = drawn("""
line              | employees | amount
return            | 9         | 265000.00
repeated          | 1         | -30000.00
dynamic_framework | 1         | -30000.00
sub_contracted    | 1         | -30000.00
objected          | 1         | -30000.00
not_in_scope      | 1         | -30000.00
set_aside         | 1         | -30000.00
unpriced          | 1         | -15000.00
uplift            | 1         | 200.00
payroll           | 2         | 70200.00
""")


def test_the_payroll_is_the_return_and_explained_differences() -> None:
    rows = employees(
        {},
        {},
        {"is_sub_contracted": "Y", "sub_contracted_role": "FRAMEWORK"},
        {"is_sub_contracted": "Y", "sub_contracted_role": "PM"},
        {"has_objected": "Y"},
        {"end_date": "2021-05-31"},
        {},
        {"fte": "0.00", "salary": "15000.00"},
        {"salary": "40000.00"},
    ).with_columns(
        pl.Series("row_outcome", ["carried", "not_in_scope", *["carried"] * 4, "set_aside", *["carried"] * 2])
    )
    account = payroll_account(rows, with_pay(assign(rows, no_findings(), "C06")))
    assert account.rows() == [
        (case["line"], int(case["employees"]), Decimal(case["amount"])) for case in ACCOUNT
    ]


money = st.integers(0, 9_000_000).map(lambda pence: f"{pence / 100:.2f}")
posts = st.fixed_dictionaries(
    {
        "salary": money,
        "fte": st.integers(0, 120).map(lambda hundredths: f"{hundredths / 100:.2f}"),
        "weekly_hours": st.sampled_from(["", "7.4", "18.5", "37.0", "40.0"]),
        "grade": st.sampled_from(["CRCM", "CRCQ", "CRC3", "CRCA"]),
        "has_objected": st.sampled_from(["Y", "N"]),
        "end_date": st.sampled_from(["", "2021-05-31"]),
    }
)


@settings(max_examples=12, deadline=None)
@given(st.lists(posts, min_size=1, max_size=40))
def test_the_payroll_closes_for_any_return(rows: list[dict[str, str]]) -> None:
    frame = employees(*rows)
    account = payroll_account(frame, with_pay(assign(frame, no_findings(), "C06")))
    explained = account.filter(pl.col("line") != "payroll")["amount"].sum()
    assert account.filter(line="payroll")["amount"].to_list() == [explained]


GRADES = drawn("""
grade | class | nps | band
CRCA  | SPO   | PSB | 5
CRCB  | SPO   | PSB | 5
CRCM  | PO    | PSM | 4
CRCN  | PO    | PSM | 4
CRCO  | PO    | PSM | 4
CRCP  | TPO   | PSP | 3
CRCC  | PSO   | PSQ | 3
CRCQ  | PSO   | PSQ | 3
CRC1  | PSO   | PSQ | 3
CRC2  | PSO   | PSQ | 3
CRCR  | DMY   | PSR | 2
CRCS  | DMY   | PSR | 2
CRCT  | DMY   | PSR | 2
CRC3  | DMY   | PSR | 2
CRC4  | DMY   | PSR | 2
CRC6  | DMY   | PSR | 2
""")


@pytest.mark.parametrize("case", GRADES, ids=label)
def test_a_grade_keeps_its_workload_class(case: dict[str, str]) -> None:
    answer = paid({"grade": case["grade"]}).row(0, named=True)
    assert (answer["grade_target"], answer["band"]) == (case["nps"], case["band"])


PENSIONS = drawn("""
scheme | shares                  | share | pension | open
LGPS   | SM 100                  | 100   | LGPS    |
LGPS   | CORP 100                | 0     | LGPS    |
LGPS   | SM 30 UPW 20 CORP 50    | 50    | LGPS    |
OTHER  | SM 100                  | 100   | LGPS    |
OTHER  | SM 50.01 CORP 49.99     | 50.01 | LGPS    |
OTHER  | SM 30 UPW 20 CORP 50    | 50    |         | S13
NONE   | SM 50 CORP 50           | 50    |         | S13
OTHER  | SM 49.99 CORP 50.01     | 49.99 | PCSPS   |
PCSPS  | SM 100                  | 100   | LGPS    |
PCSPS  | CORP 100                | 0     | PCSPS   |
""")


@pytest.mark.parametrize("case", PENSIONS, ids=label)
def test_the_scheme_follows_the_work(case: dict[str, str]) -> None:
    rows = employees({"pension_scheme": case["scheme"], **shares(case["shares"])})
    answer = with_pension(assign(rows, no_findings(), "C06"))
    assert answer["probation_share"].to_list() == [Decimal(case["share"])]
    assert answer["pension"].to_list() == [case["pension"] or None]
    assert pension_findings(answer)["rule"].to_list() == case["open"].split()


def test_who_does_not_come_raises_no_pension_question() -> None:
    row = {"pension_scheme": "OTHER", "has_objected": "Y", **shares("SM 50 CORP 50")}
    answer = with_pension(assign(employees(row), no_findings(), "C06"))
    assert answer.select("pension", "is_pension_open").row(0) == (None, False)
