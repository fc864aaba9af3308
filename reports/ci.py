"""Findings for a build server: annotations of GitHub Actions, or a JUnit report."""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree  # nosec B405 # writes XML, reads none

import polars as pl

from vocabulary.rules import Rule, catalogue

LEVELS = {
    "block": "error",
    "block_signoff": "error",
    "set_aside": "error",
    "warning": "warning",
    "info": "notice",
}
"""Severity of a rule to the level of an annotation."""

FAILS = frozenset(severity for severity, level in LEVELS.items() if level == "error")

TOLD = 100
"""Rows of one rule and company that a JUnit report names; how many there are it says in any case."""


def github_annotations(findings: pl.DataFrame) -> Iterable[str]:
    """A workflow command per finding. The line is the row where a row is a line of a text."""
    for one in findings.iter_rows(named=True):
        rule = catalogue()[one["rule"]]
        place = {"file": f"{one['company']}/{one['source_file']}"}
        if (one["source_row"] or "").isdecimal():
            place["line"] = one["source_row"]
        place["title"] = f"{rule.id} {one['company']} {one['entity']} {one['column']}".rstrip()
        told = ",".join(f"{name}={_property(value)}" for name, value in place.items())
        yield f"::{LEVELS[rule.severity]} {told}::{_message(f'{rule.statement}. {rule.what_to_do}')}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def junit_report(findings: pl.DataFrame, judged: Mapping[str, frozenset[str]]) -> str:
    """A suite per company and a case per rule: failed where it sets rows aside or forbids to go on, skipped
    where the company has not come to the rule's stage, else passed, with warnings as output.

    Args:
        judged: company to the stages that it has done.
    """
    suites = ElementTree.Element("testsuites", name="day1 findings")
    for company, stages in judged.items():
        own = findings.filter(pl.col("company") == company)
        suite = ElementTree.SubElement(suites, "testsuite", name=company)
        cases = [_case(suite, rule, own, rule.stage in stages) for rule in catalogue().values()]
        suite.set("tests", str(len(cases)))
        for kind in ("failure", "skipped"):
            suite.set("failures" if kind == "failure" else kind, str(cases.count(kind)))
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, rule: Rule, findings: pl.DataFrame, is_judged: bool) -> str:
    """Add the case of `rule`; what came of it: failure, skipped, or blank."""
    name = f"{rule.id} {rule.statement}"
    case = ElementTree.SubElement(suite, "testcase", classname=f"day1.{rule.stage}", name=name)
    found = findings.filter(pl.col("rule") == rule.id)
    if found.is_empty():
        if not is_judged:
            ElementTree.SubElement(case, "skipped", message=f"stage {rule.stage} is not done")
        return "" if is_judged else "skipped"
    places = [
        f"{one['source_file']} {one['source_row'] or ''} {one['entity']} {one['column']}".rstrip()
        for one in found.head(TOLD).iter_rows(named=True)
    ]
    said = f"{found.height:,} found. {rule.what_to_do}"
    if rule.severity not in FAILS:
        ElementTree.SubElement(case, "system-out").text = "\n".join([said, *places])
        return ""
    failure = ElementTree.SubElement(case, "failure", type=rule.severity, message=said)
    failure.text = "\n".join(places)
    return "failure"
