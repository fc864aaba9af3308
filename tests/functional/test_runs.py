"""Every run has a folder of its own: what it was, how it ended, what came of it. None is written over."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sample_runs import DAY1, day1

from vocabulary.file_hash import file_hash

pytestmark = pytest.mark.runs

FIRST = "runs/0001-day-1"


def account(workspace: Path, name: str = "latest") -> dict[str, Any]:
    """A run's account."""
    held: dict[str, Any] = json.loads((workspace / "runs" / name / "run.json").read_text("utf-8"))
    return held


def newest(workspace: Path) -> int:
    """The number of the newest run: what other tests did in the shared workspace counts, too."""
    return int(account(workspace)["name"].split("-")[0])


def void_proofs(workspace: Path) -> None:
    """An answer more: what was proved is proved again."""
    (workspace / "decisions").mkdir(exist_ok=True)
    (workspace / "decisions" / "note.csv").write_text("x\n", encoding="utf-8")


def hashes(folder: Path) -> dict[str, str]:
    """Every file below `folder` and its hash."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): file_hash(path) for path in found}


def test_a_run_keeps_account_log_figures_and_workbooks(clean_run: Path) -> None:
    assert {path.name for path in (clean_run / FIRST).iterdir()} == {
        "run.json", "run.log", "reconciliation.json", "findings.parquet", "not_carried.parquet", "reports",
    }  # fmt: skip
    held = account(clean_run, "0001-day-1")
    assert (held["state"], held["exit_code"], held["verdict"]) == ("ended", 0, "clean")
    assert held["fingerprints"].keys() == {"program", "answers", "N00", "C06", "C17"}
    assert {one["stage"] for one in held["timings"] if one["company"] == "C06"} >= {"receive", "map", "load"}
    assert {one["stage"] for one in held["timings"] if not one["company"]} >= {"plan", "proofs", "report"}


def test_a_later_run_leaves_an_earlier_one_as_it_was(loaded: Path) -> None:
    before, first = hashes(loaded / FIRST), newest(loaded)
    assert day1(loaded, "report", "--reveal").returncode == 0
    void_proofs(loaded)
    assert day1(loaded, "run").returncode == 0
    assert hashes(loaded / FIRST) == before
    assert newest(loaded) == first + 2


def test_outputs_hold_every_company_whichever_was_chosen(loaded: Path) -> None:
    before = newest(loaded)
    void_proofs(loaded)
    assert day1(loaded, "run", "--company", "C06").returncode == 0
    book = load_workbook(loaded / "reports/day-1/national.xlsx")
    told = {cell for row in book["Account"].iter_rows(values_only=True) for cell in row}
    assert {"C06", "C17"} <= told
    head = dict(book.worksheets[0].iter_rows(max_col=2, max_row=8, values_only=True))
    assert str(head["Of run"]).startswith(f"{before + 1:04}-day-1: C06; ")
    assert str(head["Of run"]).endswith(": C17")


def test_no_password_is_written_down(loaded: Path) -> None:
    hidden = "postgresql://somebody:hidden@127.0.0.1:1/nothing"
    assert day1(loaded, "run", f"--target={hidden}").returncode == 5
    assert day1(loaded, "run", "--target", hidden).returncode == 5
    assert account(loaded)["exit_code"] == 5
    told = [path.read_text("utf-8") for path in (loaded / "runs").rglob("run.*")]
    assert [text for text in told if "somebody:***" in text]
    assert not [text for text in told if "hidden" in text]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 130), (signal.SIGKILL, -9)])
def test_a_run_that_is_ended_from_outside_says_so(loaded: Path, number: int, code: int) -> None:
    for path in (loaded / "work/day-1").glob("*/map/stage.json"):
        path.unlink()
    log = loaded / f"runs/{newest(loaded) + 1:04}-day-1/run.log"
    with subprocess.Popen([DAY1, "run"], cwd=loaded, stderr=subprocess.PIPE, text=True) as process:
        wait_for(log, "map        begins")
        os.kill(process.pid, number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert ("give the same command again" in told) == (number == signal.SIGTERM)
    assert "Traceback" not in told
    [line, *_] = json.loads(day1(loaded, "runs", "--format", "json").stdout)
    assert line["state"] == "stopped"


def wait_for(log: Path, words: str) -> None:
    """Until `words` stand in a run's log, at most a minute."""
    deadline = time.monotonic() + 60
    while not (log.exists() and words in log.read_text("utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_log_of_a_run_is_printed_by_its_number(clean_run: Path) -> None:
    told = day1(clean_run, "log", "1").stdout
    assert "C06  map" in told
    assert told.splitlines()[-1].endswith("exit code 0")


@pytest.mark.parametrize("words", [("log", "77"), ("runs", "--workspace", "nowhere")])
def test_what_does_not_exist_is_said(clean_run: Path, words: tuple[str, ...]) -> None:
    assert day1(clean_run, *words).returncode == 3
