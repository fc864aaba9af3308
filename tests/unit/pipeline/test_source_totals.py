"""Control totals as the sources say them."""

import polars as pl

from pipeline.left_behind import SCHEMA
from pipeline.totals.source import SourceTotals, restricted_persons, source_totals, written_rows
from tests.spec.drawn_batch import Cases, batch_of, ndelius

DELIUS: dict[str, Cases] = {
    "offender": [{"offender_id": "1"}, {"offender_id": "2"}],
    "event": [{"event_id": "11", "offender_id": "1"}],
    "disposal": [{"disposal_id": "21", "event_id": "11", "offender_id": "1"}],
    "requirement": [
        {"requirement_id": "31", "disposal_id": "21", "main_category": "W"},
        {
            "requirement_id": "32",
            "disposal_id": "21",
            "main_category": "F",
            "length": "20",
            "rar_days_done": "5",
        },
        {"requirement_id": "33", "disposal_id": "21", "main_category": "F", "length": "9"},
    ],
    "upw_order": [{"upw_order_id": "41", "disposal_id": "21", "offender_id": "1", "ordered": "6000"}],
    "upw_session": [
        {"upw_session_id": "51", "upw_order_id": "41", "credited": "420"},
        {"upw_session_id": "52", "upw_order_id": "41", "credited": "99", "row_outcome": "set_aside"},
    ],
    "upw_adjustment": [
        {"upw_order_id": "41", "amount": "60", "direction": "POSITIVE"},
        {"upw_order_id": "41", "amount": "20", "direction": "NEGATIVE"},
    ],
}
UPW: dict[str, Cases] = {
    "upw_project": [{"code": "C06-A"}, {"code": "C06-B", "end_date": "2021-01-01"}],
    "upw_placement": [{"placement_ref": "P1", "person_id": "1", "project_code": "C06-A"}],
    "upw_session": [
        {
            "placement_ref": "P1",
            "project_code": "C06-A",
            "outcome": "P",
            "credited": "30",
            "date": "2021-06-01",
        },
        {
            "placement_ref": "P1",
            "project_code": "C06-B",
            "outcome": "P",
            "credited": "10",
            "date": "2021-06-01",
        },
        {"placement_ref": "P1", "project_code": "C06-A", "case_system_ref": "51", "date": "2021-06-01"},
    ],
}
NOTHING_LISTED = pl.DataFrame(schema={"source_file": pl.String, "source_row": pl.String})


def totals(
    listed: pl.DataFrame = NOTHING_LISTED, moved: tuple[str, ...] = ("31", "32"), **known: Cases
) -> SourceTotals:
    """nDelius holds the carried rows, apart from those of `known`."""
    carried = {
        entity: [row for row in rows if "row_outcome" not in row] for entity, rows in DELIUS.items()
    } | known
    rows = [{"kind": "RQ", "component_ref": ref, "person_id": "1", "region": "N51"} for ref in moved]
    stays = pl.DataFrame(schema={**SCHEMA, "region": pl.String})
    batch = batch_of("C06", delius=DELIUS, upw=UPW)
    return source_totals(batch, ndelius(**carried), stays, pl.DataFrame(rows), listed)


def test_minutes_of_an_order_whose_requirement_moves() -> None:
    """Credited: what the case system has and what the schedule adds. Adjusted: positive less negative."""
    order = totals().orders.select("order_ref", "region", "ordered", "credited", "adjusted", "is_listed")
    assert order.rows() == [("41", "N51", 6000, 460, 40, False)]


def test_an_order_whose_requirement_does_not_move_is_not_counted() -> None:
    assert totals(moved=("32",)).orders.is_empty()


def test_a_listed_session_explains_its_order() -> None:
    listed = pl.DataFrame({"source_file": ["C06_delius_upw_session"], "source_row": ["3"]})
    assert totals(listed).orders["is_listed"].to_list() == [True]


def test_a_session_of_ndelius_that_no_carried_row_speaks_of_explains_its_order() -> None:
    sessions = [
        {name: value for name, value in row.items() if name != "row_outcome"} for row in DELIUS["upw_session"]
    ]
    assert totals(upw_session=sessions).orders["is_listed"].to_list() == [True]


def test_rar_days_of_requirements_that_move() -> None:
    rar = (
        totals(moved=("31", "32", "33"))
        .rar.select("component_ref", "days", "days_done")
        .sort("component_ref")
    )
    assert rar.rows() == [("32", 20, 5), ("33", 9, 0)]


def test_the_schedule_says_what_is_written() -> None:
    """The closed project is unknown to nDelius and a session to be written names it."""
    written = written_rows(batch_of("C06", delius=DELIUS, upw=UPW), ndelius(**DELIUS))
    assert (written.projects.height, written.placements.height, written.sessions.height) == (2, 1, 3)


def test_restricted_persons_have_a_restriction_that_has_not_ended() -> None:
    baseline = ndelius(
        restriction=[{"offender_id": "1", "end_date": "2021-06-26"}, {"offender_id": "3"}],
        exclusion=[{"offender_id": "2", "end_date": "2021-06-27"}],
    )
    assert restricted_persons(batch_of("C06", delius=DELIUS), baseline).to_list() == ["2"]
