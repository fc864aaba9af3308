"""What the machine refuses or does: a full disk, a folder that cannot be written, SIGTERM, a clock set back,
a second run, a delivery that changes. A sentence and an exit code, and the next run goes on."""

import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults import COMPANY, TARGET, assert_goes_on, assert_told, copy_of, start, wait_for_log
from sample_runs import Dump, assert_clear, day1, day1_process

from pipeline.graph import COMMANDS
from target.database import connect, write_alone

BAR = "bar"
"""A file that takes what is left of a disk."""


@contextmanager
def disk(place: Path, size: str) -> Iterator[Path]:
    """A disk of its own, so small; skips where this user may not mount one."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Take all room of `disk` but `leave` bytes."""
    held = os.statvfs(disk)
    bar = disk / BAR
    with bar.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(held.f_bavail * held.f_frsize - leave, 4096))
    return bar


def assert_refused_for_room(workspace: Path, *words: str) -> bool:
    """The command ends with 3 and says what is full, with 5 where that is the target; False: it had room."""
    result = day1_process(workspace, *words, "--quiet")
    said = result.stdout + result.stderr
    assert "Traceback" not in said, said[-3000:]
    assert result.returncode in (0, 3, 5), said[-3000:]
    if result.returncode:
        assert "Make room" in said or "the disk is full" in said, said[-3000:]
    return result.returncode != 0


@pytest.mark.faults
@pytest.mark.parametrize("leave", [0, 20_000, 200_000])
def test_a_disk_that_is_full_in_any_stage(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, leave: int
) -> None:
    with disk(tmp_path / "disk", "40m") as mounted:
        workspace = copy_of(small_workspace, mounted / "w")
        for stage in (word for word in COMMANDS if word != "run"):
            bar = fill(mounted, leave)
            print(leave, stage, assert_refused_for_room(workspace, stage), flush=True)
            bar.unlink()
            assert_clear(day1(workspace, stage), 0)
        assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
def test_a_disk_that_fills_up_in_the_middle_of_a_run(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, how_many: int
) -> None:
    draw, most = random.Random(26), 9_000_000
    for number in range(how_many or 20):
        leave = draw.randrange(most)
        with disk(tmp_path / str(number), "40m") as mounted:
            workspace = copy_of(small_workspace, mounted / "w")
            bar = fill(mounted, leave)
            is_refused = assert_refused_for_room(workspace, "run")
            print(leave, is_refused, flush=True)
            bar.unlink()
            assert_goes_on(workspace, undisturbed, told=str(leave))


def test_a_disk_that_is_full_when_the_reports_are_written(
    small_run: Path, tmp_path: Path, undisturbed: Dump
) -> None:
    with disk(tmp_path / "disk", "40m") as mounted:
        workspace = copy_of(small_run, mounted / "w")
        (workspace / "work/day-1/reported.json").unlink()
        before = {path: path.read_bytes() for path in (workspace / "reports").rglob("*.xlsx")}
        bar = fill(mounted, 20_000)
        result = day1(workspace, "report")
        assert_told(result, 3, "No space left on device")
        assert {path: path.read_bytes() for path in before} == before
        bar.unlink()
        assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
def test_a_workspace_that_cannot_be_written(small_run: Path, tmp_path: Path, undisturbed: Dump) -> None:
    with disk(tmp_path / "disk", "40m") as mounted:
        workspace = copy_of(small_run, mounted / "w")
        remount(mounted, "ro")
        for words in (("run",), ("report",), ("undo", "--company", COMPANY), ("decisions", "export")):
            assert_told(day1(workspace, *words), 3, "Read-only file system")
        for words in (("status",), ("findings",), ("runs",)):
            assert_clear(day1(workspace, *words), 0)
        remount(mounted, "rw")
        assert_goes_on(workspace, undisturbed)


def remount(place: Path, how: str) -> None:
    """To be read only, or to be written again."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)


@pytest.mark.faults
@pytest.mark.parametrize(
    "step", ["map        begins", "target     begins", "proofs     begins", "report     begins"]
)
def test_sigterm_is_told_and_goes_on(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, step: str
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    with start(workspace, "run", "--quiet") as running:
        wait_for_log(workspace, step)
        running.send_signal(signal.SIGTERM)
        _, told = running.communicate(timeout=120)
    assert running.returncode == 130, told[-2000:]
    assert "Traceback" not in told
    assert "give the same command again" in told
    account = json.loads((workspace / "runs/latest/run.json").read_text("utf-8"))
    assert (account["state"], account["exit_code"]) == ("stopped", 130)
    assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
def test_the_second_of_two_runs_is_refused(small_workspace: Path, tmp_path: Path, undisturbed: Dump) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    with start(workspace, "run", "--quiet") as running:
        wait_for_log(workspace, "map        begins")
        assert_told(day1(workspace, "run"), 3, "is in use by", f"process {running.pid}")
        running.communicate(timeout=240)
    assert running.returncode == 0
    assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
def test_a_target_that_another_workspace_writes(small_run: Path, tmp_path: Path, undisturbed: Dump) -> None:
    workspace = copy_of(small_run, tmp_path / "w")
    assert_clear(day1(workspace, "undo", "--company", COMPANY), 0)
    with write_alone(connect(f"sqlite:///{workspace / TARGET}"), "load"):
        assert_told(day1(workspace, "run"), 5, "is in use by")
    assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
def test_a_delivery_that_changes_after_it_was_received(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    assert_clear(day1(workspace, "receive"), 0)
    folder = workspace / "deliveries/day-1" / COMPANY
    changed = max(
        (path for path in folder.rglob("*") if path.suffix != ".toml"), key=lambda p: p.stat().st_size
    )
    was = changed.read_bytes()
    changed.write_bytes(was + b"\n")
    assert_told(day1(workspace, "extract"), 3)
    assert_told(day1(workspace, "run"), 4, changed.name)
    changed.write_bytes(was)
    assert_goes_on(workspace, undisturbed)


def later(workspace: Path, hours: float) -> None:
    """Everything of the workspace was written by a clock that went ahead: it has been set back since."""
    for path in (path for place in ("work", "reports", "runs") for path in (workspace / place).rglob("*")):
        if not path.is_symlink():
            moment = path.stat().st_mtime + hours * 3600
            os.utime(path, (moment, moment))


@pytest.mark.faults
def test_a_clock_set_back_between_two_runs(small_run: Path, tmp_path: Path, undisturbed: Dump) -> None:
    workspace = copy_of(small_run, tmp_path / "w")
    assert_clear(day1(workspace, "undo", "--company", COMPANY), 0)
    later(workspace, 1)
    assert_clear(day1(workspace, "validate"), 0)
    (workspace / "reports/day-1/companies/C06.xlsx").unlink()
    assert_goes_on(workspace, undisturbed)
    assert (workspace / "reports/day-1/companies/C06.xlsx").exists()
    timed = {one["stage"] for one in last_run(workspace)["timings"] if one["company"] == COMPANY}
    assert timed == {"load"}  # the others stood
    (workspace / "reports/day-1/companies/C06.xlsx").unlink()
    assert_goes_on(workspace, undisturbed)
    assert (workspace / "reports/day-1/companies/C06.xlsx").exists()


def last_run(workspace: Path) -> dict[str, list[dict[str, str]]]:
    """The account of the newest run."""
    held: dict[str, list[dict[str, str]]] = json.loads(
        (workspace / "runs/latest/run.json").read_text("utf-8")
    )
    return held


def test_a_load_kept_by_a_run_that_was_killed_before_its_account(
    small_run: Path, tmp_path: Path, undisturbed: Dump
) -> None:
    # The account of the load before lies there: of other inputs, and of another entry in the ledger.
    workspace = copy_of(small_run, tmp_path / "w")
    path = workspace / "work/day-1" / COMPANY / "load/stage.json"
    account = json.loads(path.read_text("utf-8"))
    path.write_text(
        json.dumps(account | {"inputs": "before", "stands_on": "before", "entry": "before"}), "utf-8"
    )
    assert_goes_on(workspace, undisturbed)
