"""A run over what has not changed proves and reports nothing anew; whatever did change, it does."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sample_runs import day1

from reconcile import prove
from vocabulary.errors import TargetError

pytestmark = pytest.mark.runs

PAGE, PROOF = "reports/day-1/national.html", "work/day-1/C06/reconcile/reconciliation.json"


def written_again(workspace: Path, *command: str) -> set[str]:
    """Which of PAGE and PROOF `command` writes."""
    before = {name: (workspace / name).stat().st_mtime_ns for name in (PAGE, PROOF)}
    assert day1(workspace, *command).returncode in (0, 1)
    return {name for name, moment in before.items() if (workspace / name).stat().st_mtime_ns != moment}


def test_nothing_is_done_again(loaded: Path) -> None:
    assert written_again(loaded, "run") == set()


def across(workspace: Path) -> int:
    return (workspace / "work/day-1/across.parquet").stat().st_mtime_ns


def test_what_companies_share_is_judged_again_when_somebody_changed_what_was_found(loaded: Path) -> None:
    first = across(loaded)
    day1(loaded, "run")
    assert across(loaded) == first
    (loaded / "work/day-1/C17/across/findings.parquet").unlink()
    day1(loaded, "run")
    assert across(loaded) != first


def rows_kept(workspace: Path) -> list[tuple[int, bytes]]:
    """Of the newest run the rows that it kept: which files, and what is in them."""
    kept = [workspace / "runs/latest" / f"{name}.parquet" for name in ("findings", "not_carried")]
    return [(path.stat().st_ino, path.read_bytes()) for path in kept]


def test_a_run_that_proves_nothing_anew_keeps_the_rows_of_the_one_that_did(loaded: Path) -> None:
    change_proof(loaded)
    day1(loaded, "run")
    proved = rows_kept(loaded)
    day1(loaded, "run")
    assert rows_kept(loaded) == proved
    change_proof(loaded)
    day1(loaded, "run")
    anew = rows_kept(loaded)
    assert [rows for _, rows in anew] == [rows for _, rows in proved]
    assert not {file for file, _ in anew} & {file for file, _ in proved}


def write_into_target(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "target.db")) as target, target:
        target.execute(
            "UPDATE CONTACT SET NOTES = 'x' WHERE CONTACT_ID = (SELECT MIN(CONTACT_ID) FROM CONTACT)"
        )


def change_proof(workspace: Path) -> None:
    path = workspace / PROOF
    path.write_text(path.read_text(encoding="utf-8").replace('"clean"', '"differences"'), encoding="utf-8")


def change_page(workspace: Path) -> None:
    (workspace / PAGE).write_text("x", encoding="utf-8")


def remove_book(workspace: Path) -> None:
    (workspace / "reports/day-1/companies/C17.xlsx").unlink()


def add_book(workspace: Path) -> None:
    (workspace / "reports/day-1/regions/N51/payroll.xlsx").write_text("x", encoding="utf-8")


def answer(workspace: Path) -> None:
    (workspace / "decisions").mkdir(exist_ok=True)
    (workspace / "decisions" / "note.csv").write_text("x\n", encoding="utf-8")


@pytest.mark.parametrize("change", [change_proof, answer])
def test_what_changed_is_proved_again(loaded: Path, change: Callable[[Path], None]) -> None:
    change(loaded)
    assert written_again(loaded, "reconcile") == {PROOF}


@pytest.mark.parametrize("change", [change_page, remove_book, add_book])
def test_what_changed_is_written_again(loaded: Path, change: Callable[[Path], None]) -> None:
    change(loaded)
    assert written_again(loaded, "report") == {PAGE}


def test_a_value_changed_in_the_target_is_a_difference_though_it_was_proved(loaded: Path) -> None:
    write_into_target(loaded)
    assert day1(loaded, "reconcile").returncode == 1


def test_books_with_values_lie_beside_those_without(loaded: Path) -> None:
    assert written_again(loaded, "report", "--reveal") == set()
    assert written_again(loaded, "report") == set()


def test_a_proof_that_failed_is_tried_again(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TargetError("planted")

    change_proof(loaded)
    with monkeypatch.context() as planted:
        planted.setattr(prove, "prove_company", fail)
        assert day1(loaded, "reconcile").returncode == TargetError.exit_code
    assert day1(loaded, "reconcile").returncode == 0


def test_what_a_killed_proof_left_behind_goes_with_the_next(loaded: Path) -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    places = [loaded / "work/day-1/N00" / f"proofs-{process}-x" for process in (gone.pid, os.getpid())]
    for place in places:
        (place / "baseline").mkdir(parents=True)
    change_proof(loaded)
    day1(loaded, "reconcile")
    assert [place.exists() for place in places] == [False, True]
