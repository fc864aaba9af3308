"""Staff assignment (staff_functions.md, assignment 1 to 6), drawn as tables: the first answer counts."""

from decimal import Decimal

import polars as pl
import pytest
from drawn_tables import drawn, label
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from staff_rows import employee_text, employees, role_answers, shares

from mappings.parsing.convert import convert
from mappings.staff.assignment import OUTCOMES, RULES, assign, assignment_findings, row_outcome
from vocabulary.employment import with_role_answers
from vocabulary.findings import findings_of, no_findings

BY_SHARE = drawn("""
shares                          | outcome    | rule | goes to                 | leading | second
SM 100                          | SM         |      | NPS sentence management | 100     | 0
UPW 100                         | UPW        |      | NPS unpaid work         | 100     | 0
AP 100                          | AP         |      | NPS interventions       | 100     | 0
SI 100                          | SI         |      | NPS interventions       | 100     | 0
RES 100                         | RES        |      | NPS sentence management | 100     | 0
CORP 100                        | CORP       |      | NPS corporate           | 100     | 0
SM 50 UPW 30 AP 20              | SM         |      | NPS sentence management | 50      | 30
SM 49.99 UPW 30 AP 20.01        | mixed_role | S04  |                         | 49.99   | 30
SM 50 UPW 50                    | mixed_role | S04  |                         | 50      | 50
SM 50.01 UPW 49.99              | SM         |      | NPS sentence management | 50.01   | 49.99
SM 34 UPW 33 AP 33              | mixed_role | S04  |                         | 34      | 33
SM 40 UPW 20 RES 40             | mixed_role | S04  |                         | 40      | 40
SM 30 UPW 20 CORP 50            | CORP       |      | NPS corporate           | 50      | 30
""")


@pytest.mark.parametrize("case", BY_SHARE, ids=label)
def test_a_share_decides(case: dict[str, str]) -> None:
    answer = assign(employees(shares(case["shares"])), no_findings(), "C06").row(0, named=True)
    assert answer["outcome"] == case["outcome"]
    assert answer["rule"] == (case["rule"] or None)
    assert answer["goes_to"] == (case["goes to"] or None)
    assert answer["function"] == (None if case["rule"] else case["outcome"])
    assert (answer["leading_share"], answer["second_share"]) == (
        Decimal(case["leading"]),
        Decimal(case["second"]),
    )
    assert (answer["threshold"], answer["step"]) == (50, 6)


THRESHOLDS = drawn("""
threshold | shares       | outcome
60        | SM 60 UPW 40 | SM
60        | SM 59 UPW 41 | mixed_role
30        | SM 30 UPW 35 AP 35 | mixed_role
30        | SM 30 UPW 36 AP 34 | UPW
100       | SM 100       | SM
""")


@pytest.mark.parametrize("case", THRESHOLDS, ids=label)
def test_the_threshold_is_configured(case: dict[str, str]) -> None:
    rows = employees(shares(case["shares"]))
    answer = assign(rows, no_findings(), "C06", Decimal(case["threshold"])).row(0, named=True)
    assert (answer["outcome"], answer["threshold"]) == (case["outcome"], Decimal(case["threshold"]))


FIRST_ANSWERS = drawn("""
end_date   | start_date | objects | supplier's | role      | lodged     | decided  | for | shares       | outcome           | rule | step
2021-06-25 |            | N       | N          |           |            |          |     | SM 100       | not_in_scope      | S09  | 1
2021-06-26 |            | N       | N          |           |            |          |     | SM 100       | SM                |      | 6
           | 2021-06-25 | N       | N          |           |            |          |     | SM 100       | SM                |      | 6
           | 2021-06-26 | N       | N          |           |            |          |     | SM 100       | not_in_scope      | S09  | 1
2021-05-31 |            | Y       | Y          |           |            |          |     | SM 100       | not_in_scope      | S09  | 1
           |            | Y       | N          |           |            |          |     | SM 100       | objected          | S06  | 2
           |            | Y       | Y          |           |            |          |     | SM 100       | objected          | S06  | 2
           |            | N       | Y          | FRAMEWORK |            |          |     | SM 100       | dynamic_framework | S05  | 3
           |            | N       | Y          | FRAMEWORK | 2020-09-01 |          |     | SM 50 UPW 50 | dynamic_framework | S05  | 3
           |            | N       | Y          | PM        |            |          |     | SM 100       | sub_contracted    | S15  | 3
           |            | N       | Y          | PLW       |            |          |     | SM 100       | sub_contracted    | S15  | 3
           |            | N       | Y          | OTHER     |            |          |     | SM 100       | sub_contracted    | S15  | 3
           |            | N       | Y          |           |            |          |     | SM 100       | sub_contracted    | S15  | 3
           |            | Y       | Y          | PM        |            |          |     | SM 100       | objected          | S06  | 2
           |            | N       | N          |           | 2020-09-01 | UPHELD   | UPW | SM 100       | UPW               |      | 5
           |            | N       | N          |           | 2021-06-01 | UPHELD   | UPW | SM 100       | UPW               |      | 5
           |            | N       | N          |           | 2020-09-01 | UPHELD   |     | SM 100       | appeal_open       | S07  | 5
           |            | N       | N          |           | 2020-09-01 | REJECTED |     | SM 100       | SM                |      | 6
           |            | N       | N          |           | 2020-09-01 | REJECTED | UPW | SM 50 UPW 50 | mixed_role        | S04  | 6
           |            | N       | N          |           | 2020-09-01 |          |     | SM 100       | appeal_open       | S07  | 5
           |            | N       | N          |           | 2021-06-01 |          |     | SM 100       | appeal_open       | S07  | 5
""")  # noqa: E501


def first_answer_row(case: dict[str, str]) -> dict[str, str]:
    """The employee that a line of FIRST_ANSWERS draws."""
    return {
        "end_date": case["end_date"],
        "start_date": case["start_date"] or "2014-06-01",
        "has_objected": case["objects"],
        "is_sub_contracted": case["supplier's"],
        "sub_contracted_role": case["role"],
        "supplier": "Zz Supplier",
        "appeal_date": case["lodged"],
        "appeal_outcome": case["decided"],
        "appeal_function": case["for"],
        **shares(case["shares"]),
    }


@pytest.mark.parametrize("case", FIRST_ANSWERS, ids=label)
def test_the_first_answer_counts(case: dict[str, str]) -> None:
    answer = assign(employees(first_answer_row(case)), no_findings(), "C06").row(0, named=True)
    assert (answer["outcome"], answer["rule"], answer["step"]) == (
        case["outcome"],
        case["rule"] or None,
        int(case["step"]),
    )


@pytest.mark.parametrize("case", FIRST_ANSWERS, ids=label)
def test_the_deciding_rule_is_found_on_the_row(case: dict[str, str]) -> None:
    found = assignment_findings(assign(employees(first_answer_row(case)), no_findings(), "C06"))
    assert found["rule"].to_list() == ([case["rule"]] if case["rule"] else [])


ROLE_ANSWERS = drawn("""
supplier's | role      | objects | answer            | outcome           | rule | step
Y          | PM        | N       |                   | sub_contracted    | S15  | 3
Y          | PM        | N       | UPW               | UPW               | S15  | 3
Y          |           | N       | CORP              | CORP              | S15  | 3
Y          | OTHER     | N       | dynamic_framework | dynamic_framework | S05  | 3
Y          | PLW       | N       | no_service        | sub_contracted    | S15  | 3
Y          | FRAMEWORK | N       | UPW               | dynamic_framework | S05  | 3
Y          | PM        | Y       | UPW               | objected          | S06  | 2
N          |           | N       | UPW               | SM                |      | 6
""")


@pytest.mark.parametrize("case", ROLE_ANSWERS, ids=label)
def test_a_role_at_a_supplier_is_what_an_operator_said(case: dict[str, str]) -> None:
    words = {"supplier's": "is_sub_contracted", "role": "sub_contracted_role", "objects": "has_objected"}
    rows = employees({word: case[name] for name, word in words.items()} | {"supplier": "Zz Supplier"})
    answered = with_role_answers(rows, role_answers(case["answer"]))
    answer = assign(answered, no_findings(), "C06").row(0, named=True)
    assert (answer["outcome"], answer["rule"] or "", str(answer["step"])) == (
        case["outcome"], case["rule"], case["step"],
    )  # fmt: skip


UNREAD_APPEALS = drawn("""
appeal_date | appeal_outcome | outcome
2020-13-01  |                | appeal_open
            | LOST           | appeal_open
            |                | SM
            | REJECTED       | SM
""")


@pytest.mark.parametrize("case", UNREAD_APPEALS, ids=label)
def test_an_appeal_that_nobody_can_read_is_open(case: dict[str, str]) -> None:
    text = employee_text({word: case[word] for word in ("appeal_date", "appeal_outcome")})
    unread = convert(text, "staff", "employee", "C06").findings
    rows = employees({word: case[word] for word in ("appeal_date", "appeal_outcome")})
    assert assign(rows, unread, "C06")["outcome"].to_list() == [case["outcome"]]


def test_severities_are_those_of_the_rules() -> None:
    rows = employees(
        {"end_date": "2021-05-31"},
        {"has_objected": "Y"},
        {"is_sub_contracted": "Y", "sub_contracted_role": "FRAMEWORK", "supplier": "Zz"},
        {"appeal_date": "2020-09-01"},
        shares("SM 50 UPW 50"),
        {"is_sub_contracted": "Y", "sub_contracted_role": "PLW"},
    )
    found = assignment_findings(assign(rows, no_findings(), "C06")).sort("source_row")
    assert found.select("source_row", "rule", "severity", "stage").rows() == [
        ("2", "S09", "info", "map"),
        ("3", "S06", "info", "map"),
        ("4", "S05", "info", "map"),
        ("5", "S07", "warning", "map"),
        ("6", "S04", "warning", "map"),
        ("7", "S15", "warning", "map"),
    ]


def test_a_supplier_without_a_name_is_pointed_out() -> None:
    rows = employees({"is_sub_contracted": "Y", "sub_contracted_role": "FRAMEWORK"})
    found = assignment_findings(assign(rows, no_findings(), "C06"))
    words = "is_sub_contracted;sub_contracted_role;supplier"
    assert found.select("rule", "column").rows() == [("S05", words)]


def test_what_sets_a_row_aside_is_its_reason() -> None:
    rows = employees({}, outcome="set_aside")
    findings = pl.concat([findings_of(rows, rule, "employee") for rule in ("S03", "S01", "S08")])
    answer = assign(rows, findings, "C06").row(0, named=True)
    assert (answer["outcome"], answer["rule"], answer["step"]) == ("set_aside", "S01;S03", 4)


def test_a_repeated_row_is_no_second_employee() -> None:
    rows = employees({}, {"employee_ref": "E1"})
    repeated = rows.with_columns(pl.Series("row_outcome", ["carried", "not_in_scope"]))
    assert assign(repeated, no_findings(), "C06")["source_row"].to_list() == ["2"]


def test_two_posts_are_two_employees() -> None:
    rows = employees(
        {"employee_ref": "P1", **shares("SM 100"), "fte": "0.60"},
        {"employee_ref": "P2", **shares("UPW 100"), "fte": "0.40"},
    )
    assert assign(rows, no_findings(), "C06")["outcome"].to_list() == ["SM", "UPW"]


REGIONS = drawn("""
company | postcode | team   | region | from
C06     | LS1 1AA  | C06S01 | N51    | company
C06     |          |        | N51    | company
C07     | BL1 9ZZ  | C07S01 | N50    | postcode district
C07     | bl19zz   | C07S12 | N50    | postcode district
C04     | HU1 9ZZ  | C04S05 | N55    | postcode district
C04     | LN1 9ZZ  | C04S01 | N53    | postcode district
C04     | DN36 4AA | C04S05 | N55    | full postcode
C04     | dn365aa  | C04S01 | N53    | full postcode
C07     | WA3 1FA  | C07S01 | N51    | full postcode
C07     | DN36 4AA | C07S01 | N50    | team
C04     | DN36 9ZZ | C04S05 | N53    | team
C04     | DN36 9ZZ | C04H01 |        |
C07     | ZZ1 9ZZ  | C07S01 | N50    | team
C07     | ZZ1      | C07S12 | N51    | team
C07     | ZZ1 9ZZ  | C07UAT |        |
C07     | ZZ1 9ZZ  | C07X99 |        |
""")


@pytest.mark.parametrize("case", REGIONS, ids=label)
def test_the_workplace_says_which_region(case: dict[str, str]) -> None:
    rows = employees({"postcode": case["postcode"], "team": case["team"]}, company=case["company"])
    answer = assign(rows, no_findings(), case["company"]).row(0, named=True)
    assert (answer["region"], answer["region_from"]) == (case["region"] or None, case["from"] or None)
    assert answer["outcome"] == "SM"


def test_an_answered_team_says_the_region_of_its_receiver() -> None:
    answers = pl.DataFrame({"team": ["C07X99"], "answer": ["N51W07"]})
    rows = employees({"postcode": "ZZ1 9ZZ", "team": "C07X99"}, company="C07")
    answer = assign(rows, no_findings(), "C07", decided=answers).row(0, named=True)
    assert (answer["region"], answer["region_from"]) == ("N51", "team")


def test_a_district_on_the_border_is_no_answer() -> None:
    rows = employees({"postcode": "WA3 9ZZ", "team": "C07S01"}, company="C07")
    assert assign(rows, no_findings(), "C07")["region_from"].to_list() == ["team"]


percents = st.integers(0, 100).map(str)
days = st.sampled_from(["", "2020-09-01", "2021-06-25", "2021-06-26", "2021-07-30"])
returned = st.fixed_dictionaries(
    {
        **dict.fromkeys(shares("SM 100"), percents),
        "end_date": days,
        "start_date": st.sampled_from(["2014-06-01", "2021-06-25", "2021-06-26"]),
        "appeal_date": days,
        "appeal_outcome": st.sampled_from(["", "UPHELD", "REJECTED", "LOST"]),
        "appeal_function": st.sampled_from(["", "SM", "CORP", "X"]),
        "has_objected": st.sampled_from(["Y", "N", ""]),
        "is_sub_contracted": st.sampled_from(["Y", "N", ""]),
        "sub_contracted_role": st.sampled_from(["FRAMEWORK", "PM", "QQ", ""]),
        "team": st.sampled_from(["C07S01", "C07S12", "C07UAT", "", "ZZ"]),
        "postcode": st.sampled_from(["BL1 9ZZ", "ZZ1", ""]),
    }
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(returned, st.booleans()), min_size=20, max_size=30))
def test_outcomes_are_a_partition_of_any_return(rows: list[tuple[dict[str, str], bool]]) -> None:
    """K05: every employee has exactly one outcome, and one row outcome with it."""
    aside = ["set_aside" if is_aside else "carried" for _, is_aside in rows]
    frame = employees(*(row for row, _ in rows), company="C07").with_columns(pl.Series("row_outcome", aside))
    assigned = assign(frame, no_findings(), "C07")
    assert assigned["source_row"].to_list() == frame["source_row"].to_list()
    assert set(assigned["outcome"]) <= set(OUTCOMES)
    carried = assigned.filter(row_outcome() == "carried")
    assert carried.height == assigned.filter(~pl.col("outcome").is_in(["not_in_scope", "set_aside"])).height
    named = assigned.filter(pl.col("outcome").is_in(list(RULES)))
    assert named["source_row"].to_list() == named.sort("row_number")["source_row"].to_list()
    assert assignment_findings(assigned).height == named.height
