"""Frames of one kind put together. Most have no row, and an operation costs as much on none as on some."""

from collections.abc import Iterable

import polars as pl


def stack(frames: Iterable[pl.DataFrame], nothing: pl.DataFrame) -> pl.DataFrame:
    """The rows of `frames`, in their order; `nothing`, which has their columns, where there is none."""
    filled = [frame for frame in frames if frame.height]
    if len(filled) > 1:
        return pl.concat(filled)
    return filled[0] if filled else nothing
