"""What stopped a company, from one command to the next."""

import errno
import json
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.failures import Failures, failure_of, is_through
from pipeline.graph import ROAD
from pipeline.progress import Silent
from pipeline.workspace import Workspace

COMPANY = "C06"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace of one company that has been through every stage."""
    (tmp_path / "deliveries" / "day-1" / COMPANY).mkdir(parents=True)
    opened = Workspace.open(tmp_path)
    for stage in ROAD:
        folder = opened.stage_folder(COMPANY, stage)
        folder.mkdir(parents=True)
        (folder / "stage.json").write_text(json.dumps({"is_blocked": False, "inputs": ""}), encoding="utf-8")
    return opened


def fail(workspace: Workspace, stage: str) -> None:
    with Failures(workspace, Silent()).apart(COMPANY, stage):
        raise KeyError


def tried(workspace: Workspace, *stages: str, dry_run: bool = False) -> list[str]:
    """The companies that go on when `stages` are asked for."""
    return Failures.of(workspace, Silent(), [COMPANY], stages, dry_run=dry_run).going([COMPANY])


@pytest.mark.parametrize(
    ("failed", "asked", "goes_on"),
    [
        ("load", ("load",), True),
        ("load", ("receive",), True),
        ("load", ("validate",), True),
        ("reconcile", ("load",), True),
        ("load", ("reconcile",), False),
        ("map", ("validate", "load"), False),
        ("map", ("report",), False),
    ],
)
def test_a_failure_bars_what_comes_after_it_and_not_what_mends_it(
    workspace: Workspace, failed: str, asked: tuple[str, ...], *, goes_on: bool
) -> None:
    fail(workspace, failed)
    assert tried(workspace, *asked) == ([COMPANY] if goes_on else [])
    assert (failure_of(workspace, COMPANY) is None) == goes_on


def test_a_dry_run_tries_a_load_again_and_leaves_the_real_failure_told(workspace: Workspace) -> None:
    fail(workspace, "load")
    assert tried(workspace, *ROAD, dry_run=True) == [COMPANY]
    assert failure_of(workspace, COMPANY) is not None


def test_what_fails_at_the_target_takes_nothing_back_of_the_delivery(workspace: Workspace) -> None:
    fail(workspace, "load")
    assert is_through(workspace, COMPANY, "validate")
    assert not is_through(workspace, COMPANY, "load")


def test_an_account_that_was_written_half_is_none(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_half(path: Path, text: str, **_: str) -> int:
        with path.open("w", encoding="utf-8") as file:
            file.write(text[: len(text) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", write_half)
    with pytest.raises(OSError, match="No space"):
        fail(workspace, "load")
    assert failure_of(workspace, COMPANY) is None


def test_a_session_that_the_server_ended_is_no_companys_failure(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = DBAPIError("(of the driver)", None, Exception("idle"), hide_parameters=True)
    with pytest.raises(DBAPIError), Failures(workspace, Silent()).apart(COMPANY, "reconcile"):
        raise ended
    assert failure_of(workspace, COMPANY) is None
    assert capsys.readouterr().err == ""
