"""V01 to V06: referrals to sub-contracted services, drawn as tables."""

import polars as pl
from drawn_tables import drawn

from mappings.case.case_model import CaseModel
from mappings.parsing.out_of_scope import judge_scope
from mappings.writes.day_1_services import young_adult_codes
from mappings.writes.service_referrals import placed_referrals, referral_findings
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.rules import service_referrals
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, Batch
from vocabulary.resources import text_table

ENTITY = "service_referral"
WALES, ENGLAND = "C10", "C05"


def judged(company: str, cases: Cases) -> tuple[Batch, pl.DataFrame]:
    """The batch after map, and V01's findings."""
    batch = batch_of(company, referrals={ENTITY: cases})
    frame = batch.all("referrals", ENTITY)
    out, findings = judge_scope(frame, "referrals", ENTITY, frame.filter(pl.col("row_outcome") != CARRIED))
    is_leaving = (pl.col("row_outcome") == CARRIED) & pl.col("is_out_of_scope")
    outcome = pl.when(is_leaving).then(pl.lit(NOT_IN_SCOPE)).otherwise("row_outcome")
    batch.frames["referrals"][ENTITY] = out.with_columns(outcome.alias("row_outcome"))
    return batch, findings


def rules(company: str, cases: Cases, persons: pl.DataFrame | None = None) -> list[str]:
    """Rules found per row."""
    nobody = pl.DataFrame(schema={"person_id": pl.String, "gender": pl.String})
    batch, findings = judged(company, cases)
    found = service_referrals.setting_aside(batch, young_adult_codes(batch.company))
    warnings = service_referrals.warnings(batch, nobody if persons is None else persons)
    return rules_of([findings, *found, *warnings], ENTITY, cases)


DATES = drawn("""
case                       | status | referral_date | start_date | end_date   | row_outcome  | rules
open                       | O      | 2021-01-11    | 2021-01-25 |            |              |
open, ends after Day 1     | O      | 2021-01-11    | 2021-01-25 | 2021-06-26 |              |
open, ended on the last day | O     | 2021-01-11    | 2021-01-25 | 2021-06-25 |              | V01 V04
closed                     | C      | 2021-01-11    | 2021-01-25 | 2021-05-14 |              | V01
closed without a date      | C      | 2021-01-11    | 2021-01-25 |            |              | V01
ended the day it began     | C      | 2021-01-11    | 2021-01-25 | 2021-01-25 |              | V01
ended before it began      | C      | 2021-01-11    | 2021-01-25 | 2021-01-24 |              | V01 V04
never began                | C      | 2021-01-11    |            | 2021-01-11 |              | V01
ended before the referral  | C      | 2021-01-11    |            | 2021-01-10 |              | V01 V04
begins later, ends before  | O      | 2021-01-11    | 2021-07-05 | 2021-07-01 |              | V04
wrong, but set aside       | C      | 2021-01-11    | 2021-01-25 | 2021-01-24 | set_aside    |
wrong, but repeated        | O      | 2021-01-11    | 2021-07-05 | 2021-07-01 | not_in_scope |
""")


def test_a_referral_ends_after_it_began_and_an_open_one_has_not_ended() -> None:
    assert rules(ENGLAND, DATES) == drawn_rules(DATES)


def test_a_closed_row_that_is_sent_twice_is_told_of_once() -> None:
    wrong = {"referral_ref": "SR1", "status": "C", "start_date": "2021-01-25", "end_date": "2021-01-12"}
    batch, _ = judged(ENGLAND, [wrong, wrong])
    found = service_referrals.setting_aside(batch, young_adult_codes(batch.company))
    assert rules_of(found, ENTITY, [wrong, wrong]) == ["V04", ""]


YOUNG = drawn("""
case          | category | row_outcome | rules
young adults  | YAW      |             |
wellbeing     | PWB      |             |
""")
YOUNG_ELSEWHERE = drawn("""
case                  | category | status | row_outcome  | rules
young adults          | Y        | O      |              | V02
wellbeing             | P        | O      |              |
young adults, closed  | Y        | C      |              | V01
young adults, twice   | Y        | O      | not_in_scope |
""")


def test_every_owner_says_which_category_is_for_young_adults() -> None:
    known = text_table("mappings", "codes", "referral_category.csv").select("scope", "source_code").rows()
    named = text_table("mappings", "framework", "young_adults.csv").select("owner", "category").rows()
    assert set(named) <= set(known)
    assert sorted(owner for owner, _ in named) == sorted({owner for owner, _ in known})


def test_services_for_young_adults_are_in_wales_only() -> None:
    assert rules(WALES, YOUNG) == drawn_rules(YOUNG)
    assert rules(ENGLAND, YOUNG_ELSEWHERE) == drawn_rules(YOUNG_ELSEWHERE)


GENDERS = pl.DataFrame({"person_id": ["1", "2", "3"], "gender": ["F", "M", None]})
WOMEN = drawn("""
case                   | person_id | category | status | row_outcome | rules
a woman                | 1         | W        | O      |             |
a man                  | 2         | W        | O      |             | V03
gender unknown         | 3         | W        | O      |             |
a man, other service   | 2         | P        | O      |             |
a man, set aside       | 2         | W        | O      | set_aside   |
a man, closed          | 2         | W        | C      |             | V01
""")


def test_womens_services_are_for_women() -> None:
    assert rules(ENGLAND, WOMEN, GENDERS) == drawn_rules(WOMEN)


BASELINE = ndelius(
    offender=[{"offender_id": "1"}, {"offender_id": "2"}, {"offender_id": "3"}],
    event=[
        {"event_id": "11", "offender_id": "1", "is_active": "Y"},
        {"event_id": "12", "offender_id": "2", "is_active": "Y"},
    ],
    disposal=[
        {"disposal_id": "21", "event_id": "11", "offender_id": "1", "is_active": "Y"},
        {"disposal_id": "22", "event_id": "12", "offender_id": "2", "is_active": "Y"},
    ],
    requirement=[
        {"requirement_id": "31", "offender_id": "1", "disposal_id": "21", "is_active": "Y"},
        {"requirement_id": "32", "offender_id": "1", "disposal_id": "21", "is_active": "N"},
        {"requirement_id": "33", "offender_id": "2", "disposal_id": "22", "is_active": "Y"},
    ],
)  # fmt: skip


def placing_rules(cases: Cases) -> list[str]:
    """V05 and V06 per row; the region is the row's own."""
    batch = batch_of(ENGLAND, referrals={ENTITY: [_without(case, "region") for case in cases]})
    regions = pl.DataFrame([(case["person_id"], case.get("region", "N55")) for case in cases], orient="row")
    regions.columns = ["person_id", "region"]
    model = CaseModel(batch, BASELINE)
    found = referral_findings(placed_referrals(model, model.components, regions.unique("person_id")))
    return rules_of([found], ENTITY, cases)


def _without(case: dict[str, str], word: str) -> dict[str, str]:
    return {name: cell for name, cell in case.items() if name != word}


NAMED = drawn("""
case                       | person_id | component_id | category | row_outcome  | rules
theirs, live               | 1         | 31           | A        |              |
none named                 | 1         |              | A        |              |
long closed                | 1         | 32           | A        |              | V05
somebody else's            | 1         | 33           | A        |              | V05
nobody's                   | 1         | 99           | A        |              | V05
no live sentence           | 3         |              | A        |              | V05
no service, no sentence    | 3         |              | D        |              | V06
no service, long closed    | 1         | 32           | D        |              | V05 V06
set aside                  | 1         | 99           | D        | set_aside    |
closed                     | 1         | 99           | D        | not_in_scope |
""")


def test_the_requirement_named_is_a_live_one_of_the_person_and_there_is_a_live_sentence() -> None:
    assert placing_rules(NAMED) == drawn_rules(NAMED)


PLACED = drawn("""
case                     | person_id | category | sub_category | region | rules
accommodation            | 1         | A        |              | N55    |
employment               | 1         | E        | ETE          | N55    |
finance                  | 1         | E        | FBD          | N55    | V06
dependency               | 1         | D        |              | N55    | V06
wellbeing                | 1         | P        |              | N55    |
women                    | 1         | W        |              | N55    |
wellbeing in Manchester  | 2         | P        |              | N50    | V06
women in Manchester      | 2         | W        |              | N50    | V06
employment in Manchester | 2         | E        |              | N50    |
""")


def test_a_category_without_a_service_on_day_1_is_for_the_region_to_place() -> None:
    assert placing_rules(PLACED) == drawn_rules(PLACED)
