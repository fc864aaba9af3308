"""A target holds one cycle on one baseline: what does not fit is refused before anything is written."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from changed_baseline import Row, change
from sample_runs import assert_clear, changed_tables, day1, dump_of

from samples.make import make

pytestmark = pytest.mark.runs

TARGET = "target.db"


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose first rehearsal is loaded, and the deliveries of the second. Not to be changed."""
    workspace = tmp_path_factory.mktemp("rehearsed") / "w"
    for number in (1, 2):
        make(workspace / "deliveries", cycle=f"rehearsal-{number}", companies=("C06",), people=8, seed=number)
    assert day1(workspace, "run", "--cycle", "rehearsal-1").returncode == 0
    return workspace


@pytest.fixture
def again(rehearsed: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return Path(shutil.copytree(rehearsed, tmp_path / "w"))


@pytest.mark.parametrize("words", [("run",), ("run", "--dry-run"), ("load",)])
def test_a_second_cycle_is_refused_before_anything_is_read_or_written(
    again: Path, words: tuple[str, ...]
) -> None:
    before = dump_of(again / TARGET)
    result = day1(again, *words, "--cycle", "rehearsal-2")
    assert_clear(result, 5)
    assert "holds cycle rehearsal-1 (C06)" in result.stderr
    assert "day1 target reset" in result.stderr
    assert "--target" in result.stderr
    assert not (again / "work/rehearsal-2").exists()
    assert changed_tables(before, dump_of(again / TARGET)) == []


def test_another_target_takes_the_second_cycle(again: Path) -> None:
    assert day1(again, "run", "--cycle", "rehearsal-2", "--target", "sqlite:///second.db").returncode == 0


def test_a_baseline_other_than_the_one_loaded_is_refused(again: Path) -> None:
    def rename(rows: list[Row]) -> None:
        rows[0]["FIRST_NAME"] = "Qxother"

    change(again / "deliveries/rehearsal-1/baseline", "OFFENDER", rename)
    before = dump_of(again / TARGET)
    result = day1(again, "run", "--cycle", "rehearsal-1")
    assert_clear(result, 5)
    assert "another baseline" in result.stderr
    assert changed_tables(before, dump_of(again / TARGET)) == []


def test_an_undone_cycle_leaves_its_baseline_which_another_cycle_does_not_fit(again: Path) -> None:
    assert day1(again, "undo", "--cycle", "rehearsal-1", "--company", "C06").returncode == 0
    result = day1(again, "run", "--cycle", "rehearsal-2")
    assert_clear(result, 5)
    assert "baseline of rehearsal-1" in result.stderr


def test_a_reset_needs_a_yes_and_makes_room_for_the_next_cycle(again: Path) -> None:
    before = dump_of(again / TARGET)
    asked = day1(again, "target", "reset")
    assert_clear(asked, 2)
    assert "rehearsal-1 (C06)" in asked.stderr
    assert changed_tables(before, dump_of(again / TARGET)) == []
    assert_clear(day1(again, "target", "reset", "--yes"), 0)
    assert day1(again, "run", "--cycle", "rehearsal-2").returncode == 0


def test_day_1_is_not_taken_away_unless_it_is_named(loaded: Path) -> None:
    refused = day1(loaded, "target", "reset", "--yes")
    assert_clear(refused, 2)
    assert "--cycle day-1" in refused.stderr
    assert_clear(day1(loaded, "target", "reset", "--yes", "--cycle", "rehearsal-1"), 5)
    assert dump_of(loaded / TARGET)["DAY1_LEDGER"]
    assert_clear(day1(loaded, "target", "reset", "--yes", "--cycle", "day-1"), 0)
    assert day1(loaded, "run").returncode == 0


def test_an_undo_of_a_cycle_that_is_not_there_is_refused_by_name(again: Path) -> None:
    result = day1(again, "undo", "--company", "C06")
    assert_clear(result, 5)
    assert "no load of cycle rehearsal-2" in result.stderr
    assert "Loaded: rehearsal-1" in result.stderr


def correct(workspace: Path) -> None:
    """The company delivers again, with another value and without one order."""

    def rename(rows: list[Row]) -> None:
        rows[0]["FIRST_NAME"] = "Qxother"

    change(workspace / "deliveries/rehearsal-1/C06", "ALIAS", rename)
    change(workspace / "deliveries/rehearsal-1/C06", "UPW_APPOINTMENT", lambda rows: rows.pop() and None)


def test_a_corrected_delivery_leaves_what_it_alone_would_have(again: Path) -> None:
    correct(again)
    run = ("run", "--cycle", "rehearsal-1")
    once = dump_of(again / TARGET)
    codes = {day1(again, *run).returncode, day1(again, *run, "--target", "sqlite:///alone.db").returncode}
    assert codes <= {0, 1}
    assert "DAY1_LEDGER" in changed_tables(once, dump_of(again / TARGET))
    assert changed_tables(dump_of(again / TARGET), dump_of(again / "alone.db")) == []


def test_without_before_images_nothing_is_undone_or_replaced(again: Path) -> None:
    with closing(sqlite3.connect(again / TARGET)) as target, target:
        target.execute("DELETE FROM DAY1_BEFORE_IMAGE")
    before = dump_of(again / TARGET)
    correct(again)
    for words in (("undo", "--company", "C06"), ("run",)):
        result = day1(again, *words, "--cycle", "rehearsal-1")
        assert_clear(result, 5)
        assert "the proof is missing" in result.stdout + result.stderr
        assert changed_tables(before, dump_of(again / TARGET)) == []


def test_a_demonstration_makes_room_for_what_it_draws(tmp_path: Path) -> None:
    make(tmp_path / "demo/deliveries", companies=("C06",), people=24, seed=7)
    assert day1(tmp_path, "run", "--workspace", "demo").returncode == 0
    assert day1(tmp_path, "demo", "--company", "C06", "demo").returncode == 0
