"""Reads the text frame of an entity back in blocks of rows, so that nobody holds all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

BLOCK_BYTES = 16 * 1024 * 1024
"""Bytes of a text frame that are in hand at a time, as polars estimates them."""

SMALL_BYTES = 1024 * 1024
"""Bytes of Parquet files that are read together, however many they are."""


@dataclass(frozen=True)
class EntityText:
    """The text frame of one entity, in pieces on disk or in memory, in the order of the files."""

    pieces: tuple[Path | pl.DataFrame, ...]

    @property
    def rows(self) -> pl.DataFrame | pl.LazyFrame:
        """All rows: as a frame where they are in memory already, else none of them read yet."""
        only = self.pieces[0] if len(self.pieces) == 1 else None
        return only if isinstance(only, pl.DataFrame) else self.lazy()

    def lazy(self) -> pl.LazyFrame:
        """All rows, none of them read yet."""
        lazy = [
            piece.lazy() if isinstance(piece, pl.DataFrame) else pl.scan_parquet(piece)
            for piece in self.pieces
        ]
        return pl.concat(lazy)

    def blocks(self) -> Iterator[pl.DataFrame]:
        """The rows in blocks of about BLOCK_BYTES, in their order; of an entity without rows one empty block.

        Small pieces are put together, large ones cut.
        """
        held: list[pl.DataFrame] = []
        size = 0
        for piece in self.pieces:
            frame = piece if isinstance(piece, pl.DataFrame) else pl.read_parquet(piece)
            for part in _cut(frame):
                part_size = part.estimated_size()
                if held and size + part_size > BLOCK_BYTES:
                    yield _together(held)
                    held, size = [], 0
                held.append(part)
                size += int(part_size)
        if held:
            yield _together(held)


def text_of(out: Path, entity: str) -> EntityText:
    """The text frame of `entity` that extract left under `out`. Small ones are read at once."""
    files = sorted((out / entity).glob("*.parquet"))
    is_small = sum(file.stat().st_size for file in files) < SMALL_BYTES
    return EntityText((pl.read_parquet(files),) if is_small else tuple(files))


def _together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts) if len(parts) > 1 else parts[0]


def _cut(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """`frame` in parts of even size, of which none is much above BLOCK_BYTES."""
    parts = min(-(-int(frame.estimated_size()) // BLOCK_BYTES), frame.height) or 1
    if parts == 1:
        yield frame
        return
    rows = -(-frame.height // parts)
    for first in range(0, frame.height, rows):
        yield frame.slice(first, rows)
