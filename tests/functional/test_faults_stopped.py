"""The workspace and the target as they stand at any moment of a run: what a power cut would leave, as far as
the disk has kept what it was given."""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import COMPANY, assert_goes_on, copy_of, start, stopped, wait_for_log
from sample_runs import Dump, assert_clear, day1

WHOLE, FROM_LOAD = 10.0, 4.0
"""About how many seconds of a processor a run takes after it has begun: of all, and where its sources are
done. A busy machine does not move the moments."""


def moments(
    workspace: Path, place: Path, seed: int, wanted: int, seconds: float
) -> Iterator[tuple[Path, str]]:
    """Copies of the workspace at `wanted` drawn moments of one run at the most, and when that was. The run
    stands still while a copy is looked at."""
    draw = random.Random(seed)
    with start(workspace, "run", "--quiet") as running:
        wait_for_log(workspace, "begins", process=running.pid)
        for _ in range(wanted):
            wanted_at = spent(running.pid) + draw.uniform(0, 2 * seconds / (wanted + 1))
            while running.poll() is None and spent(running.pid) < wanted_at:
                time.sleep(0.002)
            if running.poll() is not None:
                break
            with stopped(running):
                copy = copy_of(workspace, place)
                log = (copy / "runs/latest/run.log").read_text("utf-8").splitlines()
                yield copy, f"seed {seed}, after: {log[-1] if log else '(nothing)'}"
        running.kill()


def spent(process: int) -> float:
    """Seconds of a processor that it has taken."""
    told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def tried(source: Path, place: Path, undisturbed: Dump, wanted: int, seconds: float = WHOLE) -> int:
    """How many copies were made and gone on with."""
    done = seed = 0
    while done < wanted:
        seed += 1
        own = copy_of(source, place / "w")
        for copy, told in moments(own, place / "copy", seed, min(25, wanted - done), seconds):
            print(told, flush=True)
            assert_goes_on(copy, undisturbed, told=told)
            done += 1
    return done


@pytest.mark.runs
def test_a_load_and_what_follows_go_on_from_where_they_stood(
    small_run: Path, tmp_path: Path, undisturbed: Dump
) -> None:
    workspace = copy_of(small_run, tmp_path / "loaded")
    assert_clear(day1(workspace, "undo", "--company", COMPANY), 0)
    assert tried(workspace, tmp_path, undisturbed, 3, FROM_LOAD) == 3


@pytest.mark.faults
def test_a_run_goes_on_from_many_moments(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, how_many: int
) -> None:
    assert tried(small_workspace, tmp_path, undisturbed, how_many or 300) == (how_many or 300)
