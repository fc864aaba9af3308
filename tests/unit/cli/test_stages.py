"""The stage commands, with the pipeline replaced: what is printed where, and which exit code comes of it."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from cli.app import app
from pipeline.graph import COMMANDS
from pipeline.stages.limited_persons import LimitedPersons
from pipeline.storage.results import keep
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation, DifferenceCount, FileAccount, Left, Reconciliation
from vocabulary.differences import DIFFERENCE_SCHEMA

Run = Callable[..., Any]
CALLS: list[dict[str, Any]] = []
"""What the pipeline was asked for."""


def reconciled(verdict: str) -> Reconciliation:
    """A run of one company."""
    files = (FileAccount("upw", "C17_upw.xlsx", 3, 3, 0, 0, written=3),)
    problems = ("C17_upw.xlsx: wrong hash.",) if verdict == "blocked" else ()
    company = CompanyReconciliation("C17", "London", verdict, files, problems=problems)
    return Reconciliation("run-1", "day-1", verdict, (company,))


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A pipeline whose reconciliation is `pipeline.answer`."""
    module, status = ModuleType("pipeline.run"), ModuleType("pipeline.status")

    def run_stages(workspace: object, stages: tuple[str, ...], **more: Any) -> Reconciliation | None:
        CALLS.append({"workspace": workspace, "stages": stages, **more})
        return module.answer

    line = SimpleNamespace(company="C17", cycle="day-1", stage="validate", rows=3, blocks=0, set_aside=1)
    told = {"verdict": "differences", "samples": "", "sign_off": "open", "next_step": "load"}
    line = SimpleNamespace(**vars(line), warnings=0, infos=0, **told)
    vars(module).update(run_stages=run_stages, answer=reconciled("clean"))
    vars(status).update(status=lambda _: [line])
    monkeypatch.setitem(sys.modules, "pipeline.run", module)
    monkeypatch.setitem(sys.modules, "pipeline.status", status)
    return module


@pytest.fixture
def run(pipeline: ModuleType, tmp_path: Path) -> Run:
    """Runs `day1` in a workspace in which one company has a folder."""
    assert pipeline
    (tmp_path / "deliveries" / "day-1" / "C17").mkdir(parents=True)
    return lambda *words: CliRunner().invoke(app, ["--workspace", str(tmp_path), *words])


def test_run_asks_for_all_stages_in_order(run: Run) -> None:
    run("run")
    assert CALLS[-1]["stages"] == COMMANDS
    assert CALLS[-1]["dry_run"] is False


@pytest.mark.parametrize("stage", COMMANDS)
def test_a_stage_asks_for_itself_only(run: Run, stage: str) -> None:
    run(stage, "--company", "C17")
    assert CALLS[-1]["stages"] == (stage,)
    assert CALLS[-1]["workspace"].chosen == ("C17",)


@pytest.mark.parametrize(("verdict", "code"), [("clean", 0), ("differences", 1), ("blocked", 4)])
def test_the_verdict_is_the_exit_code(run: Run, pipeline: ModuleType, verdict: str, code: int) -> None:
    vars(pipeline)["answer"] = reconciled(verdict)
    assert run("run").exit_code == code


def test_json_is_the_only_thing_on_stdout(run: Run) -> None:
    assert json.loads(run("run", "--format", "json").stdout)["cycle"] == "day-1"


def test_csv_is_the_only_thing_on_stdout(run: Run) -> None:
    assert run("reconcile", "--format", "csv").stdout.startswith("company,part,subject,figure,value\n")


def test_a_refused_delivery_says_why_even_when_quiet(run: Run, pipeline: ModuleType) -> None:
    vars(pipeline)["answer"] = reconciled("blocked")
    assert "C17: C17_upw.xlsx: wrong hash." in run("run", "--quiet").stderr


def with_faults(*, rows: int) -> Reconciliation:
    """A run that leaves rows with the company and differs in as many."""
    whole = reconciled("differences")
    left = tuple(Left("future contact", "CONTACT", f"{key}", "area", "1201") for key in range(rows))
    counts = (DifferenceCount("unchanged", "CONTACT", rows),)
    company = replace(whole.companies[0], left=left, differences=counts)
    return replace(whole, companies=(company,))


def keep_differences(workspace: Path, rows: int) -> None:
    """The list that reconcile keeps, with values."""
    place = {"proof": "unchanged", "table": "CONTACT", "source_file": "C17_upw.xlsx"}
    lines = [{**place, "key": f"k{key}", "expected": "secret"} for key in range(rows)]
    frame = pl.DataFrame(lines, schema=DIFFERENCE_SCHEMA)
    opened = Workspace(workspace, workspace / "deliveries", "sqlite://", "day-1")
    keep(opened, reconciled("differences").companies[0], {"differences": frame})


def test_the_terminal_names_the_first_rows_and_says_where_all_are(
    run: Run, pipeline: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = pl.DataFrame({"person_id": []}, schema={"person_id": pl.String})
    monkeypatch.setattr("pipeline.limited.limited_persons", lambda _: LimitedPersons(nobody, nobody))
    keep_differences(tmp_path, 30)
    vars(pipeline)["answer"] = with_faults(rows=30)
    said = run("reconcile", "--company", "C17").stdout
    full_list = tmp_path / "reports" / "day-1" / "national.differences.csv"
    assert f"Differences, row by row: 20 of 30. All of them: {full_list}, after day1 report" in said
    assert "Rows that stay with a closing company: 20 of 30." in said
    assert "k19" in said
    assert "k20" not in said
    assert "secret" not in said
    assert "after day1 report" not in run("report", "--company", "C17").stdout


def test_a_dry_run_counts_differences_and_lists_none_of_an_earlier_run(
    run: Run, pipeline: ModuleType, tmp_path: Path
) -> None:
    keep_differences(tmp_path, 30)
    vars(pipeline)["answer"] = with_faults(rows=30)
    said = run("run", "--dry-run", "--company", "C17").stdout
    assert "Differences by proof and table" in said
    assert "k1" not in said


def test_a_dry_run_says_that_it_rolled_back(run: Run) -> None:
    assert "rolled back" in run("run", "--dry-run").stderr
    assert CALLS[-1]["dry_run"] is True


def test_a_stage_without_reconciliation_shows_the_status(run: Run, pipeline: ModuleType) -> None:
    vars(pipeline)["answer"] = None
    result = run("validate", "--format", "json")
    assert json.loads(result.stdout)[0]["stage"] == "validate"
    assert result.exit_code == 1


def test_the_workbook_is_named(run: Run, tmp_path: Path) -> None:
    workbook = tmp_path / "reports" / "day-1" / "day1.xlsx"
    workbook.parent.mkdir(parents=True)
    workbook.touch()
    assert str(workbook) in run("report").stdout
    assert str(workbook) in run("report", "--format", "json").stderr


def test_an_unknown_wave_is_refused_rather_than_ignored(run: Run) -> None:
    before = len(CALLS)
    result = run("run", "--wave", "first")
    assert "--wave first is unknown" in str(result.exception)
    assert len(CALLS) == before
