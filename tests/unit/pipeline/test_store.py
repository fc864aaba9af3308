"""What a stage leaves on disk."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.storage.store import (
    commit_stage,
    read_findings,
    read_frame,
    read_manifest,
    start_stage,
    write_frame,
)
from vocabulary.errors import ConfigError

FRAME = pl.DataFrame({"word": ["a"]})


def test_a_stage_counts_as_run_when_its_account_is_there(tmp_path: Path) -> None:
    folder = start_stage(tmp_path / "map")
    assert read_manifest(folder) is None
    commit_stage(folder, {"rows": 1})
    assert read_manifest(folder) == {"rows": 1}


def test_beginning_again_forgets_the_earlier_run(tmp_path: Path) -> None:
    folder = start_stage(tmp_path / "map")
    write_frame(folder, "left", FRAME)
    commit_stage(folder, {"rows": 1})
    start_stage(folder)
    assert list(folder.iterdir()) == []


def test_a_frame_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_frame(tmp_path, "outcomes/spg", FRAME)
    assert read_frame(tmp_path, "outcomes/spg").equals(FRAME)


def test_a_missing_frame_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="day1 run"):
        read_frame(tmp_path, "persons")


def test_a_stage_that_has_not_run_has_no_findings(tmp_path: Path) -> None:
    assert read_findings(tmp_path).is_empty()
