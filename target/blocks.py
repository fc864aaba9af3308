"""A baseline's rows a block at a time: a nation's contacts fit in no memory."""

from collections.abc import Iterator
from itertools import count

import polars as pl

BLOCK = 50_000
"""Rows in memory at a time."""


def blocks(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """`rows` in their order, at most BLOCK at a time; nothing when there are none."""
    for start in count(0, BLOCK):
        block = rows.slice(start, BLOCK).collect(engine="streaming")
        if block.height:
            yield block
        if block.height < BLOCK:
            return


def count_rows(rows: pl.LazyFrame) -> int:
    """How many rows there are; of a Parquet file its footer says so."""
    return int(rows.select(pl.len()).collect().item())


def distinct(rows: pl.LazyFrame) -> pl.DataFrame:
    """Each of `rows` once, in no particular order: as many are in memory as differ."""
    return rows.unique().collect(engine="streaming")
