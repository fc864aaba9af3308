"""B01 to B04 and B06 on assessments and stars, and T07 on what OASys is given, drawn as tables."""

import pytest
from drawn_tables import drawn, label

from mappings.parsing.convert import convert
from mappings.parsing.out_of_scope import judge_scope
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, rules_of
from tests.spec.valid_rows import text_rows
from validators.rules.assessments import assessment_warnings, assessments_aside, stars_aside
from validators.rules.lengths import too_long
from vocabulary.batch import Batch
from vocabulary.findings import no_findings


def assessed(cases: Cases) -> Batch:
    """Finished assessments."""
    finished = [
        {"status": "SIGNED", "start_date": "2021-02-01", "completed_date": "2021-02-03"} | case
        for case in cases
    ]
    return batch_of("C05", eoc={"assessment": finished})


SCORES = drawn("""
case              | need.score | ogrs3_one_year | ogrs3_two_year | rules
none to severe    | ["0", "4"] | 0              | 100            |
not computed      | 2          |                |                |
too high          | 5          | 34             | 51             | B02
one of several    | ["2", "9"] | 34             | 51             | B02
below             | -1         | 34             | 51             | B02
OGRS3 above       | 2          | 101            | 51             | B02
OGRS3 below       | 2          | 34             | -1             | B02
""")


def one_member_each(case: dict[str, str]) -> dict[str, str]:
    """Every word of a need as long as its list of scores."""
    count = case["need.score"].count(",") + 1
    words = {"need.area": "ACC", "need.is_priority": "true", "need.summary": "Sample text"}
    return case | {name: "[" + ", ".join([f'"{value}"'] * count) + "]" for name, value in words.items()}


def test_a_score_is_on_its_scale() -> None:
    cases = [one_member_each(case) for case in SCORES]
    assert rules_of(assessments_aside(assessed(cases)), "assessment", cases) == drawn_rules(SCORES)


ASSESSED_ON = drawn("""
case                     | start_date | completed_date | row_outcome  | rules
on one day               | 2021-06-25 | 2021-06-25     |              |
after the extract        | 2021-06-01 | 2021-06-26     |              | B04
before it was started    | 2021-02-03 | 2021-02-02     |              | B04
a draft is not judged    | 2021-02-03 | 2021-02-02     | not_in_scope |
""")


def test_an_assessment_is_completed_between_its_start_and_the_extract() -> None:
    found = assessments_aside(assessed(ASSESSED_ON))
    assert rules_of(found, "assessment", ASSESSED_ON) == drawn_rules(ASSESSED_ON)


NAMES = [
    {"case": "fits", "assessor_name": "Z" * 100, "rules": ""},
    {"case": "too long", "assessor_name": "Z" * 101, "rules": "T07"},
]


def test_an_assessment_fits_the_set_of_oasys() -> None:
    assert rules_of(too_long(assessed(NAMES), "eoc"), "assessment", NAMES) == drawn_rules(NAMES)


RECORDED = drawn("""
case         | rosh_level | row_outcome | rules
not recorded |            |             |
low          | L          |             |
medium       | M          |             |
high         | H          |             | B06
very high    | V          |             | B06
not carried  | V          | set_aside   |
""")


def test_a_high_recorded_risk_is_told() -> None:
    assert rules_of(assessment_warnings(assessed(RECORDED)), "assessment", RECORDED) == drawn_rules(RECORDED)


STARS = drawn("""
case             | score_accommodation | score_crime_free | score_parenting | date       | rules
lowest, highest  | 1                   | 10               | 5               | 2021-06-25 |
no children      | 4                   | 4                |                 | 2021-02-03 |
nought           | 0                   | 4                | 5               | 2021-02-03 | B03
above            | 4                   | 11               | 5               | 2021-02-03 | B03
parent above     | 4                   | 4                | 11              | 2021-02-03 | B03
after extract    | 4                   | 4                | 5               | 2021-06-26 | B04
""")


def test_a_star_is_scored_1_to_10_before_the_extract() -> None:
    batch = batch_of("C01", justice_star={"star": STARS})
    assert rules_of(stars_aside(batch), "star", STARS) == drawn_rules(STARS)


DRAFTS = drawn("""
company | export       | entity     | status   | rules
C05     | eoc          | assessment | DRAFT    | B01
C05     | eoc          | assessment | COMPLETE |
C05     | eoc          | assessment | SIGNED   |
C01     | justice_star | star       | D        | B01
C01     | justice_star | star       | C        |
""")


@pytest.mark.parametrize("case", DRAFTS, ids=label)
def test_a_draft_is_not_in_scope(case: dict[str, str]) -> None:
    text = text_rows(case["export"], case["entity"], case["company"], {"status": case["status"]})
    frame = convert(text, case["export"], case["entity"], case["company"]).frame
    judged, found = judge_scope(frame, frame["export"][0], case["entity"], no_findings())
    assert found["rule"].to_list() == case["rules"].split()
    assert judged["is_out_of_scope"].to_list() == [bool(case["rules"])]


COMPLETED = drawn("""
status   | completed_date | rules
DRAFT    |                |
DRAFT    | 2021-02-03     |
COMPLETE |                | T04
SIGNED   |                | T04
SIGNED   | 2021-02-03     |
""")


@pytest.mark.parametrize("case", COMPLETED, ids=label)
def test_an_assessment_has_a_day_of_completion_unless_it_is_a_draft(case: dict[str, str]) -> None:
    text = text_rows("eoc", "assessment", "C05", {name: case[name] for name in ("status", "completed_date")})
    assert convert(text, "eoc", "assessment", "C05").findings["rule"].to_list() == case["rules"].split()
