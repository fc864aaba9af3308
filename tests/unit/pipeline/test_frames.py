"""Frames of a stage read at once are those that were written, and a missing one is told as any other."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.storage.frames import read_frames
from pipeline.storage.store import write_frame
from vocabulary.errors import ConfigError


def test_each_name_gives_what_was_written_under_it(tmp_path: Path) -> None:
    written = {name: pl.DataFrame({name: [name]}) for name in ("b", "a")}
    for name, frame in written.items():
        write_frame(tmp_path, name, frame)
    read = read_frames(tmp_path, ("b", "a"))
    assert list(read) == ["b", "a"]
    assert all(read[name].equals(frame) for name, frame in written.items())


def test_a_stage_that_has_not_run_is_told(tmp_path: Path) -> None:
    write_frame(tmp_path, "a", pl.DataFrame())
    with pytest.raises(ConfigError, match=r"b\.parquet is missing"):
        read_frames(tmp_path, ("a", "b"))
