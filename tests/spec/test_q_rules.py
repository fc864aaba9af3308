"""Q01 to Q05: coded values and the traps of codes.md, drawn as tables."""

import polars as pl
import pytest
from drawn_tables import drawn, label
from valid_rows import text_rows

from mappings.parsing.coded_columns import waiting_findings
from mappings.parsing.convert import Converted, convert

CODED = drawn("""
company | export    | entity           | word      | value | rules | source | target
C01     | upw       | upw_session      | outcome   | A     |       | A      | ATTC
C06     | upw       | upw_session      | outcome   | A     |       | A      | A
C01     | upw       | upw_session      | outcome   | N     |       | N      | N
C06     | upw       | upw_session      | outcome   | N     |       | N      | AASD
C10     | upw       | upw_session      | outcome   | AC    |       | AC     | ATTC
C17     | upw       | upw_session      | outcome   | AC    |       | AC     | AACL
C08     | upw       | upw_session      | outcome   | 1     |       | 1      | ATTC
C06     | upw       | upw_project      | type      | E     |       | E      | UP06
C12     | upw       | upw_project      | type      | E     |       | E      | ES
C06     | delius    | upw_project      | type      | NP1   |       | NP1    | NP1
C06     | delius    | upw_project      | type      | G     | Q02   |        |
C17     | spg       | upw_session      | project_type | ES |       | ES     | ES
N00     | delius    | upw_project      | type      | NP1   |       | NP1    | NP1
C08     | referrals | service_referral | category  | 3     |       | 3      | NONE
C06     | referrals | service_referral | category  | D     |       | D      | NONE
C06     | referrals | service_referral | category  | Z     | Q01   |        |
C01     | referrals | service_referral | category  | MEN   | Q03   | MEN    | NONE
C06     | delius    | offender         | tier      | UB1   |       | UB1    | UB1
C06     | delius    | offender         | tier      | B1    | Q03   | B1     | B1
C06     | delius    | offender         | tier      | NA    |       | NA     | NA
C06     | delius    | offender         | tier      | N/A   | Q02   |        |
C06     | delius    | offender         | tier      | ub1   | Q02   |        |
C06     | delius    | offender         | ethnicity | ZZ    | Q04   |        |
C06     | delius    | offender         | ethnicity | Q7    | Q02   |        |
C06     | delius    | offender         | ethnicity |       |       |        |
C06     | delius    | offender         | gender    | X     | Q01   |        |
C06     | delius    | offender         | gender    |       | T04   |        |
C06     | delius    | offender         | gender    | M     |       | M      | M
C06     | delius    | offence          | offence_code | 99999 | Q01 |       |
C06     | delius    | address          | type      | A99   | Q04   |        |
C06     | delius    | requirement      | main_category | W1 |       | W1     | W1
C06     | delius    | staff            | grade     | CRCC  |       | CRCC   | PSQ
C08     | upw       | upw_session      | outcome   | 9     | Q01   |        |
C06     | upw       | upw_session      | outcome   | XX    | Q01   |        |
C06     | upw       | upw_session      | outcome   | '  P ' |      | P      | ATTC
""")


@pytest.mark.parametrize("case", CODED, ids=label)
def test_a_code_means_what_its_scope_says(case: dict[str, str]) -> None:
    word = case["word"]
    changes = {word: case["value"].strip("'")}
    text = text_rows(case["export"], case["entity"], case["company"], changes)
    converted = convert(text, case["export"], case["entity"], case["company"])
    assert converted.findings.select("rule", "column").rows() == [
        (rule, word) for rule in case["rules"].split()
    ]
    frame = converted.frame.select(pl.col(word, f"{word}_target").fill_null(""))
    assert frame.rows() == [(case["source"], case["target"])]
    is_left_out = case["rules"] in ("Q02", "Q04")
    assert converted.left_out["column"].to_list() == ([word] if is_left_out else [])


SESSION_OUTCOMES = drawn("""
date       | outcome | rules
2021-06-24 | XX      | Q01
2021-06-24 | ??      | Q01
2021-06-24 |         |
2021-06-25 | XX      | Q04
2021-06-25 | ??      | Q02
2021-06-26 | ??      | Q02
""")


@pytest.mark.parametrize("case", SESSION_OUTCOMES, ids=label)
def test_a_session_before_the_extract_needs_an_outcome_that_is_understood(case: dict[str, str]) -> None:
    """The code says whether hours were worked, so the row is set aside (defects.md, D49); blank is U06."""
    text = text_rows("upw", "upw_session", "C06", {"date": case["date"], "outcome": case["outcome"]})
    found = convert(text, "upw", "upw_session", "C06").findings.filter(column="outcome")
    assert found["rule"].to_list() == case["rules"].split()


def offenders(*genders: str) -> Converted:
    text = text_rows("delius", "offender", "C06", *({"gender": gender, "tier": "UA1"} for gender in genders))
    return convert(text, "delius", "offender", "C06")


def test_a_waiting_code_is_counted() -> None:
    waiting = offenders("F", "M", "F").waiting.filter(column="gender")
    assert waiting.select("code", "label", "target_list", "rows", "source_row").rows() == [
        ("F", "Female", "GENDER", 2, "2"),
        ("M", "Male", "GENDER", 1, "3"),
    ]


def test_a_waiting_code_is_found_once_for_all_entities() -> None:
    aliases = convert(text_rows("delius", "alias", "C06", {"gender": "M"}), "delius", "alias", "C06")
    findings = waiting_findings([offenders("F", "M", "F").waiting, aliases.waiting])
    by_gender = findings.filter(column="gender").select("rule", "entity", "source_row")
    assert by_gender.rows() == [("Q05", "offender", "2"), ("Q05", "offender", "3")]


def test_a_row_that_is_not_carried_does_not_wait() -> None:
    text = text_rows("delius", "offender", "C06", {"gender": "F", "surname": ""})
    assert convert(text, "delius", "offender", "C06").waiting.is_empty()


def test_a_company_without_waiting_codes_has_no_finding() -> None:
    assert waiting_findings([]).is_empty()
