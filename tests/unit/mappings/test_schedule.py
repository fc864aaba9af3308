"""What the unpaid work schedule adds: projects, allocations, appointments."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.orders import baseline_orders
from mappings.writes.projects import project_findings, project_inserts, project_refs, routed_projects
from mappings.writes.schedule import allocation_inserts, placements_with_orders, session_inserts
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

PROJECTS: Cases = [
    {"code": "C06-OPEN", "team": "C06U02", "end_date": ""},
    {"code": "C06-LATER", "team": "C06Z99", "end_date": "2021-06-27"},
    {"code": "C06-DAY1", "team": "C06U02", "end_date": "2021-06-26"},
    {"code": "C06-KNOWN", "team": "C06U02", "end_date": "2021-05-01"},
    {"code": "C06-LOST", "team": "C06U02", "end_date": "2021-05-01"},
    {"code": "C06-UNUSED", "team": "C06Z99", "end_date": "2021-05-01"},
]
PLACEMENTS: Cases = [
    {"placement_ref": "P1", "person_id": "1", "project_code": "C06-OPEN", "end_date": ""},
    {"placement_ref": "P2", "person_id": "1", "project_code": "C06-OPEN", "end_date": "2021-06-26"},
    {"placement_ref": "P3", "person_id": "1", "project_code": "C06-OPEN", "end_date": "2021-06-25"},
    {"placement_ref": "P4", "person_id": "1", "project_code": "C06-LOST", "end_date": "2021-05-01"},
]
PAST = {"date": "2021-04-01", "outcome": "P", "credited": "420"}
SESSIONS: Cases = [
    {"session_ref": "S1", "placement_ref": "P1", "project_code": "C06-OPEN", "date": "2021-06-26"},
    {"session_ref": "S2", "placement_ref": "P4", "project_code": "C06-LOST", **PAST},
    {
        "session_ref": "S3",
        "placement_ref": "P1",
        "project_code": "C06-KNOWN",
        **PAST,
        "supervisor": "C06A001",
    },
    {"session_ref": "S4", "placement_ref": "P1", "project_code": "C06-OPEN", **PAST, "case_system_ref": "77"},
    {
        "session_ref": "S5",
        "placement_ref": "P1",
        "project_code": "C06-OPEN",
        **PAST,
        "row_outcome": "set_aside",
    },
]
BASELINE = ndelius(
    offender=[{"offender_id": "1"}],
    event=[{"event_id": "11"}, {"event_id": "12"}],
    disposal=[
        {"disposal_id": "21", "event_id": "11", "sentence_date": "2020-01-01"},
        {"disposal_id": "22", "event_id": "12", "sentence_date": "2021-01-01"},
    ],
    upw_order=[
        {"upw_order_id": "31", "disposal_id": "21", "offender_id": "1"},
        {"upw_order_id": "32", "disposal_id": "22", "offender_id": "1"},
    ],
    upw_project=[{"upw_project_id": "91", "code": "C06-KNOWN"}],
    team=[{"code": "C06U02", "area": "C06"}],
    staff=[{"officer": "C06A001"}],
)


def schedule() -> Batch:
    return batch_of(
        "C06", upw={"upw_project": PROJECTS, "upw_placement": PLACEMENTS, "upw_session": SESSIONS}
    )


def projects() -> pl.DataFrame:
    return routed_projects(CaseModel(schedule(), BASELINE), "N51")


def test_an_open_project_goes_on_under_its_regions_code() -> None:
    """A closed one goes with the sessions that name it where nDelius never knew it, and cannot be chosen."""
    rows = project_inserts(projects()).select("code", "team", "area", "is_selectable").rows()
    assert rows == [
        ("N51-OPEN-C06", "N51W08", "N51", True),
        ("N51-LATER-C06", "N51UAT", "N51", True),
        ("N51-LOST-C06", "N51W08", "N51", False),
    ]


def test_an_unknown_team_is_told_of_projects_that_go_on() -> None:
    assert project_findings(projects()).select("source_row", "rule").rows() == [("3", "O04")]


def test_a_session_hangs_on_the_new_project_or_ndeliuss_own() -> None:
    refs = dict(project_refs(projects(), BASELINE).iter_rows())
    assert refs["C06-OPEN"] == "upw:project:C06-OPEN"
    assert refs["C06-KNOWN"] == "91"
    assert "C06-DAY1" not in refs


def placements() -> pl.DataFrame:
    return placements_with_orders(schedule(), baseline_orders(BASELINE))


def test_of_several_orders_the_latest_sentence_counts() -> None:
    assert placements()["order_ref"].unique().to_list() == ["32"]


def test_a_placement_that_has_not_ended_by_day_1_is_an_allocation() -> None:
    rows = allocation_inserts(placements(), project_refs(projects(), BASELINE))
    assert rows["natural_key"].to_list() == ["upw:placement:P1", "upw:placement:P2"]


def added() -> dict[str, pl.DataFrame]:
    refs = project_refs(projects(), BASELINE)
    return session_inserts(schedule(), placements(), projects(), refs, BASELINE)


def test_a_session_that_the_case_system_lacks_is_added() -> None:
    rows = (
        added()["UPW_APPOINTMENT"].select("natural_key", "upw_project_id", "upw_order_id", "credited").rows()
    )
    assert rows == [
        ("upw:session:S1", "upw:project:C06-OPEN", "32", 0),
        ("upw:session:S2", "upw:project:C06-LOST", "32", 420),
        ("upw:session:S3", "91", "32", 420),
    ]


def test_what_is_to_come_is_the_receiving_teams_what_was_stays() -> None:
    rows = added()["CONTACT"].select("area", "team", "officer").rows()
    assert rows == [("N51", "N51W08", "N51W08U"), ("C06", "C06U02", "C06U02U"), ("C06", "C06U02", "C06A001")]


def test_appointment_and_contact_agree() -> None:
    both = added()
    words = ["natural_key", "date", "team", "officer", "outcome", "attended", "complied"]
    assert both["CONTACT"].select(words).equals(both["UPW_APPOINTMENT"].select(words))
    assert both["UPW_APPOINTMENT"]["attended"].to_list() == [None, "Y", "Y"]


def test_an_empty_schedule_adds_nothing() -> None:
    batch = batch_of("C06", upw={})
    routed = routed_projects(CaseModel(batch, BASELINE), "N51")
    refs = project_refs(routed, BASELINE)
    placed = placements_with_orders(batch, baseline_orders(BASELINE))
    assert project_inserts(routed).is_empty()
    assert allocation_inserts(placed, refs).is_empty()
    assert all(rows.is_empty() for rows in session_inserts(batch, placed, routed, refs, BASELINE).values())
