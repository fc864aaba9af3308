"""The region's lists of programmes, interventions and referrals: who is on which, and where."""

from dataclasses import replace

import polars as pl
import pytest

from lists.interventions import interventions_lists
from lists.referrals import referrals_lists
from lists.sources import Lists, ListSources
from mappings.case.context import CaseContext
from mappings.parsing.out_of_scope import judge_scope
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

COMPANY, STRADDLING = "C06", "C04"
BASELINE = ndelius(
    offender=[{"offender_id": "1"}],
    event=[{"event_id": "11", "is_active": "Y"}],
    disposal=[{"disposal_id": "21", "event_id": "11", "offender_id": "1", "is_active": "Y"}],
    requirement=[{"requirement_id": "31", "offender_id": "1", "disposal_id": "21", "is_active": "Y"}],
)
PEOPLE = pl.DataFrame(
    {
        "person_id": ["1"],
        "crn": ["X500001"],
        "surname": ["Zz"],
        "first_name": ["Zz"],
        "region": ["N51"],
        "team": ["N51A07"],
        "officer": ["N51A001"],
    }
)
REGIONS = pl.DataFrame({"person_id": ["1"], "region": ["N51"], "pdu_code": [None]}).cast(pl.String)
HERE = {"person_id": "1", "crn": "X500001"}
NOBODY = {"person_id": "", "crn": "X599999"}


def sources(company: str = COMPANY, baseline: Batch = BASELINE, **tables: Cases) -> ListSources:
    """What one company delivered about one person, whose region is known already."""
    exports = {"programmes": {}, "referrals": {}} | {
        "referrals" if entity == "service_referral" else "programmes": tables for entity in tables
    }
    batch = batch_of(company, **exports)
    for export, frames in batch.frames.items():
        for entity, frame in frames.items():
            frames[entity], _ = judge_scope(frame, export, entity, frame.clear())  # as map leaves it
    case = CaseContext(batch, baseline)
    vars(case)["named_regions"] = REGIONS
    return ListSources(case, PEOPLE, pl.DataFrame(), REGIONS)


def lists(**tables: Cases) -> Lists:
    """The lists of programmes and interventions."""
    return interventions_lists(sources(**tables))


def test_an_open_referral_says_whether_its_requirement_is_live() -> None:
    cases = [
        {**HERE, "status": "ONGOING", "component_id": "31"},
        {**HERE, "status": "REFERRED", "component_id": "99"},
        {**HERE, "status": "REFERRED", "component_id": ""},
        {**HERE, "status": "COMPLETE", "component_id": "31"},
    ]
    rows = lists(programme_referral=cases)["open_referrals"]
    assert rows["live"].to_list() == [True, False, None]
    assert rows.select("region", "team", "officer").unique().rows() == [("N51", "N51A07", "N51A001")]


def test_the_director_is_asked_about_two_programmes() -> None:
    cases = [{**HERE, "status": "ONGOING", "programme": name} for name in ("TSP", "RESOLVE", "BSR", "BBR")]
    rows = lists(programme_referral=cases)["director"]
    assert rows.select("programme", "goes_on").rows() == [("RESOLVE", ""), ("BSR", "")]


def test_a_session_names_everybody_expected_or_stands_alone() -> None:
    """A session of the last day is over."""
    rows = lists(
        programme_session=[
            {"session_ref": "S1", "date": "2021-06-26"},
            {"session_ref": "S2", "date": "2021-07-06"},
            {"session_ref": "S3", "date": "2021-06-25"},
        ],
        programme_referral=[{**HERE, "referral_ref": "R1"}],
        attendance=[{"session_ref": "S1", "referral_ref": "R1", "outcome": ""}],
    )["sessions"]
    assert rows.select("session_ref", "crn", "region").rows() == [
        ("S1", "X500001", "N51"),
        ("S2", None, "N51"),
    ]


ACTIVITIES: Cases = [
    {**HERE, "activity_ref": "GOES", "panel_decision": "APPROVED", "days_planned": "10", "days_done": "4"},
    {**HERE, "activity_ref": "WAITS", "panel_decision": "", "row_outcome": "not_in_scope"},
    {**HERE, "activity_ref": "DOWN", "panel_decision": "ROLLED_DOWN", "row_outcome": "not_in_scope"},
    {
        **HERE,
        "activity_ref": "OTHER",
        "panel_decision": "",
        "need_area": "ACC",
        "row_outcome": "not_in_scope",
    },
    {**HERE, "activity_ref": "OVER", "panel_decision": "", "status": "CLOSED", "row_outcome": "not_in_scope"},
    {**HERE, "activity_ref": "BAD", "panel_decision": "", "row_outcome": "set_aside"},
]


@pytest.mark.parametrize(
    ("name", "expected"), [("approved", "GOES"), ("undecided", "WAITS"), ("rolled_down", "DOWN")]
)
def test_each_activity_is_where_the_panels_word_puts_it(name: str, expected: str) -> None:
    assert lists(rar_activity=ACTIVITIES)[name]["activity_ref"].to_list() == [expected]


def test_an_activity_that_goes_on_says_what_is_left_and_who_has_it() -> None:
    row = lists(rar_activity=ACTIVITIES)["approved"].select("left", "programmes_team").row(0)
    assert row == (6, "N51P01")


def test_a_row_that_was_not_matched_finds_its_person_by_crn() -> None:
    case = {"crn": "X500001", "person_id": "", "panel_decision": "", "row_outcome": "not_in_scope"}
    row = lists(rar_activity=[case])["undecided"].select("surname", "officer").row(0)
    assert row == ("Zz", "N51A001")


@pytest.mark.parametrize(("company", "region"), [(COMPANY, "N51"), (STRADDLING, "unknown")])
def test_whom_nobody_knows_goes_where_the_company_goes(company: str, region: str) -> None:
    rows = interventions_lists(sources(company, programme_referral=[{**NOBODY, "status": "ONGOING"}]))
    assert rows["open_referrals"].select("crn", "region").rows() == [("X599999", region)]


REFERRED: Cases = [
    {**HERE, "referral_ref": "ACC", "category": "A", "status": "O", "end_date": ""},
    {**HERE, "referral_ref": "FBD", "category": "E", "sub_category": "FBD", "status": "O", "end_date": ""},
    {**HERE, "referral_ref": "WOM", "category": "W", "status": "O", "end_date": ""},
    {"person_id": "2", "crn": "X500002", "referral_ref": "FREE", "category": "A", "status": "O"},
    {**HERE, "referral_ref": "ODD", "category": "??", "status": "O", "row_outcome": "set_aside"},
    {**HERE, "referral_ref": "ENDED", "category": "??", "status": "C", "row_outcome": "set_aside"},
]


def test_each_service_has_its_referrals_and_the_rest_is_for_the_region_to_place() -> None:
    found = referrals_lists(sources(service_referral=REFERRED))
    placed = {name: rows["referral_ref"].to_list() for name, rows in found.items() if rows.height}
    assert placed == {
        "CRS01": ["ACC"], "CRS06": ["WOM"], "no_service": ["FBD"], "no_event": ["FREE"],
        "not_placed": ["ODD"],
    }  # fmt: skip


def test_a_referral_has_the_lots_that_may_take_it_as_candidates() -> None:
    found = referrals_lists(sources(service_referral=REFERRED))
    words = ["lot", "provider", "takes", "how_certain"]
    assert found["CRS01"].select(words).row(0) == (
        "PRJ_5556", "SEETEC_BUS_TECH_CTR_LTD", "men 18+", "likely on Day 1",
    )  # fmt: skip
    assert len(found["CRS06"]["lot"][0].split("; ")) > 1  # by police area, and no address says which


def test_the_main_address_says_which_lot() -> None:
    lived = [{"offender_id": "1", "status": "M", "end_date": "", "district": "Blackburn with Darwen"}]
    known = {**BASELINE.frames["delius"], "address": ndelius(address=lived).all("delius", "address")}
    there = sources(baseline=replace(BASELINE, frames={"delius": known}), service_referral=REFERRED)
    assert referrals_lists(there)["CRS06"]["lot"].to_list() == ["PRJ_5795"]
