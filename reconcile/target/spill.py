"""Rows that are put on disk as they come and read back when they are asked for: a nation's do not fit into
memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

ROWS_AT_A_TIME = 50_000

Schema = Mapping[str, type[pl.DataType] | pl.DataType]


BYTES_KEPT = 2_000_000
"""Of one of many: there is one for each table and kind of change."""

ROWS_OF_A_SLICE = 400_000


def key_slices(rows: int) -> list[pl.Expr]:
    """Conditions on column `key` that share out `rows` rows: each key has its slice, in every frame the
    same."""
    slices = -(-rows // ROWS_OF_A_SLICE)
    if slices <= 1:
        return [pl.lit(True)]
    return [pl.col("key").hash() % slices == number for number in range(slices)]


@dataclass
class Spill:
    """Frames of `schema` under `place`, a folder that nobody else writes to; without one in memory. `rows`:
    how many there are."""

    place: Path | None
    schema: Schema
    rows: int = 0
    _parts: list[Path] = field(default_factory=list)
    _waiting: list[pl.DataFrame] = field(default_factory=list)
    _waiting_rows: int = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Lay down `frame` behind the others."""
        if frame.is_empty():
            return
        self.rows += frame.height
        self._waiting.append(frame.select(list(self.schema)))
        self._waiting_rows += frame.height
        if self._waiting_rows >= ROWS_AT_A_TIME:
            self._write()

    def scan(self) -> pl.LazyFrame:
        """All of them, in the order in which they came."""
        if self._waiting and (self._parts or self._is_large()):
            self._write()
        if not self._parts:  # few enough to be kept
            return pl.concat([pl.DataFrame(schema=self.schema), *self._waiting]).lazy()
        return pl.scan_parquet(self._parts)

    def _is_large(self) -> bool:
        return sum(frame.estimated_size() for frame in self._waiting) > BYTES_KEPT

    def _write(self) -> None:
        if self.place is None:
            return
        self.place.mkdir(parents=True, exist_ok=True)
        path = self.place / f"{len(self._parts):06}.parquet"
        pl.concat(self._waiting).write_parquet(path)
        self._parts.append(path)
        self._waiting, self._waiting_rows = [], 0
