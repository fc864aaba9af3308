"""Custody on Day 1: who is responsible, how soon they come out, who has nobody in post, drawn as a table."""

import polars as pl
import pytest

from lists.custody import custody_cases, custody_lists, unattended
from lists.sources import ListSources
from mappings.case.context import CaseContext
from tests.spec.drawn_batch import batch_of, ndelius
from tests.spec.drawn_tables import drawn

CASES = drawn("""
case                               | status | ACR        | HDE        | PSSED      | officer | responsible | community_from | when                      | waits
twelve weeks before release        | D      | 2021-09-18 |            |            | N51A001 | community   | 2021-06-26     | next twelve weeks         | N
a day more                         | D      | 2021-09-19 |            |            | N51A001 | prison      | 2021-06-27     | next twelve weeks         | N
the earliest release counts        | A      | 2021-12-24 | 2021-07-01 |            | N51A001 | community   | 2021-04-08     | first four weeks          | N
last of the first four weeks       | D      | 2021-07-23 |            |            | N51A001 | community   | 2021-04-30     | first four weeks          | N
first of the next twelve           | D      | 2021-07-24 |            |            | N51A07U | community   | 2021-05-01     | next twelve weeks         | N
last of the next twelve            | D      | 2021-10-15 |            |            | N51A001 | prison      | 2021-07-23     | next twelve weeks         | N
later                              | D      | 2021-10-16 |            |            | N51A001 | prison      | 2021-07-24     | later                     | N
no date known                      | D      |            |            |            | N51A07U | prison      |                | not known: ask the prison | N
a date that has passed             | D      | 2021-06-25 |            |            | N51A001 | community   | 2021-04-02     | before Day 1: check       | N
recalled                           | C      | 2021-12-24 |            |            | N51A001 | community   |                | later                     | N
default officer, first four weeks  | D      | 2021-07-01 |            |            | N51A07U | community   | 2021-04-08     | first four weeks          | Y
unallocated, first four weeks      | D      | 2021-07-01 |            |            | N51UATU | community   | 2021-04-08     | first four weeks          | Y
supervision ends, nobody in post   | P      |            |            | 2021-07-01 | N51A07U | community   |                | first four weeks          | Y
supervision ends                   | P      |            |            | 2021-07-01 | N51A001 | community   |                | first four weeks          | N
""")  # noqa: E501 - a table is read by its columns


def sources(case: dict[str, str], **tables: list[dict[str, str]]) -> ListSources:
    """One person of C17's gateway whose sentence runs; nDelius has the custody, the company the key dates."""
    person = {"offender_id": "1"}
    dates = [
        {"person_id": "1", "event_id": "11", "type": kind, "date": case[kind]}
        for kind in ("ACR", "HDE", "PSSED")
        if case.get(kind)
    ]
    baseline = ndelius(
        **{
            "offender": [person],
            "event": [{**person, "event_id": "11", "is_active": "Y"}],
            "disposal": [{**person, "disposal_id": "21", "event_id": "11", "is_active": "Y"}],
            "custody": [{**person, "custody_id": "31", "disposal_id": "21", "status": case["status"]}],
        }
        | tables
    )
    people = {"person_id": "1", "crn": "X500001", "surname": "Zz", "first_name": "Zz", "region": "N51"}
    here = pl.DataFrame([{**people, "team": "N51A07", "officer": case["officer"]}])
    regions = pl.DataFrame({"person_id": ["1"], "region": ["N51"], "pdu_code": [None]}).cast(pl.String)
    moving = pl.DataFrame({"person_id": ["1"]})
    batch = batch_of("C17", spg={"key_date": dates})
    # our list of key dates is a sample of nDelius's own, which has more of them
    kinds = pl.Series("type", [date["type"] for date in dates], pl.String)
    batch.frames["spg"]["key_date"] = batch.frames["spg"]["key_date"].with_columns(kinds)
    return ListSources(CaseContext(batch, baseline), here, moving, regions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_custody_says_who_is_responsible_and_how_soon(case: dict[str, str]) -> None:
    cases = custody_cases(sources(case))
    found = cases.select("responsible", pl.col("community_from").cast(pl.String), "when").row(0)
    assert found == (case["responsible"], case["community_from"] or None, case["when"])
    assert unattended(cases).height == (case["waits"] == "Y")


def test_each_list_has_its_own() -> None:
    inside = {name: rows.height for name, rows in custody_lists(sources(CASES[0])).items()}
    ending = {name: rows.height for name, rows in custody_lists(sources(CASES[-1])).items()}
    assert inside == {"in_custody": 1, "releases": 1, "supervision_ends": 0}
    assert ending == {"in_custody": 0, "releases": 0, "supervision_ends": 1}


def test_supervision_without_a_date_of_its_end_runs_as_long_as_its_requirement() -> None:
    case = CASES[-1] | {"PSSED": ""}
    running = {"custody_id": "31", "offender_id": "1", "is_active": "Y", "start_date": "2021-06-01"}
    rows = custody_cases(sources(case, pss_requirement=[{**running, "length": "40"}]))
    assert rows["day"].cast(pl.String).to_list() == ["2021-07-11"]


@pytest.mark.parametrize(("word", "recorded"), [("manager_id", "community"), ("prison_manager_id", "prison")])
def test_whom_ndelius_has_stands_beside_it(word: str, recorded: str) -> None:
    officer = {"responsible_officer_id": "5", "offender_id": "1", word: "7"}
    rows = custody_cases(sources(CASES[0], responsible_officer=[officer]))
    assert rows["recorded"].to_list() == [recorded]


def test_who_has_left_prison_or_whose_sentence_is_over_is_on_no_list() -> None:
    over = [{"offender_id": "1", "disposal_id": "21", "event_id": "11", "is_active": "N"}]
    assert custody_cases(sources(CASES[0], disposal=over)).is_empty()
    assert custody_cases(sources(CASES[0] | {"status": "B"})).is_empty()
