"""S01 to S03, S08, S10, S11 and P09 of an employee, drawn as tables."""

import pytest
from drawn_tables import drawn, label
from staff_rows import baseline_batch, employees, role_answers, shares, staff_batch
from valid_rows import text_rows

from mappings.parsing.duplicates import duplicates
from validators.rules.employees import setting_aside, warnings
from vocabulary.batch import Batch
from vocabulary.findings import collect


def rules_by_row(batch: Batch, baseline: Batch | None = None) -> list[tuple[str, str]]:
    """(source row, rule) of what sets rows aside, or with a baseline of what is only warned about."""
    found = setting_aside(batch) if baseline is None else warnings(batch, baseline)
    return sorted(collect(found).select("source_row", "rule").rows())


SUMS = drawn("""
shares                                  | rules
SM 100                                  |
SM 90                                   | S03
SM 110                                  | S03
SM 100 UPW 10                           | S03
SM 33.33 UPW 33.33 AP 33.34             |
SM 33.33 UPW 33.33 AP 33.33             |
SM 33.333333333333336 UPW 33.333333333333336 AP 33.333333333333336 |
SM 99.9                                 |
SM 100.1                                |
SM 99.89                                | S03
SM 60 UPW 40.11                         | S03
SM 20 UPW 20 AP 20 SI 20 RES 10 CORP 10 |
SM 0                                    | S03
""")


@pytest.mark.parametrize("case", SUMS, ids=label)
@pytest.mark.parametrize("fte", ["1.00", "0.60"])
def test_shares_sum_to_100_whatever_the_hours(case: dict[str, str], fte: str) -> None:
    batch = staff_batch(employees({"fte": fte, **shares(case["shares"])}))
    assert [rule for _, rule in rules_by_row(batch)] == case["rules"].split()


RETURN = drawn("""
row | employee_ref | ni_number | officer_codes   | rules
2   | P1           | ZZ111111A | C06A001         | S01
3   | P1           | ZZ222222A |                 | S01
4   | P2           | ZZ333333A | C06A002;C06A003 | S02
5   | P3           | ZZ444444A | c06a003         | S02
6   | P4           | ZZ555555A | C06A004;c06a004 |
7   | P5           | ZZ555555A | C06A005         |
8   | P6           |           |                 |
9   | P6           | ZZ666666A |                 |
10  |              | ZZ777777A |                 |
11  |              | ZZ888888A |                 |
""")


def test_a_number_has_one_employee_and_a_code_one_owner() -> None:
    words = ("employee_ref", "ni_number", "officer_codes")
    batch = staff_batch(employees(*({word: case[word] for word in words} for case in RETURN)))
    assert rules_by_row(batch) == sorted(
        (case["row"], rule) for case in RETURN for rule in case["rules"].split()
    )


REPEATED = drawn("""
ni_number | salary   | rules
ZZ111111A | 30000.00 | T10
ZZ111111A | 31000.00 | T11 T11
ZZ222222A | 30000.00 |
""")


@pytest.mark.parametrize("case", REPEATED, ids=label)
def test_a_second_number_is_no_repeated_key(case: dict[str, str]) -> None:
    """S01 says more than T11: which of the two is the person is for payroll to find out."""
    first = {"employee_ref": "P1", "ni_number": "ZZ111111A", "salary": "30000.00"}
    second = first | {"ni_number": case["ni_number"], "salary": case["salary"]}
    text = text_rows("staff", "employee", "C06", first, second)
    assert duplicates(text, "staff", "employee")["rule"].to_list() == case["rules"].split()


EARLIER_ANSWERS = drawn("""
word              | value
end_date          | 2021-06-25
start_date        | 2021-06-26
has_objected      | Y
is_sub_contracted | Y
""")


ANSWERED_ROLES = drawn("""
answer            | rules
SM                | S01 S02 S03
dynamic_framework |
no_service        |
                  |
""")


@pytest.mark.parametrize("case", ANSWERED_ROLES, ids=label)
def test_whom_an_operator_gives_a_function_is_judged_as_others_are(case: dict[str, str]) -> None:
    role = {"is_sub_contracted": "Y", "sub_contracted_role": "PM", "officer_codes": "C06A001"}
    wrong = role | shares("SM 90")
    rows = employees(wrong | {"ni_number": "ZZ999999A"}, wrong | {"employee_ref": "E1"}, role)
    batch = staff_batch(rows)
    batch.decided["staff"] = role_answers(case["answer"])
    assert [rule for row, rule in rules_by_row(batch) if row == "2"] == case["rules"].split()


@pytest.mark.parametrize("case", EARLIER_ANSWERS, ids=label)
def test_an_earlier_answer_comes_before_what_sets_aside(case: dict[str, str]) -> None:
    wrong = {"employee_ref": "P1", "officer_codes": "C06A001", **shares("SM 90")}
    placed = wrong | {"ni_number": "ZZ999999A", case["word"]: case["value"]}
    batch = staff_batch(employees(placed, wrong, {"officer_codes": "C06A001"}))
    assert rules_by_row(batch) == [("3", "S01"), ("3", "S02"), ("3", "S03"), ("4", "S02")]


WARNED = drawn("""
letter     | lodged     | vetting | until      | ni_number | officer_codes   | rules
2020-08-26 | 2020-09-17 | CLEARED | 2021-06-26 | ZZ123456C |                 |
2020-08-26 | 2020-09-18 | CLEARED |            | ZZ123456D | C06A001         | S08
2020-08-26 | 2020-08-20 | CLEARED | 2021-06-25 | ZZ123456E | C06A001         | P09 S10
           | 2020-09-18 | PENDING | 2023-03-31 | ZZ123456A | C06A001;C06Z999 | S10 S11
2020-08-26 |            | REFUSED |            | ZZ123456A | C06A002         | S10 S11
2020-08-26 |            | PENDING | 2021-05-31 | Z1234567A | C06A003;C17A001 | P09 S10 S11
2020-08-26 |            | CLEARED | 2023-03-31 | ZZ123456B | c06a004         |
""")


@pytest.mark.parametrize("case", WARNED, ids=label)
def test_what_is_carried_with_a_warning(case: dict[str, str]) -> None:
    row = {
        "letter_date": case["letter"],
        "appeal_date": case["lodged"],
        "vetting_status": case["vetting"],
        "vetting_expiry_date": case["until"],
        "ni_number": case["ni_number"],
        "officer_codes": case["officer_codes"],
    }
    baseline = baseline_batch(
        ("C06A001", "C06", None),
        ("C06A002", "C06", "2021-06-25"),
        ("C17A001", "C17", None),
        ("C06A004", "C06", "2021-06-26"),
    )
    found = rules_by_row(staff_batch(employees(row)), baseline)
    assert [rule for _, rule in found] == case["rules"].split()


def test_a_row_set_aside_is_not_warned_about() -> None:
    batch = staff_batch(employees({"vetting_status": "REFUSED"}, outcome="set_aside"))
    assert rules_by_row(batch, baseline_batch()) == []


def test_severities_are_those_of_the_rules() -> None:
    wrong = {"vetting_status": "REFUSED", "officer_codes": "C06A009", **shares("SM 100 UPW 10")}
    batch = staff_batch(employees(wrong))
    found = collect([*setting_aside(batch), *warnings(batch, baseline_batch())])
    assert sorted(found.select("rule", "severity", "stage").rows()) == [
        ("S03", "set_aside", "validate"),
        ("S10", "warning", "validate"),
        ("S11", "warning", "validate"),
    ]
