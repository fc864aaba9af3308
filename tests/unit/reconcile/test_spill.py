"""Rows put on disk as they come."""

from pathlib import Path

import polars as pl

from reconcile.target.spill import ROWS_AT_A_TIME, Spill

SCHEMA = {"key": pl.Int64}


def test_rows_come_back_in_their_order(tmp_path: Path) -> None:
    spill = Spill(tmp_path / "rows", SCHEMA)
    for start in (0, ROWS_AT_A_TIME, 2 * ROWS_AT_A_TIME):
        spill.add(pl.DataFrame({"key": range(start, start + ROWS_AT_A_TIME)}, schema=SCHEMA))
    spill.add(pl.DataFrame({"key": [3 * ROWS_AT_A_TIME]}, schema=SCHEMA))
    assert spill.scan().collect()["key"].to_list() == list(range(3 * ROWS_AT_A_TIME + 1))
    assert spill.rows == 3 * ROWS_AT_A_TIME + 1
    assert len(list((tmp_path / "rows").iterdir())) == 4


def test_a_few_rows_never_reach_the_disk(tmp_path: Path) -> None:
    spill = Spill(tmp_path / "rows", SCHEMA)
    assert spill.scan().collect().schema == SCHEMA
    spill.add(pl.DataFrame({"key": [1]}))
    assert spill.scan().collect()["key"].to_list() == [1]
    assert not (tmp_path / "rows").exists()
