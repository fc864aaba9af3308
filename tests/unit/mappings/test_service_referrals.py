"""Open referrals become NSIs of the services that there are on Day 1, each on an event of its person."""

import datetime as dt

import polars as pl
import pytest

from mappings.case.case_model import CaseModel
from mappings.writes.service_referrals import framework_referrals, placed_referrals
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from tests.spec.drawn_tables import drawn
from vocabulary.batch import Batch

BASELINE = ndelius(
    offender=[{"offender_id": "1"}, {"offender_id": "2"}, {"offender_id": "3"}],
    event=[
        {"event_id": "11", "offender_id": "1", "is_active": "Y"},
        {"event_id": "12", "offender_id": "1", "is_active": "Y"},
        {"event_id": "13", "offender_id": "2", "is_active": "Y"},
        {"event_id": "14", "offender_id": "2", "is_active": "N"},
    ],
    disposal=[
        {"disposal_id": "21", "event_id": "11", "offender_id": "1", "is_active": "Y"},
        {"disposal_id": "22", "event_id": "12", "offender_id": "1", "is_active": "Y"},
        {"disposal_id": "23", "event_id": "13", "offender_id": "2", "is_active": "Y",
         "sentence_date": "2020-10-01"},
        {"disposal_id": "24", "event_id": "14", "offender_id": "2", "is_active": "N",
         "sentence_date": "2021-02-01"},
    ],
    requirement=[
        {"requirement_id": "31", "offender_id": "1", "disposal_id": "21", "is_active": "Y",
         "main_category": "F", "start_date": "2020-10-01"},
        {"requirement_id": "32", "offender_id": "1", "disposal_id": "22", "is_active": "Y",
         "main_category": "F", "start_date": "2021-02-01"},
        {"requirement_id": "33", "offender_id": "1", "disposal_id": "21", "is_active": "Y",
         "main_category": "W", "start_date": "2021-03-01"},
        {"requirement_id": "34", "offender_id": "1", "disposal_id": "21", "is_active": "N",
         "main_category": "F", "start_date": "2021-04-01"},
        {"requirement_id": "35", "offender_id": "2", "disposal_id": "24", "is_active": "Y",
         "main_category": "F", "start_date": "2021-04-01"},
    ],
)  # fmt: skip
"""1 has two live events, 2 a live sentence without a RAR, 3 nothing."""

REFERRED = {"person_id": "1", "referral_date": "2021-01-11", "start_date": "2021-01-25"}


def written(
    *cases: dict[str, str], region: str = "N51", **exports: dict[str, Cases]
) -> dict[str, pl.DataFrame]:
    """NSI and NSI_MANAGER of these referrals."""
    batch = batch_of("C06", referrals={"service_referral": [REFERRED | case for case in cases]}, **exports)
    model = CaseModel(batch, BASELINE)
    return framework_referrals(placed_referrals(model, model.components, regions(batch, region)))


def regions(batch: Batch, region: str) -> pl.DataFrame:
    """Everybody goes to `region`."""
    people = batch.all("referrals", "service_referral").select("person_id").unique()
    return people.with_columns(pl.lit(region).alias("region"))


SERVICES = drawn("""
case                   | category | sub_category | region | type
accommodation          | A        |              | N51    | CRS01
employment             | E        |              | N51    | CRS02
employment, said       | E        | ETE          | N51    | CRS02
finance                | E        | FBD          | N51    |
dependency             | D        |              | N51    |
dependency, a sub code | D        | FBD          | N51    |
accommodation, sub     | A        | FBD          | N51    | CRS01
wellbeing              | P        |              | N51    | CRS05
women's                | W        |              | N51    | CRS06
young adults           | Y        |              | N03    | CRS05
wellbeing, Manchester  | P        |              | N50    |
women's, Manchester    | W        |              | N50    |
accommodation there    | A        |              | N50    | CRS01
""")


@pytest.mark.parametrize("case", SERVICES, ids=lambda case: case["case"])
def test_only_what_has_a_service_on_day_1_is_written(case: dict[str, str]) -> None:
    own = {name: case[name] for name in ("category", "sub_category")}
    found = written(own, region=case["region"])
    assert found["NSI"]["type"].to_list() == ([case["type"]] if case["type"] else [])
    assert found["NSI_MANAGER"].height == found["NSI"].height


EVENTS = drawn("""
case                    | person_id | component_id | requirement | event
a RAR                   | 1         | 31           | 31          | 11
another requirement     | 1         | 33           |             | 11
none named: latest RAR  | 1         |              |             | 12
long closed             | 1         | 34           |             | 12
somebody else's         | 1         | 35           |             | 12
nobody's                | 1         | 99           |             | 12
no RAR: live sentence   | 2         |              |             | 13
on a closed event       | 2         | 35           |             | 13
""")


@pytest.mark.parametrize("case", EVENTS, ids=lambda case: case["case"])
def test_it_hangs_on_an_event_and_on_the_rar_it_names(case: dict[str, str]) -> None:
    found = written({name: case[name] for name in ("person_id", "component_id")} | {"category": "A"})["NSI"]
    assert found.select("requirement_id", "event_id").rows() == [(case["requirement"] or None, case["event"])]


def test_without_a_live_sentence_nothing_is_written() -> None:
    assert [rows.height for rows in written({"person_id": "3", "category": "A"}).values()] == [0, 0]


def test_a_sentence_that_only_the_company_holds_will_do() -> None:
    event = {
        "person_id": "3", "local_ref": "E1", "event_id": "0", "sentence_date": "2021-05-01", "type": "329",
        "end_date": "",
    }  # fmt: skip
    found = written({"person_id": "3", "category": "A"}, spg={"event": [event]})
    assert found["NSI"]["event_id"].to_list() == ["spg:event:E1"]


def test_it_runs_from_the_day_of_the_referral_under_its_number() -> None:
    rows = written(
        {"referral_ref": "SR1", "note": "two\nlines", "start_date": "", "end_date": "2021-09-01"},
        {"referral_ref": "SR2", "start_date": "2021-07-05"},
    )["NSI"]
    day = dt.date(2021, 1, 11)
    words = ["referral_date", "start_date", "status", "status_date", "end_date", "intended_provider"]
    assert rows.select(words).unique().rows() == [(day, day, "INPROG", day, None, "CRS")]
    assert rows["notes"].to_list() == ["SR1\ntwo\nlines", "SR2"]


def test_all_are_managed_where_commissioned_services_are() -> None:
    managers = written({"referral_ref": "SR1", "category": "A"})["NSI_MANAGER"]
    expected = ("referrals:referral:SR1", "CRS", "CRSUAT", "CRSUATU", dt.date(2021, 6, 26))
    assert managers.select("nsi_id", "area", "team", "officer", "start_date").rows() == [expected]
