"""bench.frame_operations counts what our code asks for, once."""

from collections import Counter

import polars as pl

from bench.frame_operations import NO_STAGE, Place, counting


def test_an_operation_counts_once_for_whom_asks_however_polars_does_it() -> None:
    counted: Counter[Place] = Counter()
    with counting(counted):
        rows = pl.DataFrame({"a": [1, 2]})
        rows.filter(pl.col("a") > 1).group_by("a").agg(pl.len())
        rows.lazy().select("a").collect()
    asked = Counter(place.operation for place in counted.elements())
    assert asked == {"DataFrame": 1, "filter": 1, "agg": 1, "collect": 1}
    assert {(place.module, place.stage) for place in counted} == {(__name__, NO_STAGE)}


def test_a_column_is_no_frame_and_afterwards_nothing_counts() -> None:
    counted: Counter[Place] = Counter()
    rows = pl.DataFrame({"a": [1]})
    with counting(counted):
        assert rows["a"].len() == 1
        rows[["a"]]
    rows.select("a")
    assert [place.operation for place in counted.elements()] == ["__getitem__"]


def test_a_stage_is_told_by_the_outermost_call_that_bears_its_name() -> None:
    counted: Counter[Place] = Counter()

    def map_stage() -> None:
        match_stage()

    def match_stage() -> None:
        pl.DataFrame()

    with counting(counted):
        map_stage()
    assert [place.stage for place in counted] == ["map"]
