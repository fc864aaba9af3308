"""New unpaid work orders, sessions, adjustments and contacts of an SPG company."""

import polars as pl
import pytest
from unacknowledged import known, london

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.writes.new_unpaid_work import contact_inserts, new_unpaid_work, session_inserts
from mappings.writes.projects import project_refs, routed_projects
from vocabulary.calendar import DAY_1


@pytest.fixture(scope="module")
def inserts() -> dict[str, pl.DataFrame]:
    model = CaseModel(london(), known())
    regions = person_regions(model).persons
    refs = project_refs(routed_projects(model, "N07"), model.baseline)
    sessions = session_inserts(model, regions, refs)
    return {**new_unpaid_work(model, regions), **sessions, "diary": contact_inserts(model, regions)}


def test_a_live_order_goes_to_the_receiving_team_at_once(inserts: dict[str, pl.DataFrame]) -> None:
    rows = (
        inserts["UPW_DETAILS"]
        .select("natural_key", "disposal_id", "team", "officer", "allocated_date")
        .rows()
    )
    assert rows == [("spg:upw_order:U1", "spg:disposal:E1", "N07W01", "N07W01U", DAY_1)]


def test_an_adjustment_hangs_on_the_order_of_its_event(inserts: dict[str, pl.DataFrame]) -> None:
    rows = inserts["UPW_ADJUSTMENT"].select("natural_key", "upw_order_id", "amount").rows()
    assert rows == [("spg:upw_adjustment:J1", "spg:upw_order:U1", 30)]


def test_a_session_is_an_appointment_with_its_contact(inserts: dict[str, pl.DataFrame]) -> None:
    session = inserts["UPW_APPOINTMENT"].row(0, named=True)
    assert inserts["UPW_APPOINTMENT"].height == 1
    assert (session["upw_order_id"], session["upw_project_id"]) == ("spg:upw_order:U1", "upw:project:C17-P1")
    assert (session["team"], session["officer"], session["credited"]) == ("C17S01", "C17A001", 60)
    assert inserts["CONTACT"].select("natural_key", "event_id", "type").rows() == [
        ("spg:upw_session:W1", "spg:event:E1", "CUPA")
    ]


def test_a_contact_stands_under_whom_it_happens(inserts: dict[str, pl.DataFrame]) -> None:
    rows = inserts["diary"].select("natural_key", "area", "team", "officer").rows()
    assert rows == [
        ("spg:contact:D1", "N07", "N07A01", "N07A01U"),
        ("spg:contact:D2", "C17", "C17S01", "C17A001"),
    ]


def test_a_contact_under_a_requirement_has_its_event_too(inserts: dict[str, pl.DataFrame]) -> None:
    """Dictionary rule 13: the record named the requirement only."""
    rows = inserts["diary"].select("event_id", "requirement_id").rows()
    assert rows == [("spg:event:E1", None), ("12", "42")]
