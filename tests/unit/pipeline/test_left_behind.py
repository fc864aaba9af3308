"""Live components that stay: what K01 and K04 must explain."""

import polars as pl

from pipeline.left_behind import SCHEMA, left_behind
from tests.spec.drawn_batch import batch_of, ndelius

BASELINE = ndelius(
    offender=[{"offender_id": ref} for ref in "1234"],
    offender_manager=[
        {"manager_id": "1", "offender_id": "1", "area": "C17"},
        {"manager_id": "2", "offender_id": "2", "area": "C17"},
        {"manager_id": "3", "offender_id": "3", "area": "N07"},
        {"manager_id": "4", "offender_id": "4", "area": "C17", "is_active": "N", "end_date": "2021-01-01"},
    ],
)
MOVED = pl.DataFrame({"kind": ["OM"], "component_ref": ["1"], "person_id": ["1"]}, schema=SCHEMA)


def test_what_the_area_manages_and_did_not_move() -> None:
    stays = left_behind(batch_of("C17", delius={}), BASELINE, MOVED)
    assert stays.rows() == [("OM", "2", "2")]


def test_new_records_that_are_set_aside_stay_too() -> None:
    held = {"row_outcome": "set_aside", "area": "C17"}
    batch = batch_of(
        "C17",
        spg={
            "offender": [{**held, "person_ref": "OM-1", "offender_id": "0"}],
            "event": [
                {**held, "person_ref": "OM-1", "local_ref": "E1", "event_id": "0"},
                {**held, "person_ref": "OM-1", "local_ref": "E2", "event_id": "0", "end_date": "2021-05-05"},
                {**held, "person_ref": "OM-1", "local_ref": "E3", "event_id": "0", "area": "N07"},
                {**held, "person_ref": "OM-1", "local_ref": "E4", "event_id": "14"},
                {"area": "C17", "person_ref": "OM-1", "local_ref": "E5", "event_id": "0"},
            ],
        },
    )
    stays = left_behind(batch, ndelius(), MOVED.clear()).sort("kind", "component_ref")
    own = "spg:offender:OM-1"
    assert stays.select("kind", "person_id").rows() == [("OM", own), ("OS", own)]
    assert stays["component_ref"][1] == "spg:event:E1"
