"""Rows that are put on disk as they come and read back when they are asked for: a nation's do not fit into
memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

ROWS_AT_A_TIME = 50_000

Schema = Mapping[str, type[pl.DataType] | pl.DataType]


@dataclass
class Spill:
    """Frames of `schema` under `place`, a folder that nobody else writes to. `rows`: how many there are."""

    place: Path
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
        if not self._parts:  # few enough to be kept
            return pl.concat([pl.DataFrame(schema=self.schema), *self._waiting]).lazy()
        if self._waiting:
            self._write()
        return pl.scan_parquet(self._parts)

    def _write(self) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        path = self.place / f"{len(self._parts):06}.parquet"
        pl.concat(self._waiting).write_parquet(path)
        self._parts.append(path)
        self._waiting, self._waiting_rows = [], 0
