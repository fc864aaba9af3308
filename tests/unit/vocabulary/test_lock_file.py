"""A file that one process holds: the second is told who, and who is killed leaves no lock."""

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vocabulary.lock_file import LockedError, hold

WHAT = "Workspace w"
HOLDER = """
import sys, time
from pathlib import Path
from vocabulary.lock_file import hold
with hold(Path(sys.argv[1]), "it", "run"):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "lock.json"


def test_the_second_is_told_who_holds_it_and_what_to_do(lock: Path) -> None:
    with hold(lock, WHAT, "run"), pytest.raises(LockedError) as refused, hold(lock, WHAT, "undo"):
        pass
    told = str(refused.value)
    assert told.startswith(f"{WHAT} is in use by `day1 run` of ")
    assert f"process {os.getpid()}, since 20" in told
    assert "Wait until that has ended" in told


def test_it_is_free_again_after_an_end_and_after_an_error(lock: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), hold(lock, WHAT, "run"):
            print(1 / 0)
    with hold(lock, WHAT, "run") as left:
        assert left == ""


def test_who_is_killed_leaves_no_lock_and_is_told_of(lock: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}"), hold(lock, WHAT, "run"):
            pass
        holder.send_signal(signal.SIGKILL)
    with hold(lock, WHAT, "run") as left:
        assert f"process {holder.pid}" in left
        assert "ended half-way" in left


def test_of_another_computer_nobody_knows_whether_it_has_ended(lock: Path) -> None:
    entry = {"user": "anna", "host": "elsewhere", "process": 1, "command": "run", "since": "then"}
    lock.write_text(json.dumps(entry), "utf-8")
    with hold(lock, WHAT, "run") as left:
        assert "anna on elsewhere, process 1, since then" in left
        assert "Make sure" in left


@pytest.mark.parametrize("text", ["", "{", "[]", '{"user": "anna"}'])
def test_what_is_no_entry_is_nobody_s(lock: Path, text: str) -> None:
    lock.write_text(text, "utf-8")
    with hold(lock, WHAT, "run") as left:
        assert left == ""


def test_a_file_system_without_locks_is_called_that(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(LockedError, match="has no locks"), hold(lock, WHAT, "run"):
        pass


def test_nobody_else_may_read_who_works(lock: Path) -> None:
    with hold(lock, WHAT, "run"):
        assert lock.stat().st_mode & 0o777 == 0o600
