"""What a stage leaves on disk."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipeline.storage.store import (
    clear_leftovers,
    commit_stage,
    read_findings,
    read_frame,
    read_json,
    read_manifest,
    require_whole,
    start_stage,
    write_frame,
    write_json,
)
from vocabulary.errors import ConfigError

FRAME = pl.DataFrame({"word": ["a"]})


def test_a_stage_counts_as_run_when_its_account_is_there(tmp_path: Path) -> None:
    made = start_stage(tmp_path / "map")
    assert read_manifest(tmp_path / "map") is None
    commit_stage(made, {"rows": 1})
    assert read_manifest(tmp_path / "map") == {"rows": 1, "frames": {}}


def left(folder: Path, *names: str) -> Path:
    """A stage that left a frame by each of `names`."""
    made = start_stage(folder)
    for name in names:
        write_frame(made, name, FRAME)
    commit_stage(made, {"rows": 1})
    return folder


def test_an_earlier_result_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    folder = left(tmp_path / "map", "earlier")
    made = start_stage(folder)
    write_frame(made, "later", FRAME)
    assert read_frame(folder, "earlier").equals(FRAME)
    commit_stage(made, {"rows": 1})
    assert sorted(path.name for path in folder.iterdir()) == ["later.parquet", "stage.json"]
    assert list(tmp_path.iterdir()) == [folder]


def test_what_killed_runs_left_beside_stages_goes(tmp_path: Path) -> None:
    folder = left(tmp_path / "map", "kept")
    (tmp_path / "map.part-1" / "delius").mkdir(parents=True)
    (tmp_path / "map.old-1").mkdir()
    clear_leftovers([tmp_path])
    assert list(tmp_path.iterdir()) == [folder]
    require_whole([folder])


def test_a_frame_that_is_as_it_was_left_is_read(tmp_path: Path) -> None:
    require_whole([left(tmp_path / "map", "spg/offender"), tmp_path / "never ran"])


def other(path: Path) -> None:
    FRAME.with_columns(word=pl.lit("b")).write_parquet(path)


def added(path: Path) -> None:
    """Readers take all files of a folder."""
    FRAME.write_parquet(path.with_stem("more"))


@pytest.mark.parametrize("change", [other, Path.unlink, added])
def test_a_frame_that_is_not_as_it_was_left_is_refused_by_name(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    stages = [left(tmp_path / name, "spg/offender") for name in ("extract", "map")]
    change(stages[1] / "spg/offender.parquet")
    with pytest.raises(ConfigError, match=r"map/spg/(offender|more)\.parquet .*`day1 run` makes it again"):
        require_whole(stages)
    # Else `day1 run` would take the stage for done.
    assert [read_manifest(stage) is None for stage in stages] == [False, True]


def test_a_frame_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_frame(tmp_path, "outcomes/spg", FRAME)
    assert read_frame(tmp_path, "outcomes/spg").equals(FRAME)


def test_a_missing_frame_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="day1 run"):
        read_frame(tmp_path, "persons")


def test_a_stage_that_has_not_run_has_no_findings(tmp_path: Path) -> None:
    assert read_findings(tmp_path).is_empty()


def test_an_account_that_cannot_take_its_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    write_json(path, {"rows": 1})
    assert read_json(path) == {"rows": 1}
    (tmp_path / "other.json").mkdir()
    with pytest.raises(OSError, match="other"):
        write_json(tmp_path / "other.json", {"rows": 2})
    assert sorted(each.name for each in tmp_path.iterdir()) == ["account.json", "other.json"]
