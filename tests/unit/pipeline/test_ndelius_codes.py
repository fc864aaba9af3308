"""What a run takes for known: the client's tables, those of the workspace and those beside the baseline."""

from pathlib import Path

import pytest

from pipeline.storage.ndelius_codes import codes_fingerprint, codes_of_ndelius, keep_reference
from pipeline.workspace import Workspace

TYPES = "DISPOSAL_TYPE_CODE,DESCRIPTION\n{code},Invented\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace whose baseline has a folder of the client's tables."""
    (tmp_path / "deliveries" / "day-1" / "baseline").mkdir(parents=True)
    return Workspace.open(tmp_path)


def tables(folder: Path, code: str) -> Path:
    """A folder with one table of the client's, that holds `code`."""
    folder.mkdir(parents=True)
    (folder / "R_DISPOSAL_TYPE.csv").write_text(TYPES.format(code=code))
    return folder


def known(workspace: Workspace) -> set[str]:
    """The sentence types that are known beside the lists."""
    return set(codes_of_ndelius(workspace)["delius", "disposal", "type"])


def test_without_tables_and_without_a_baseline_nothing_is_known(workspace: Workspace) -> None:
    assert known(workspace) == set()


def test_the_tables_beside_the_baseline_and_those_the_target_was_made_with_are_known(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = codes_fingerprint(workspace)
    tables(workspace.delivery_folder("N00") / "reference", "SD7")
    keep_reference(workspace, tables(tmp_path / "given", "SD8"))
    assert known(workspace) == {"SD7", "SD8"}
    assert codes_fingerprint(workspace) != before


def test_tables_given_anew_take_the_place_of_the_earlier_ones(workspace: Workspace, tmp_path: Path) -> None:
    keep_reference(workspace, tables(tmp_path / "first", "SD8"))
    keep_reference(workspace, tables(tmp_path / "second", "SD9"))
    assert known(workspace) == {"SD9"}
