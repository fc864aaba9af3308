"""T04, T05, T06, T10, T11 and T12: what a delivered value must look like, drawn as tables."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from drawn_tables import drawn, label
from valid_rows import text_rows

from mappings.parsing.convert import convert
from mappings.parsing.duplicates import duplicates
from vocabulary.source import source_words

BLANK_AND_UNREADABLE = drawn("""
company | export     | entity           | word            | value               | rules
C06     | delius     | offender         | surname         |                     | T04
C06     | delius     | offender         | crn             | '       '           | T04
C06     | delius     | offender         | surname         | Null                |
C06     | delius     | offender         | second_name     |                     |
C06     | delius     | offender         | date_of_birth   | n/a                 | T04
C06     | delius     | offender         | date_of_birth   | 12/25/1980          | T05
C06     | delius     | offender         | date_of_birth   | 1/2/1980            | T05
C06     | delius     | offender         | date_of_birth   | 44197               | T05
C06     | delius     | offender         | offender_id     | 25A                 | T05
C06     | delius     | offender         | offender_id     | -25                 | T05
C06     | delius     | offender         | is_deleted      | Y                   | T05
C06     | delius     | offender         | last_updated    | 01/03/2021          | T05
C06     | delius     | event            | conviction_date | 31/02/2021          | T06
C06     | delius     | event            | conviction_date | unknown             |
C06     | delius     | contact          | start_time      | 01/01/1970 24:10:00 | T06
C06     | delius     | contact          | notes           | N/A                 |
C06     | delius     | upw_adjustment   | amount          | -30                 |
C06     | delius     | upw_adjustment   | amount          | 7.5                 | T05
C17     | spg        | upw_session      | start_time      | 9:30                | T05
C17     | spg        | nsi              | status_date     | 2021-03-01          | T05
C17     | upw        | upw_placement    | ordered         | 7.5h                | T05
C17     | upw        | upw_session      | offered         | N/A                 | T04
C17     | upw        | upw_session      | travel_credited | soon                | T06
C17     | upw        | upw_project      | beneficiary     | -                   |
C17     | upw        | upw_project      | name            | -                   |
C06     | upw        | upw_project      | is_women_only   | Y                   | T05
C12     | upw        | upw_session      | date            | 2021-03-01          | T05
C03     | upw        | upw_session      | offered         | 7.5                 | T05
C01     | staff      | employee         | share_corporate | 1000.5              | T05
C01     | staff      | employee         | fte             | 0.755               | T06
C05     | eoc        | assessment       | need.score      | none                | T04
""")


@pytest.mark.parametrize("case", BLANK_AND_UNREADABLE, ids=label)
def test_a_value_is_there_and_readable(case: dict[str, str]) -> None:
    where = (case["export"], case["entity"], case["company"])
    text = text_rows(*where, {case["word"]: case["value"].strip("'")})
    converted = convert(text, case["export"], case["entity"], case["company"])
    assert converted.findings.select("rule", "column").rows() == [
        (rule, case["word"]) for rule in case["rules"].split()
    ]
    left_out = [("2", case["word"])] if case["rules"] == "T06" else []
    assert converted.left_out.select("source_row", "column").rows() == left_out


READ_AS = drawn("""
company | export  | entity         | word            | value               | read as
C06     | delius  | offender       | noms_number     | '       '           |
C06     | delius  | offender       | crn             | X500123             | X500123
C06     | delius  | offender       | is_deleted      | 0                   | False
C06     | delius  | offender       | last_updated    | 01/03/2021 09:30:00 | 2021-03-01 09:30:00
C06     | delius  | contact        | start_time      | 01/01/1970 09:30:00 | 09:30:00
C06     | delius  | contact        | is_rar          | Y                   | True
C06     | delius  | upw_session    | attended        | U                   | U
C06     | upw     | upw_project    | is_women_only   | No                  | False
C06     | upw     | upw_placement  | ordered         | 120:00              | 7200
C06     | upw     | upw_session    | offered         | 07:30               | 450
C01     | upw     | upw_session    | offered         | 7.5                 | 450
C01     | upw     | upw_session    | offered         | 7.075               | 425
C01     | upw     | upw_session    | start_time      | 09:30               | 09:30:00
C03     | upw     | upw_session    | offered         | 7,5                 | 450
C17     | upw     | upw_session    | offered         | 120                 | 120
C12     | upw     | upw_session    | date            | 05-Feb-2021         | 2021-02-05
C01     | staff   | employee       | fte             | 0.80                | 0.80
C01     | staff   | employee       | share_corporate | 33.5                | 33.5
""")


@pytest.mark.parametrize("case", READ_AS, ids=label)
def test_a_value_is_read_as_its_type(case: dict[str, str]) -> None:
    where = (case["export"], case["entity"], case["company"])
    text = text_rows(*where, {case["word"]: case["value"].strip("'")})
    value = convert(text, case["export"], case["entity"], case["company"]).frame[case["word"]][0]
    if isinstance(value, Decimal):
        assert value == Decimal(case["read as"])
    else:
        assert ("" if value is None else str(value)) == case["read as"]


DAY_NUMBERS = drawn("""
company | system | value    | rules | read as
C01     | 1900   | 44197    | T12   | 2021-01-01
C11     | 1904   | 42735    | T12   | 2021-01-01
C01     | 1900   | 44197.75 | T12   | 2021-01-01
C17     | 1900   | 44197    | T12   | 2021-01-01
C01     | 1900   | 3654     | T12   | 1910-01-01
C01     | 1900   | 3653     | T05   |
C11     | 1904   | 2192     | T12   | 1910-01-01
C11     | 1904   | 2191     | T05   |
C17     | 1900   | 3653     | T05   |
C01     | 1900   | 60       | T05   |
C01     | 1900   | 59       | T05   |
C01     | 1900   | 0        | T05   |
C01     | 1900   | -1       | T05   |
C01     | 1900   | 20210101 | T05   |
""")


@pytest.mark.parametrize("case", DAY_NUMBERS, ids=label)
def test_a_number_in_a_date_column_is_an_excel_day(case: dict[str, str]) -> None:
    text = text_rows("upw", "upw_session", case["company"], {"date": case["value"]})
    converted = convert(
        text.with_columns(date_system=pl.lit(case["system"])), "upw", "upw_session", case["company"]
    )
    assert converted.findings["rule"].to_list() == case["rules"].split()
    read = converted.frame["date"][0]
    assert ("" if read is None else str(read)) == case["read as"]
    assert converted.left_out.is_empty()


CANNOT_BE_READ = drawn("""
company | export     | entity           | word            | value        | rules
C01     | upw        | upw_session      | offered         | #REF!        | T05
C01     | upw        | upw_session      | case_system_ref | #N/A         | T06
C01     | upw        | upw_session      | case_system_ref | N/A          |
C01     | upw        | upw_session      | date            | #VALUE!      | T05
C01     | upw        | upw_session      | start_time      | #NUM!        | T05
C01     | upw        | upw_session      | outcome         | #NAME?       | T05
C01     | upw        | upw_session      | ppe             | #NULL!       | T06
C01     | upw        | upw_session      | note            | #N/A         | T06
C01     | upw        | upw_session      | note            | see #N/A     |
C01     | staff      | employee         | surname         | #n/a         | T05
C01     | staff      | employee         | has_objected    | #DIV/0!      | T05
C01     | staff      | employee         | start_date      | 1909-12-31   | T05
C01     | staff      | employee         | start_date      | 1910-01-01   |
C01     | staff      | employee         | date_of_birth   | 1909-12-31   |
C01     | staff      | employee         | date_of_birth   | 60           | T05
C06     | delius     | event            | referral_date   | 01/01/1900   | T05
C06     | delius     | event            | conviction_date | 31/12/1899   | T06
C06     | delius     | event            | conviction_date | 02/01/1900   |
C06     | delius     | offender         | date_of_birth   | 01/01/1900   |
C06     | delius     | offender         | last_updated    | 01/01/1900 00:00:00 | T05
C06     | delius     | offender         | date_of_birth   | 00/00/0000   | T05
C17     | spg        | nsi              | referral_date   | 0000-00-00   | T05
C17     | spg        | nsi              | referral_date   | 1900-01-01   | T05
C17     | spg        | nsi              | status_date     | 0001-01-01T00:00:00 | T05
""")


@pytest.mark.parametrize("case", CANNOT_BE_READ, ids=label)
def test_what_cannot_be_read_is_never_a_blank(case: dict[str, str]) -> None:
    where = (case["export"], case["entity"], case["company"])
    found = convert(text_rows(*where, {case["word"]: case["value"]}), *where)
    assert found.findings.select("rule", "column").rows() == [
        (rule, case["word"]) for rule in case["rules"].split()
    ]


CLOSING = drawn("""
company | export     | entity           | word           | value      | rules
C06     | delius     | disposal         | end_date       | 00/00/0000 | T13
C06     | delius     | disposal         | end_date       | 0          | T13
C06     | delius     | disposal         | end_date       | 01/01/1900 | T13
C06     | delius     | disposal         | end_date       | #N/A       | T13
C06     | delius     | disposal         | end_date       | n/a        |
C06     | delius     | disposal         | end_date       |            |
C06     | delius     | disposal         | expected_end_date | 0       | T06
C06     | delius     | requirement      | end_date       | soon       | T13
C06     | delius     | nsi              | end_date       | soon       | T13
C06     | delius     | court_report     | completed_date | soon       | T13
C06     | delius     | institutional_report | completed_date | soon   | T13
C06     | delius     | upw_project      | end_date       | soon       | T13
C06     | delius     | restriction      | end_date       | soon       | T13
C06     | delius     | order_manager    | end_date       | soon       | T13
C17     | spg        | event            | end_date       | soon       | T13
C17     | spg        | requirement      | end_date       | soon       | T13
C01     | staff      | employee         | end_date       | 0          | T13
C01     | staff      | employee         | end_date       | 1899-12-31 | T13
C01     | staff      | employee         | end_date       | 44197      | T12
C01     | staff      | employee         | end_date       | 01/06/2021 | T12
C01     | staff      | employee         | contract_end_date | 0       | T06
C01     | upw        | upw_placement    | end_date       | 0          | T13
C17     | programmes | rar_activity     | end_date       | soon       | T13
C17     | referrals  | service_referral | end_date       | soon       | T13
C05     | eoc        | assessment       | completed_date | soon       | T06
""")


@pytest.mark.parametrize("case", CLOSING, ids=label)
def test_a_closing_date_that_cannot_be_read(case: dict[str, str]) -> None:
    where = (case["export"], case["entity"], case["company"])
    found = convert(text_rows(*where, {case["word"]: case["value"]}), *where)
    assert found.findings.select("rule", "column").rows() == [
        (rule, case["word"]) for rule in case["rules"].split()
    ]


OTHER_FORMS = drawn("""
company | export | entity      | word          | value        | rules | read as
C01     | staff  | employee    | start_date    | 01/06/2014   | T12   | 2014-06-01
C01     | staff  | employee    | start_date    | 06/25/2014   | T05   |
C01     | staff  | employee    | start_date    | 1/6/2014     | T05   |
C17     | upw    | upw_session | date          | 01/06/2021   | T05   |
C06     | delius | event       | event_id      | 2500000420.0 | T12   | 2500000420
C06     | delius | event       | event_id      | 2.0          | T12   | 2
C06     | delius | event       | event_id      | 2.5E+09      | T05   |
C06     | delius | event       | event_id      | 2.500        | T05   |
C06     | delius | event       | event_id      | -2.0         | T05   |
C05     | eoc    | assessment  | ogrs3_one_year | 41.0        | T12   | 41
C01     | staff  | employee    | has_objected  | TRUE         | T12   | True
C01     | staff  | employee    | has_objected  | false        | T12   | False
C06     | upw    | upw_project | is_women_only | True         | T12   | True
C06     | delius | event       | is_active     | TRUE         | T05   |
""")


@pytest.mark.parametrize("case", OTHER_FORMS, ids=label)
def test_a_value_in_another_form_is_read_and_told(case: dict[str, str]) -> None:
    where = (case["export"], case["entity"], case["company"])
    found = convert(text_rows(*where, {case["word"]: case["value"]}), *where)
    assert found.findings["rule"].to_list() == case["rules"].split()
    value = found.frame[case["word"]][0]
    assert ("" if value is None else str(value)) == case["read as"]


UNSEEN = drawn("""
export | entity | word | value | told
upw | upw_session | outcome | AT\u200bTC | outcome;(zero width space in outcome)
upw | upw_session | offered | 4\u00a020 | offered;(no-break space in offered)
upw | upw_session | offered | 4\t2 | offered;(control character in offered)
""")


@pytest.mark.parametrize("case", UNSEEN, ids=label)
def test_a_finding_names_what_nobody_sees(case: dict[str, str]) -> None:
    text = text_rows(case["export"], case["entity"], "C17", {case["word"]: case["value"]})
    found = convert(text, case["export"], case["entity"], "C17").findings
    assert found["column"].to_list() == [case["told"]]


CREDITED = drawn("""
case                     | company | outcome | credited | rules | read as
attended                 | C17     | ATTC    | 60       |       | 60
attended, blank          | C17     | ATTC    |          | T04   |
sent home, blank         | C17     | ATSH    | N/A      | T04   |
the service failed       | C17     | ATSS    |          | T04   |
attended, no number      | C17     | ATTC    | an hour  | T05   |
attended, failed cell    | C17     | ATTC    | #VALUE!  | T05   |
absent, failed cell      | C17     | UAAB    | #VALUE!  | T06   | 0
absent                   | C17     | UAAB    |          |       | 0
absent, no number        | C17     | UAAB    | an hour  | T06   | 0
no outcome               | C17     |         |          |       | 0
waits, candidate attends | C06     | SH      |          | T04   |
waits, candidate absent  | C06     | A       |          |       | 0
""")


@pytest.mark.parametrize("case", CREDITED, ids=label)
def test_an_attendance_states_the_time_credited(case: dict[str, str]) -> None:
    changes = {"outcome": case["outcome"], "credited": case["credited"]}
    converted = convert(
        text_rows("upw", "upw_session", case["company"], changes), "upw", "upw_session", case["company"]
    )
    assert converted.findings["rule"].to_list() == case["rules"].split()
    assert converted.frame["credited"].to_list() == [int(case["read as"]) if case["read as"] else None]


PERSON_NAMED = drawn("""
crn     | person_ref | rules
X500123 | OM-1       |
X500123 |            |
        | OM-1       |
        | none       | T04
""")


@pytest.mark.parametrize("case", PERSON_NAMED, ids=label)
def test_a_placement_names_its_person(case: dict[str, str]) -> None:
    text = text_rows("upw", "upw_placement", "C17", {"crn": case["crn"], "person_ref": case["person_ref"]})
    findings = convert(text, "upw", "upw_placement", "C17").findings
    assert findings.select("rule", "column").rows() == [
        (rule, "crn;person_ref") for rule in case["rules"].split()
    ]


def test_the_columns_of_one_rule_share_a_line() -> None:
    text = text_rows("upw", "upw_session", "C17", {"offered": "", "start_time": None, "date": "soon"})
    findings = convert(text, "upw", "upw_session", "C17").findings
    assert dict(findings.select("rule", "column").rows()) == {"T04": "start_time;offered", "T05": "date"}


def test_a_row_set_aside_at_extract_is_not_judged_again() -> None:
    text = text_rows("upw", "upw_session", "C17", {"offered": ""}, {"offered": ""})
    skip = text.select("source_file", "source_row").head(1)
    converted = convert(text, "upw", "upw_session", "C17", skip)
    assert converted.findings["source_row"].to_list() == ["3"]
    assert converted.frame.height == 2


REPEATED = drawn("""
row | session_ref | offered | rules
2   | S1          | 60      |
3   | S2          | 60      | T11
4   | S1          | 60      | T10
5   | 'S1 '       | 60      | T10
6   | S2          | 90      | T11
7   |             | 60      |
8   |             | 60      |
""")


def test_rows_delivered_twice() -> None:
    changes = [
        {"session_ref": case["session_ref"].strip("'"), "offered": case["offered"]} for case in REPEATED
    ]
    findings = duplicates(text_rows("upw", "upw_session", "C17", *changes), "upw", "upw_session")
    expected = {(case["row"], case["rules"]) for case in REPEATED if case["rules"]}
    assert set(findings.select("source_row", "rule").rows()) == expected


def test_the_message_number_does_not_make_two_records_different() -> None:
    text = text_rows("spg", "address", "C17", {"message_reference": "1"}, {"message_reference": "2"})
    assert duplicates(text, "spg", "address")["rule"].to_list() == ["T10"]


def test_membership_of_two_teams_is_no_duplicate() -> None:
    text = text_rows("delius", "staff_team", "C06", {"team_id": "1"}, {"team_id": "2"})
    assert duplicates(text, "delius", "staff_team").is_empty()


@pytest.mark.parametrize("export", ["delius", "spg", "upw", "programmes", "referrals", "staff", "documents"])
def test_valid_rows_of_every_entity_pass(export: str) -> None:
    for entity in source_words(export):
        converted = convert(text_rows(export, entity, "C17", {}), export, entity, "C17")
        assert converted.findings.is_empty()
        assert converted.left_out.is_empty()
        nulls = converted.frame.select(word.name for word in source_words(export)[entity]).null_count()
        assert nulls.sum_horizontal().to_list() == [0]


def test_dates_are_dates() -> None:
    converted = convert(text_rows("upw", "upw_session", "C12", {}), "upw", "upw_session", "C12")
    assert converted.frame["date"].to_list() == [dt.date(2021, 3, 1)]
