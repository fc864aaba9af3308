"""The workspace and the target as they stand at any moment of a run: what a power cut would leave, as far as
the disk has kept what it was given."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import assert_goes_on, copy_of, start, stopped, wait_for_log
from sample_runs import Dump

SECONDS = 12.0
"""About how long a run takes after it has begun."""


def moments(workspace: Path, place: Path, seed: int, wanted: int) -> Iterator[tuple[Path, str]]:
    """Copies of the workspace at `wanted` drawn moments of one run at the most, and when that was."""
    draw = random.Random(seed)
    with start(workspace, "run", "--quiet") as running:
        wait_for_log(workspace, "begins")
        for _ in range(wanted):
            time.sleep(draw.uniform(0, 2 * SECONDS / (wanted + 1)))
            if running.poll() is not None:
                break
            with stopped(running):
                copy = copy_of(workspace, place)
            log = (copy / "runs/latest/run.log").read_text("utf-8").splitlines()
            yield copy, f"seed {seed}, after: {log[-1] if log else '(nothing)'}"
        running.kill()


def tried(small_workspace: Path, place: Path, undisturbed: Dump, wanted: int, at_a_time: int) -> int:
    """How many copies were made and gone on with."""
    done = seed = 0
    while done < wanted:
        seed += 1
        own = copy_of(small_workspace, place / "w")
        for copy, told in moments(own, place / "copy", seed, min(at_a_time, wanted - done)):
            print(told, flush=True)
            assert_goes_on(copy, undisturbed, told=told)
            done += 1
    return done


def test_a_run_goes_on_from_where_it_stood(small_workspace: Path, tmp_path: Path, undisturbed: Dump) -> None:
    assert tried(small_workspace, tmp_path, undisturbed, 5, 5) == 5


@pytest.mark.faults
def test_a_run_goes_on_from_many_moments(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, how_many: int
) -> None:
    assert tried(small_workspace, tmp_path, undisturbed, how_many or 300, 25) == (how_many or 300)
