"""The rows that wait for one answer: those asked about, and all below them."""

import polars as pl

from pipeline.decisions.rows_below import ROW, rows_waiting
from tests.spec.drawn_batch import batch_of

FRAMES = batch_of(
    "C06",
    delius={
        "offender": [{"offender_id": "1"}, {"offender_id": "2"}],
        "event": [{"offender_id": "1", "event_id": "11"}, {"offender_id": "2", "event_id": "21"}],
        "disposal": [{"event_id": "11", "disposal_id": "12"}],
        "requirement": [{"offender_id": "1", "disposal_id": "12", "requirement_id": "111"}],
        "requirement_manager": [{"requirement_id": "111"}],
    },
).frames["delius"]


def asked(persons: list[int]) -> pl.DataFrame:
    rows = FRAMES["offender"].filter(pl.col("offender_id").is_in(persons))
    return rows.select(pl.col("offender_id").cast(pl.String).alias("question"), *ROW)


def test_rows_below_are_counted_once_however_often_they_name_the_person() -> None:
    counts = rows_waiting(FRAMES, "delius", "offender", asked([1]))
    assert counts == {"1": 5}


def test_each_question_has_its_own_rows() -> None:
    counts = rows_waiting(FRAMES, "delius", "offender", asked([1, 2]))
    assert counts == {"1": 5, "2": 2}
