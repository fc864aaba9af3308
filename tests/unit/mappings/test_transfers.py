"""What a move writes and closes."""

import polars as pl

from mappings.allocation.allocated import allocate_components
from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.case.components import company_components
from mappings.writes.transfers import transfer_changes, transfer_inserts
from target.plan import Change
from tests.spec.drawn_batch import batch_of, ndelius
from vocabulary.calendar import DAY_1

WORLD = {
    "offender": [{"offender_id": "1", "has_pending_transfer": "Y"}, {"offender_id": "2"}],
    "offender_manager": [
        {"manager_id": "7", "offender_id": "1", "area": "C06", "team": "C06S01", "officer": "C06A001"}
    ],
    "event": [{"event_id": "11", "offender_id": "1"}],
    "disposal": [{"disposal_id": "21", "event_id": "11", "offender_id": "1"}],
    "custody": [{"custody_id": "31", "disposal_id": "21", "offender_id": "1"}],
    "institutional_report": [{"institutional_report_id": "41", "custody_id": "31", "offender_id": "1"}],
    "court_report": [{"court_report_id": "51", "event_id": "11", "offender_id": "1"}],
    "report_manager": [
        {
            "manager_id": "8",
            "event_id": "11",
            "court_report_id": "51",
            "institutional_report_id": "",
            "area": "C06",
        }
    ],
    "responsible_officer": [
        {"responsible_officer_id": "61", "offender_id": "1", "manager_id": "7"},
        {"responsible_officer_id": "62", "offender_id": "1", "manager_id": "7", "end_date": "2020-01-01"},
        {"responsible_officer_id": "63", "offender_id": "2"},
    ],
}


def planned() -> tuple[dict[str, pl.DataFrame], list[Change]]:
    batch, baseline = batch_of("C06", delius=WORLD), ndelius(**WORLD)
    model = CaseModel(batch, baseline)
    regions = person_regions(model).persons
    components = company_components(model, regions["person_id"])
    moving = allocate_components(components, regions, "C06")
    return transfer_inserts(moving, components.closing, baseline), transfer_changes(
        moving, components.closing, baseline
    )


def changed(table: str, kind: str) -> list[tuple[object, ...]]:
    _, changes = planned()
    (change,) = (change for change in changes if (change.table, change.kind) == (table, kind))
    return change.rows.rows()


def test_one_manager_is_opened_from_day_1() -> None:
    inserts, _ = planned()
    row = inserts["OFFENDER_MANAGER"].row(0, named=True)
    assert (row["area"], row["team"], row["officer"]) == ("N51", "N51A07", "N51A07U")
    assert (row["start_date"], row["end_date"], row["is_active"]) == (DAY_1, None, True)
    assert row["transfer_id"] == row["natural_key"] == "OM:1"


def test_the_transfer_tells_from_whom_to_whom() -> None:
    inserts, _ = planned()
    row = inserts["OFFENDER_TRANSFER"].row(0, named=True)
    assert (row["origin_team"], row["origin_officer"]) == ("C06S01", "C06A001")
    assert (row["receiving_team"], row["receiving_officer"]) == ("N51A07", "N51A07U")


def test_a_person_has_one_master_transfer() -> None:
    inserts, _ = planned()
    assert inserts["MASTER_TRANSFER"].select("offender_id", "target_area").rows() == [("1", "N51")]


def test_an_opened_component_has_no_transfer_row() -> None:
    """The event has no manager, the person's is the company's (O03)."""
    inserts, _ = planned()
    assert inserts["ORDER_MANAGER"]["transfer_id"].to_list() == [None]
    assert "ORDER_TRANSFER" not in inserts


def test_the_old_manager_is_closed_on_day_1() -> None:
    assert changed("OFFENDER_MANAGER", "close") == [(7, DAY_1, 0)]


def test_the_responsible_officer_follows_the_offender_manager() -> None:
    inserts, _ = planned()
    assert inserts["RESPONSIBLE_OFFICER"].select("offender_id", "manager_id").rows() == [("1", "OM:1")]
    assert changed("RESPONSIBLE_OFFICER", "close") == [(61, DAY_1)]


def test_a_pending_transfer_is_withdrawn() -> None:
    assert changed("OFFENDER", "withdraw") == [(1, 0)]


def test_a_report_manager_names_the_event_of_its_report() -> None:
    """Of the court report the event itself, of the other that of its custody; also when newly opened."""
    inserts, _ = planned()
    rows = inserts["REPORT_MANAGER"].sort("natural_key")
    assert rows["natural_key"].to_list() == ["CR:51", "IR:41"]
    assert rows["event_id"].to_list() == ["11", "11"]
    assert rows["court_report_transfer_id"].to_list() == ["CR:51", None]


def test_nothing_moves_nothing_is_written() -> None:
    batch, baseline = batch_of("C06", delius={}), ndelius()
    model = CaseModel(batch, baseline)
    regions = person_regions(model).persons
    components = company_components(model, regions["person_id"])
    moving = allocate_components(components, regions, "C06")
    assert transfer_inserts(moving, components.closing, baseline) == {}
    assert transfer_changes(moving, components.closing, baseline) == []
