"""An export is declared: docs/add-an-export.md followed to the letter on a copy, each step forgotten once."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from guides import ROOT, Step, copy_with, run, run_day1, steps_of
from resealed import reseal
from sample_runs import assert_clear, opened

pytestmark = pytest.mark.runs

COMPANY, FILE = "C06", "C06_mentoring.csv"
DAY = re.compile(rb"\d\d/\d\d/2021(?=,[A-Z0-9]{7},)")
"""The day of a meeting in its file, before the officer."""


GUIDE = steps_of("add-an-export.md")
OF_SAMPLES = [step for step in GUIDE if step.path.startswith("samples/")]
AT_ONCE = GUIDE[:3]
"""Told before a file is opened."""

AT_RECONCILE = [step for step in GUIDE if step not in (*AT_ONCE, *OF_SAMPLES)]


def draw(root: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Draws the delivery of the company."""
    return run(root, sys.executable, "-m", "samples.make", str(out), "--people", "24", "--company", COMPANY)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our packages with the new export. Not to be changed."""
    return copy_with(tmp_path_factory.mktemp("extended"), GUIDE)


@pytest.fixture(scope="module")
def deliveries(extended: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the company delivers; one meeting is on a day that there is not. Not to be changed."""
    out = tmp_path_factory.mktemp("deliveries") / "d"
    drawn = draw(extended, out)
    assert drawn.returncode == 0, drawn.stderr[-2000:]
    folder = out / "day-1" / COMPANY
    reseal(folder, FILE, DAY.sub(b"31/02/2021", (folder / FILE).read_bytes(), count=1))
    return out


def test_its_rows_are_in_accounts_findings_and_target(
    extended: Path, deliveries: Path, tmp_path: Path
) -> None:
    result = run_day1(extended, "run", tmp_path, deliveries)
    assert result.returncode == 1, result.stderr[-2000:]  # a row is set aside
    (company,) = json.loads(result.stdout)["companies"]
    (file,) = [one for one in company["files"] if one["file"] == FILE]
    assert file["set_aside"] == 1
    assert file["delivered"] - 1 == file["carried"] == file["written"] > 2
    assert company["differences"] == []
    findings = run_day1(extended, "findings", tmp_path, deliveries, "csv").stdout
    assert f"{COMPANY},mentoring,{FILE},2,meeting,date,T05,set_aside" in findings
    with opened(tmp_path / "target.db") as target:
        rows = target.execute(
            "SELECT c.NOTES FROM DAY1_CROSSWALK x JOIN CONTACT c ON c.CONTACT_ID = x.TARGET_ID "
            "WHERE x.SOURCE_FILE = ? AND x.TABLE_NAME = 'CONTACT'",
            [FILE],
        ).fetchall()
    assert len(rows) == file["written"]
    assert {*rows} == {("Sample note",), (None,)}


def test_two_new_files_and_lines_in_four_tables_are_all(extended: Path) -> None:
    files = {
        path.relative_to(extended) for path in extended.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }
    changed = {path for path in files if not (ROOT / path).is_file() or differs(extended, path)}
    assert {str(path) for path in changed} == {step.path for step in GUIDE}
    of_day1 = [step for step in GUIDE if step not in OF_SAMPLES]
    new = [step for step in of_day1 if not (ROOT / step.path).is_file()]
    assert (len(new), len(of_day1) - len(new)) == (2, 4)


def differs(extended: Path, path: Path) -> bool:
    """The copy of the file says something else than ours."""
    return (ROOT / path).read_bytes() != (extended / path).read_bytes()


def forgetting(tmp_path: Path, forgotten: Step) -> Path:
    """Our packages with every step done but one."""
    return copy_with(tmp_path / "ours", [step for step in GUIDE if step != forgotten])


@pytest.mark.parametrize("step", AT_ONCE, ids=lambda step: step.path)
def test_a_forgotten_step_is_named_before_a_file_is_opened(
    step: Step, deliveries: Path, tmp_path: Path
) -> None:
    result = run_day1(forgetting(tmp_path, step), "run", tmp_path / "w", deliveries)
    assert_clear(result, 3)
    assert step.forgotten in result.stderr
    assert not (tmp_path / "w" / "work").exists()


@pytest.mark.parametrize("step", AT_RECONCILE, ids=lambda step: step.path)
def test_a_forgotten_step_is_named_by_reconcile(step: Step, deliveries: Path, tmp_path: Path) -> None:
    result = run_day1(forgetting(tmp_path, step), "run", tmp_path / "w", deliveries)
    assert result.returncode in (1, 3)
    reports = (path.read_text("utf-8") for path in (tmp_path / "w" / "reports").rglob("*differences.csv"))
    assert any(step.forgotten in text for text in (result.stderr, *reports))


@pytest.mark.parametrize("step", OF_SAMPLES, ids=lambda step: step.path)
def test_samples_name_the_forgotten_step(step: Step, tmp_path: Path) -> None:
    result = draw(forgetting(tmp_path, step), tmp_path / "d")
    assert result.returncode == 1
    assert step.forgotten in result.stderr
