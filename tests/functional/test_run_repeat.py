"""To do it twice changes nothing, to undo gives back the state before, to be killed does no harm."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sample_runs import DAY1, changed_tables, day1, dump_of

pytestmark = pytest.mark.runs

TARGET = "target.db"


@pytest.fixture(scope="module")
def before_load(clean_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The target with the baseline alone, and the deliveries beside it."""
    workspace = Path(shutil.copytree(clean_workspace, tmp_path_factory.mktemp("before") / "w"))
    assert day1(workspace, "target", "create").returncode == 0
    baseline = workspace / "deliveries/day-1/baseline"
    assert day1(workspace, "target", "baseline", str(baseline)).returncode == 0
    return workspace


def test_a_second_run_changes_no_row(loaded: Path) -> None:
    once = dump_of(loaded / TARGET)
    assert day1(loaded, "run").returncode == 0
    assert changed_tables(once, dump_of(loaded / TARGET)) == []


@pytest.mark.long
def test_a_run_without_the_earlier_stages_results_changes_no_row(loaded: Path) -> None:
    once = dump_of(loaded / TARGET)
    shutil.rmtree(loaded / "work")
    assert day1(loaded, "run").returncode == 0
    assert changed_tables(once, dump_of(loaded / TARGET)) == []


@pytest.mark.long
def test_two_workspaces_with_the_same_deliveries_give_the_same_target(fresh: Path, clean_run: Path) -> None:
    for company in ("C06", "C17"):
        assert day1(fresh, "run", "--company", company).returncode == 0
    assert changed_tables(dump_of(fresh / TARGET), dump_of(clean_run / TARGET)) == []


def test_undo_gives_back_the_state_before(loaded: Path, before_load: Path) -> None:
    for company in ("C17", "C06"):
        assert day1(loaded, "undo", "--company", company).returncode == 0
    assert changed_tables(dump_of(loaded / TARGET), dump_of(before_load / TARGET)) == []


def test_a_dry_run_without_target_leaves_none(fresh: Path) -> None:
    assert day1(fresh, "run", "--dry-run").returncode == 0
    assert not list(fresh.rglob("*.db"))


@pytest.mark.long
def test_a_dry_run_leaves_the_target_as_it_was(loaded: Path) -> None:
    assert day1(loaded, "undo", "--company", "C17").returncode == 0
    before = dump_of(loaded / TARGET)
    assert day1(loaded, "run", "--dry-run").returncode == 0
    assert changed_tables(before, dump_of(loaded / TARGET)) == []


def test_a_load_that_is_killed_leaves_nothing_and_can_be_done_again(loaded: Path, clean_run: Path) -> None:
    # The company that was loaded last: keys are given in the order of loading.
    assert day1(loaded, "undo", "--company", "C17").returncode == 0
    before = dump_of(loaded / TARGET)
    kill_when(loaded, loaded / f"{TARGET}-journal")
    assert changed_tables(before, dump_of(loaded / TARGET)) == []
    assert day1(loaded, "run").returncode == 0
    assert changed_tables(dump_of(clean_run / TARGET), dump_of(loaded / TARGET)) == []


@pytest.mark.long
@pytest.mark.parametrize(
    "is_created",
    [pytest.param(False, id="tables"), pytest.param(True, id="baseline")],
)
def test_a_run_that_is_killed_while_the_target_is_made_can_be_done_again(
    fresh: Path, clean_run: Path, is_created: bool
) -> None:
    if is_created:
        assert day1(fresh, "target", "create").returncode == 0
    kill_when(fresh, fresh / f"{TARGET}-journal")
    assert day1(fresh, "run").returncode == 0
    assert changed_tables(dump_of(clean_run / TARGET), dump_of(fresh / TARGET)) == []


def kill_when(workspace: Path, sign: Path) -> None:
    """Run, and end it without warning when `sign` appears: the journal of a transaction that is open."""
    with subprocess.Popen([DAY1, "run", "--quiet"], cwd=workspace, stdout=subprocess.DEVNULL) as running:
        while not sign.exists():
            assert running.poll() is None, "the run ended before it could be killed"
            time.sleep(0.001)
        running.kill()
    assert running.returncode == -signal.SIGKILL
