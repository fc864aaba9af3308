"""The installed `day1` over the sample deliveries: one workspace, made once, looked at from all sides.

What makes or changes something runs in a process of its own, as an operator's does.
"""

import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from sample_runs import DAY1, day1, day1_process

FINDINGS = ["company", "export", "source_file", "source_row", "entity", "column", "rule", "severity", "stage"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A workspace in which the demonstration has run, and what it printed."""
    workspace = tmp_path_factory.mktemp("functional") / "demo"
    result = day1_process(workspace.parent, "demo", str(workspace))
    assert result.returncode == 0, result.stderr
    return workspace, result


@pytest.fixture
def workspace(demo: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy of the demonstration's workspace, free to be broken."""
    return Path(shutil.copytree(demo[0], tmp_path / "w"))


def test_the_demonstration_prints_a_workbook_that_is_there(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    lines = [line for line in demo[1].stdout.splitlines() if line.startswith("Workbook: ")]
    assert lines
    assert all(Path(line.removeprefix("Workbook: ")).stat().st_size for line in lines)


def test_the_demonstration_shows_an_account_that_closes(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    assert "Row account" in demo[1].stdout
    assert " yes " in demo[1].stdout
    assert " NO " not in demo[1].stdout


def test_the_figures_of_the_readme_are_those_that_it_prints(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = readme.split("```text\n")[1].split("```")[0].splitlines()
    printed = {tuple(line.split()) for line in (demo[1].stdout + demo[1].stderr).splitlines()}
    figures = [tuple(line.split()) for line in shown if line.startswith(("C06", "C17", "all"))]
    assert len(figures) > 5
    assert [line for line in figures if line not in printed] == []


def test_run_prints_one_json_document(demo: tuple[Path, object]) -> None:
    document = json.loads(day1_process(demo[0], "run", "--format", "json").stdout)
    assert (document["cycle"], document["verdict"]) == ("day-1", "clean")
    assert sorted(company["company"] for company in document["companies"]) == ["C06", "C17"]


def test_every_file_of_the_json_closes(demo: tuple[Path, object]) -> None:
    document = json.loads(day1(demo[0], "reconcile", "--format", "json").stdout)
    files = [file for company in document["companies"] for file in company["files"]]
    assert files
    for file in files:
        assert file["delivered"] == file["carried"] + file["set_aside"] + file["not_in_scope"]


def test_findings_as_csv_have_the_promised_header(demo: tuple[Path, object]) -> None:
    reader = csv.reader(io.StringIO(day1(demo[0], "findings", "--format", "csv").stdout))
    assert next(reader) == FINDINGS


def test_revealing_is_written_to_the_audit_log(workspace: Path) -> None:
    result = day1(workspace, "findings", "--format", "csv", "--reveal")
    assert result.stdout.splitlines()[0] == ",".join([*FINDINGS, "value"])
    assert "findings" in (workspace / "work" / "audit.jsonl").read_text("utf-8")


def test_status_names_each_company(demo: tuple[Path, object]) -> None:
    lines = json.loads(day1(demo[0], "status", "--format", "json").stdout)
    assert {line["company"] for line in lines} >= {"C06", "C17"}


def test_a_refused_delivery_ends_with_4_and_the_other_company_goes_on(workspace: Path) -> None:
    (workspace / "deliveries/day-1/C17/delivery.toml").unlink()
    result = day1_process(workspace, "run", "--format", "json")
    verdicts = {one["company"]: one["verdict"] for one in json.loads(result.stdout)["companies"]}
    assert (result.returncode, verdicts) == (4, {"C06": "clean", "C17": "blocked"})
    assert "delivery.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_target_that_cannot_be_reached_ends_with_5_and_keeps_the_password(workspace: Path) -> None:
    url = "postgresql+psycopg://day1:open-sesame@127.0.0.1:1/none"
    result = day1_process(workspace, "run", "--target", url)
    assert result.returncode == 5
    assert "open-sesame" not in result.stderr
    assert "Traceback" not in result.stderr


def test_what_was_loaded_traces_back_and_forth(demo: tuple[Path, object]) -> None:
    with closing(sqlite3.connect(demo[0] / "target.db")) as target:
        query = (
            "SELECT TABLE_NAME, TARGET_ID, SOURCE_FILE, SOURCE_ROW FROM DAY1_CROSSWALK WHERE COMPANY = 'C17'"
        )
        table, number, file, row = target.execute(query).fetchone()
    there = json.loads(day1(demo[0], "trace", "C17", file, row, "--format", "json").stdout)
    back = json.loads(day1(demo[0], "trace", "--target", table, str(number), "--format", "json").stdout)
    assert (table, str(number)) in {(line["table"], line["id"]) for line in there}
    assert (file, row) in {(line["file"], line["row"]) for line in back}


def test_undo_takes_a_company_out_and_run_brings_it_back(workspace: Path) -> None:
    assert day1_process(workspace, "undo", "--company", "C17").returncode == 0
    assert day1_process(workspace, "run").returncode == 0


def test_a_live_target_is_as_the_dictionary_says(demo: tuple[Path, object]) -> None:
    assert day1(demo[0], "target", "check").returncode == 0


def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    with subprocess.Popen([DAY1, "demo"], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        running.stderr.readline()
        time.sleep(0.2)
        os.kill(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in told
