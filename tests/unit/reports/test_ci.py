"""Findings for a build server: what it reads, and that a rule nobody has judged by has not passed."""

from xml.etree import ElementTree

import polars as pl

from reports.ci import github_annotations, junit_report
from vocabulary.findings import FINDING_SCHEMA

FINDINGS = pl.DataFrame(
    [
        ("C17", "upw", "a,b.csv", "12", "upw_session", "minutes", "U04", "set_aside", "validate"),
        ("C17", "upw", "book.xlsx", "Sheet1!3", "upw_order", "", "U01", "warning", "validate"),
    ],
    schema=FINDING_SCHEMA,
    orient="row",
)


def test_an_annotation_names_file_and_line_and_says_what_to_do() -> None:
    text, cell = github_annotations(FINDINGS)
    assert text.startswith("::error file=C17/a%2Cb.csv,line=12,title=U04 C17 upw_session minutes::the time")
    assert "Ask the company to mend the row" in text
    assert cell.startswith("::warning file=C17/book.xlsx,title=U01 C17 upw_order::")


def cases_of(stages: frozenset[str]) -> dict[str, ElementTree.Element]:
    suites = ElementTree.fromstring(junit_report(FINDINGS, {"C17": stages}))
    return {case.attrib["name"][:3]: case for case in suites.iter("testcase")}


def test_a_rule_that_sets_rows_aside_fails_and_one_that_warns_does_not() -> None:
    cases = cases_of(frozenset({"receive", "validate"}))
    failure = cases["U04"].find("failure")
    assert failure is not None
    assert failure.text == "a,b.csv 12 upw_session minutes"
    assert [child.tag for child in cases["U01"]] == ["system-out"]
    assert list(cases["F01"]) == []


def test_a_rule_of_a_stage_that_is_not_done_is_skipped() -> None:
    cases = cases_of(frozenset({"receive"}))
    assert [child.tag for child in cases["S03"]] == ["skipped"]
    assert list(cases["F01"]) == []


def test_the_counts_of_a_suite_are_those_of_its_cases() -> None:
    suite = ElementTree.fromstring(junit_report(FINDINGS, {"C17": frozenset({"receive"})})).find("testsuite")
    assert suite is not None
    assert suite.attrib["failures"] == "1"
    assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
    assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
