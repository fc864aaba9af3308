"""Where an unpaid work order stands: its minutes, its first session, whether it stands alone."""

from typing import Any

import polars as pl
import pytest

from mappings.case.case_model import CaseModel
from mappings.unpaid_work.progress import order_progress
from mappings.writes.schedule import placements_with_orders
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

ORDER = {"upw_order_id": "31", "disposal_id": "21", "ordered": "6000", "team": "C06U02"}
OWN_ORDER = {
    "local_ref": "U1",
    "local_event_ref": "E1",
    "upw_order_id": "0",
    "person_id": "1",
    "ordered": "6000",
    "team": "C17U02",
}


def in_ndelius(**tables: Cases) -> Batch:
    """nDelius with one order of the company, and what `tables` add."""
    return ndelius(
        event=[{"event_id": "11"}],
        disposal=[{"disposal_id": "21", "event_id": "11", "sentence_date": "2021-02-01"}],
        **{"upw_order": [{**ORDER, "offender_id": "1"}], **tables},
    )


def progress_of(batch: Batch, baseline: Batch) -> dict[str, Any]:
    """The one order."""
    (row,) = progress(batch, baseline).iter_rows(named=True)
    return row


def progress(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """Every order of the company."""
    model = CaseModel(batch, baseline)
    return order_progress(model, placements_with_orders(batch, model.orders))


def provider(**tables: Cases) -> Batch:
    """A company that records in nDelius, with one order and this schedule."""
    return batch_of("C06", delius={"upw_order": [ORDER]}, upw=tables)


def gateway(**tables: Cases) -> Batch:
    """A company with its own case system, with one order that nDelius does not know."""
    event = {"local_ref": "E1", "event_id": "0", "sentence_date": "2021-02-01"}
    return batch_of("C17", spg={"event": [event], "upw_order": [OWN_ORDER], **tables}, upw={})


def test_minutes_are_the_case_systems_the_schedules_and_the_adjustments() -> None:
    baseline = in_ndelius(
        upw_session=[{"upw_order_id": "31", "credited": "420"}],
        upw_adjustment=[
            {"upw_order_id": "31", "amount": "60", "direction": "POSITIVE"},
            {"upw_order_id": "31", "amount": "20", "direction": "NEGATIVE"},
        ],
    )
    row = progress_of(
        provider(
            upw_placement=[{"placement_ref": "P1", "person_id": "1"}],
            upw_session=[
                {"placement_ref": "P1", "credited": "30", "outcome": "P"},
                {"placement_ref": "P1", "credited": "99", "outcome": "P", "case_system_ref": "1"},
                {"placement_ref": "P1", "credited": "98", "outcome": "P", "row_outcome": "set_aside"},
            ],
        ),
        baseline,
    )
    words = ("ordered", "credited", "added", "adjusted", "outstanding")
    assert [row[word] for word in words] == [6000, 420, 30, 40, 5510]


def test_minutes_of_a_case_system_hang_on_the_event() -> None:
    row = progress_of(
        gateway(
            upw_session=[{"local_event_ref": "E1", "credited": "420", "upw_session_id": "0"}],
            upw_adjustment=[
                {"local_event_ref": "E1", "amount": "60", "direction": "NEGATIVE", "upw_adjustment_id": "0"}
            ],
        ),
        ndelius(),
    )
    assert (row["credited"], row["adjusted"], row["outstanding"]) == (420, -60, 5640)


@pytest.mark.parametrize(
    ("schedule", "case_system", "first"),
    [
        ("2021-03-02", "2021-03-01", "2021-03-01"),
        ("2021-03-01", "2021-03-02", "2021-03-01"),
        ("2021-07-03", "", "2021-07-03"),
    ],
)
def test_the_first_session_is_the_first_of_either_system(schedule: str, case_system: str, first: str) -> None:
    known = [{"upw_order_id": "31", "date": case_system}] if case_system else []
    row = progress_of(
        provider(
            upw_placement=[{"placement_ref": "P1", "person_id": "1"}],
            upw_session=[{"placement_ref": "P1", "date": schedule}],
        ),
        in_ndelius(upw_session=known),
    )
    assert str(row["first_session"]) == first


# main category, still live, outcome of the record -> stands alone
BESIDE = [
    ("W", True, "", True),
    ("W1", True, "", True),
    ("F", True, "", False),
    ("F", False, "", True),
    ("F", True, "set_aside", False),
    ("F", True, "not_in_scope", True),
]


@pytest.mark.parametrize(("category", "is_live", "outcome", "stands_alone"), BESIDE)
def test_an_own_order_stands_alone_without_another_live_requirement(
    category: str, is_live: bool, outcome: str, stands_alone: bool
) -> None:
    beside = {"main_category": category, "row_outcome": outcome}
    own = {**beside, "local_event_ref": "E1", "end_date": "" if is_live else "2021-05-05"}
    assert progress_of(gateway(requirement=[own]), ndelius())["is_stand_alone"] == stands_alone


def test_an_order_of_another_providers_team_is_not_listed() -> None:
    baseline = in_ndelius(upw_order=[{**ORDER, "offender_id": "1", "team": "C01U01"}])
    assert progress(provider(), baseline).is_empty()


def test_an_order_that_the_company_forgot_is_told_by_ndelius_row() -> None:
    row = progress_of(batch_of("C06", delius={}, upw={}), in_ndelius())
    assert [row[word] for word in ("company", "export", "ordered")] == ["C06", "delius", 6000]


def test_the_last_placement_is_named() -> None:
    placed = [
        {"placement_ref": "P1", "person_id": "1", "start_date": "2021-05-01"},
        {"placement_ref": "P2", "person_id": "1", "start_date": "2021-03-01"},
    ]
    assert progress_of(provider(upw_placement=placed), in_ndelius())["placed_source_row"] == "2"
