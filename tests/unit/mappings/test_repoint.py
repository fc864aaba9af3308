"""Rows that change hands: future contacts and appointments, live orders."""

import polars as pl
import pytest

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.case.orders import baseline_orders
from mappings.writes.repoint import repoint_changes, repointed
from mappings.writes.repoint_projects import at_new_projects
from tests.spec.drawn_batch import Cases, batch_of, ndelius

WORLD: dict[str, Cases] = {
    "offender": [{"offender_id": "1"}],
    "event": [
        {"event_id": "11", "offender_id": "1"},
        {"event_id": "12", "offender_id": "1", "is_active": "N"},
    ],
    "disposal": [
        {"disposal_id": "21", "event_id": "11", "offender_id": "1"},
        {"disposal_id": "22", "event_id": "12", "offender_id": "1"},
    ],
    "team": [
        {"code": "C06U01", "area": "C06"},
        {"code": "C06Z99", "area": "C06"},
        {"code": "N51W07", "area": "N51"},
    ],
    "contact": [
        {"contact_id": "1", "offender_id": "1", "date": "2021-06-26", "area": "C06", "team": "C06U01"},
        {"contact_id": "2", "offender_id": "1", "date": "2021-06-25", "area": "C06", "team": "C06U01"},
        {"contact_id": "3", "offender_id": "1", "date": "2021-06-26", "area": "N51", "team": "N51W07"},
        {"contact_id": "4", "offender_id": "1", "date": "2021-07-26", "area": "N51", "team": "C06U01"},
        {"contact_id": "5", "offender_id": "9", "date": "2021-06-26", "area": "C06", "team": "C06U01"},
        {"contact_id": "6", "offender_id": "1", "date": "2021-06-26", "area": "C06", "team": ""},
    ],
    "upw_session": [
        {"upw_session_id": "1", "offender_id": "1", "date": "2021-06-26", "team": "C06U01",
         "upw_project_id": "91"},
        {"upw_session_id": "2", "offender_id": "1", "date": "2021-06-25", "team": "C06U01"},
        {"upw_session_id": "3", "offender_id": "1", "date": "2021-06-26", "team": "N51W07"},
        {"upw_session_id": "4", "offender_id": "1", "date": "2021-06-26", "team": "C06Z99",
         "upw_project_id": "92"},
    ],
    "upw_project": [
        {"upw_project_id": "90", "code": "C06P002"},
        {"upw_project_id": "91", "code": "C06P001"},
        {"upw_project_id": "92", "code": "C06P002"},
    ],
    "upw_order": [
        {"upw_order_id": "1", "offender_id": "1", "disposal_id": "21", "team": "C06U01"},
        {"upw_order_id": "2", "offender_id": "1", "disposal_id": "22", "team": "C06U01"},
    ],
}  # fmt: skip


def changed() -> dict[str, pl.DataFrame]:
    """What nDelius holds of person 1, who moves; nobody needs to have delivered it."""
    baseline = ndelius(**WORLD)
    regions = person_regions(
        CaseModel(batch_of("C06", delius={"offender": [{"offender_id": "1"}]}), baseline)
    ).persons
    rows = repointed(baseline, "C06", regions, baseline_orders(baseline))
    projects = pl.DataFrame({"code": ["C06P001", "C06P002"], "is_written": [True, False]})
    changes = repoint_changes(at_new_projects(rows, projects, baseline))
    return {change.table: change.rows for change in changes}


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "CONTACT",
            [
                (1, "N51W07", "N51", "N51W07U"),
                (4, "N51W07", "N51", "N51W07U"),
                (6, "N51UAT", "N51", "N51UATU"),
            ],
        ),
        (
            "UPW_APPOINTMENT",
            [(1, "N51W07", "N51W07U", "upw:project:C06P001"), (4, "N51UAT", "N51UATU", "92")],
        ),
        ("UPW_DETAILS", [(1, "N51W07", "N51W07U")]),
    ],
)
def test_only_what_is_live_or_to_come_changes_hands(table: str, rows: list[tuple[object, ...]]) -> None:
    assert changed()[table].sort("key").rows() == rows


def test_an_empty_extract_changes_nothing() -> None:
    baseline = ndelius()
    regions = person_regions(CaseModel(batch_of("C06", delius={}), baseline)).persons
    assert repointed(baseline, "C06", regions, baseline_orders(baseline)) == {}
