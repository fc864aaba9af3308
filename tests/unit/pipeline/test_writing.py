"""One process writes in a workspace; what a killed one left half done goes, and others look into nothing."""

from pathlib import Path

import pytest

from pipeline.status import status
from pipeline.workspace import Workspace
from pipeline.writing import writing
from vocabulary.errors import ConfigError


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    Workspace.init(tmp_path)
    return Workspace(tmp_path, tmp_path / "deliveries", "sqlite://", "day-1", ("C06",))


def test_a_second_writer_is_refused_and_a_reader_is_not(workspace: Workspace) -> None:
    with writing(workspace, "run"):
        with pytest.raises(ConfigError, match="in use by `day1 run`"), writing(workspace, "undo"):
            pass
        assert [line.company for line in status(workspace)] == ["C06"]
    with writing(workspace, "undo"):
        pass


def test_what_a_killed_run_left_half_done_goes(workspace: Workspace) -> None:
    stage = workspace.stage_folder("C06", "map")
    left = [stage, stage.with_name("map.part-1"), stage.with_name("match.old-1")]
    for folder in left:
        folder.mkdir(parents=True)
    with writing(workspace, "run"):
        assert [folder.exists() for folder in left] == [True, False, False]


def test_what_an_earlier_version_made_is_closed_to_others(workspace: Workspace) -> None:
    stage, given = workspace.stage_folder("C06", "map"), workspace.deliveries / "day-1"
    for folder in (stage, given):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    target = workspace.root / "target.db"
    target.touch(0o644)
    with writing(workspace, "run"):
        assert target.stat().st_mode & 0o777 == 0o600
        assert stage.stat().st_mode & 0o777 == 0o700
        assert given.stat().st_mode & 0o777 == 0o755  # a company delivers there
