"""Writes one Parquet file from blocks of rows: no more of them is in memory than one or two."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

ROW_GROUP = 100_000
"""Rows that are written, and can be read, together."""


def write_blocks(folder: Path, name: str, blocks: Iterator[pl.DataFrame]) -> int:
    """Write `blocks`, at least one and all of one schema, as folder/name.parquet; gives the number of rows.

    Raises:
        Exception: what making a block raised, as it was.
    """
    path = folder / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    first, second = next(blocks), next(blocks, None)
    if second is None:
        first.write_parquet(path)
        return first.height
    rows, failed = 0, list[Exception]()

    def give(*_: object) -> Iterator[pl.DataFrame]:
        nonlocal rows
        try:
            for block in chain((first, second), blocks):
                rows += block.height
                yield block
        except Exception as error:
            failed.append(error)
            raise

    try:
        register_io_source(give, schema=first.schema).sink_parquet(path, row_group_size=ROW_GROUP)
    except Exception:
        if failed:  # polars tells of it in an error of its own
            raise failed[0] from None
        raise
    return rows
