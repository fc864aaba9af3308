"""Two commands at once: the second writer is refused and told who writes, a reader is kept from nothing."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
from sample_runs import DAY1, assert_clear, day1

from pipeline.workspace import Workspace
from pipeline.writing import LOCK, writing

COMPANY = ("--company", "C06")
WRITING = [
    ("receive",), ("extract",), ("map",), ("match",), ("validate",), ("plan",), ("load",), ("reconcile",),
    ("report",), ("run",), ("run", "--dry-run"), ("undo", *COMPANY), ("decisions", "export"),
    ("decisions", "import", "answers.xlsx"), ("target", "create"), ("target", "reset", "--yes"),
    ("target", "baseline", "deliveries/day-1/baseline"), ("selftest",), ("demo", "."),
]  # fmt: skip
READING = [("status",), ("findings",), ("profile", "deliveries/day-1/C06")]


def files_of(workspace: Path) -> list[Path]:
    return sorted(path for path in workspace.rglob("*") if "deliveries" not in path.parts)


def test_every_command_that_writes_is_refused_while_another_writes(fresh: Path) -> None:
    with writing(Workspace.open(fresh), "run"):
        before = files_of(fresh)
        for words in WRITING:
            result = day1(fresh, *words)
            assert_clear(result, 3)
            assert "is in use by `day1 run` of" in result.stderr, words
        for words in READING:
            assert day1(fresh, *words).returncode in (0, 1), words
    assert [path for path in files_of(fresh) if path not in before and path.name not in FOLDERS] == []


FOLDERS = ("work", "reports", "decisions", "day1.toml")
"""What `demo` makes of a folder before it is a workspace."""


def test_a_folder_without_deliveries_is_left_as_it_was(tmp_path: Path) -> None:
    assert_clear(day1(tmp_path, "run"), 3)
    assert list(tmp_path.iterdir()) == []


def test_what_a_command_makes_nobody_else_may_read(fresh: Path) -> None:
    assert day1(fresh, "receive", *COMPANY).returncode == 0
    made = list((fresh / "work").rglob("*"))
    assert made
    assert [path for path in (*made, fresh / LOCK) if path.stat().st_mode & 0o077] == []


@pytest.mark.runs
def test_the_second_of_two_runs_is_refused_and_a_killed_one_leaves_no_lock(fresh: Path) -> None:
    with subprocess.Popen([DAY1, "run", "--quiet"], cwd=fresh, stdout=subprocess.DEVNULL) as running:
        lock = fresh / LOCK
        while not (lock.exists() and lock.stat().st_size):
            assert running.poll() is None, "the run ended before it could be met"
            time.sleep(0.01)
        second = day1(fresh, "run")
        running.send_signal(signal.SIGKILL)
    assert_clear(second, 3)
    assert f"process {running.pid}, since " in second.stderr
    third = day1(fresh, "receive", *COMPANY)
    assert_clear(third, 0)
    assert f"process {running.pid}, since " in third.stderr
    assert "ended half-way" in third.stderr
