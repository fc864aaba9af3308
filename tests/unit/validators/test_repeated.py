"""Keys that are there twice are found in any order, whole or in shares."""

import polars as pl
import pytest

from validators import repeated
from validators.repeated import missing_values, repeated_keys, repeated_values

ORDERS = {
    "growing": (list(range(20)), []),
    "in no order": ([5, 3, 9, 1, 7], []),
    "next to each other": ([1, 2, 2, 3, 4, 5, 6], [2]),
    "far apart": ([4, 1, 2, 3, 5, 6, 7, 8, 4, 9, 1], [1, 4]),
    "with blanks": ([1, None, 2, None, 1], [1]),
    "none": ([], []),
}


@pytest.mark.parametrize("order", ORDERS)
def test_repeated_keys(monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    monkeypatch.setattr(repeated, "ROWS_AT_A_TIME", 2)
    monkeypatch.setattr(repeated, "KEYS_IN_HAND", 3)
    keys, twice = ORDERS[order]
    rows = pl.LazyFrame({"key": pl.Series(keys, dtype=pl.Int64)})
    assert sorted(repeated_keys(rows, "key").to_list()) == twice


def test_combinations_count_where_all_of_them_is_filled() -> None:
    rows = pl.LazyFrame({"a": ["x", "x", "y", None, None], "b": [1, 1, 1, 2, 2]})
    assert repeated_values(rows, ["a", "b"]).rows() == [("x", 1)]


def test_what_nobody_has() -> None:
    rows, others = pl.LazyFrame({"event_id": [1, 2, None, 2, 9]}), pl.LazyFrame({"id": [1, 3]})
    assert sorted(missing_values(rows, "event_id", others, "id").to_list()) == [2, 9]
