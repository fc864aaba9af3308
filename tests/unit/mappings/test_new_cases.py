"""New persons, events and what hangs on them: one row of its table each."""

import datetime as dt

import polars as pl
import pytest
from unacknowledged import NEW, known, london

from mappings.case.case_model import CaseModel
from mappings.writes.new_cases import new_cases


@pytest.fixture(scope="module")
def inserts() -> dict[str, pl.DataFrame]:
    batch = london()
    return new_cases(CaseModel(batch, known()))


EXPECTED = {
    "OFFENDER": [NEW],
    "OFFENDER_ADDRESS": ["spg:address:A1"],
    "EVENT": ["spg:event:E1", "spg:event:E3"],
    "MAIN_OFFENCE": ["spg:offence:E1", "spg:offence:E3"],
    "DISPOSAL": ["spg:disposal:E1"],
    "CUSTODY": ["spg:custody:E1", "spg:custody:E2"],
    "RELEASE": ["spg:release:C1"],
    "KEY_DATE": ["spg:key_date:K1"],
}


@pytest.mark.parametrize("table", EXPECTED)
def test_what_ndelius_has_not_acknowledged_is_one_row(table: str, inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts[table]["natural_key"].to_list() == EXPECTED[table]


def test_a_new_person_with_a_sentence_has_a_current_disposal(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["OFFENDER"].select("gender", "has_current_disposal").rows() == [("F", True)]


def test_an_event_says_that_unpaid_work_is_ordered(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["DISPOSAL"].select("event_id", "has_unpaid_work").rows() == [("spg:event:E1", True)]


def test_custody_is_made_for_what_hangs_on_it(inserts: dict[str, pl.DataFrame]) -> None:
    """Released with a new event: on licence since then. A new PSS requirement: supervised after it."""
    rows = inserts["CUSTODY"].select("disposal_id", "status", "status_date").rows()
    assert rows == [
        ("spg:disposal:E1", "B", dt.date(2021, 3, 3)),
        ("22", "P", dt.date(2021, 3, 1)),
    ]


def test_release_and_key_date_hang_on_custody(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["RELEASE"]["custody_id"].to_list() == ["spg:custody:E1"]
    assert inserts["KEY_DATE"]["custody_id"].to_list() == ["spg:custody:E1"]
