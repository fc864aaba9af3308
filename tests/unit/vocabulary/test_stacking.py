"""Frames put together: their rows in order, and no operation where there is nothing to put together."""

import polars as pl

from vocabulary.stacking import stack

NOTHING = pl.DataFrame(schema={"a": pl.Int64})


def test_rows_stand_in_the_order_of_their_frames() -> None:
    frames = [pl.DataFrame({"a": [2, 3]}), NOTHING, pl.DataFrame({"a": [1]})]
    assert stack(frames, NOTHING)["a"].to_list() == [2, 3, 1]


def test_one_frame_with_rows_is_itself() -> None:
    only = pl.DataFrame({"a": [1]})
    assert stack([NOTHING, only, NOTHING], NOTHING) is only


def test_of_no_rows_at_all_it_is_what_the_caller_has() -> None:
    assert stack([NOTHING.clone(), NOTHING.clone()], NOTHING) is NOTHING
    assert stack([], NOTHING) is NOTHING
