"""Many frames of a stage read at once: one by one, each costs a call of its own, however small it is."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from pipeline.storage.store import read_frame


def read_frames(folder: Path, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    """Name to what `write_frame` wrote under it.

    Raises:
        ConfigError: the stage that makes one of them has not run.
    """
    paths = {name: folder / f"{name}.parquet" for name in names}
    for name, path in paths.items():
        if not path.exists():
            read_frame(folder, name)  # says what has not run
    frames = pl.collect_all(pl.scan_parquet(path) for path in paths.values())
    return dict(zip(paths, frames, strict=True))
