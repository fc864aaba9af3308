"""Companies in processes of their own: the same frames, and one whose process is ended stops no other."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sample_runs import COMPANIES, day1, other_frames

from pipeline.failures import Failures
from pipeline.progress import Silent
from pipeline.run import run_stages
from pipeline.stages import processes
from pipeline.stages.company_work import CompanyWork, Outcome, Told
from pipeline.stages.relay import Telling
from pipeline.stages.spread import Spread
from pipeline.workspace import Workspace

pytestmark = pytest.mark.runs

STAGES = ("receive", "extract", "map", "match")


def test_two_processes_leave_what_one_leaves(fresh: Path, clean_run: Path) -> None:
    run_stages(Workspace.open(fresh), (*STAGES, "validate"), spread=Spread(jobs=2))
    assert list((fresh / "work/day-1/C17/validate").rglob("*.parquet"))
    assert other_frames(fresh, clean_run) == []


WORKER = """
import time
from pipeline.stages.processes import start_pool


def work():
    print("works", flush=True)
    time.sleep(600)

if __name__ == "__main__":
    with start_pool(1) as pool:
        pool.submit(work).result()
"""


def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "worker.py"
    script.write_text(WORKER, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"works\n"
        parent.kill()
        assert parent.communicate(timeout=60)[0] == b""  # nobody is left who could write


def killed_at_c06(_workspace: Workspace, company: str, stages: Sequence[str], _telling: Telling) -> Outcome:
    """What a process does whose memory runs out with one company."""
    if company == "C06":
        os.kill(os.getpid(), signal.SIGKILL)
    return [(company, stages[-1], "done", 0, 0)], None


def test_a_process_that_is_ended_stops_its_company_alone(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(fresh)
    failures = Failures(workspace, Silent())
    told = Told()
    monkeypatch.setattr(processes, "run_company", killed_at_c06)
    processes.run_in_processes(CompanyWork(workspace, STAGES, told, failures), COMPANIES, 2)
    assert {code: failure.exit_code for code, failure in failures.found.items()} == {"C06": 3}
    assert told.lines == [("C17", "match", "done", 0, 0)]


def test_a_number_of_companies_that_is_none_is_refused(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAY1_JOBS", "two")
    assert day1(fresh, "status").returncode == 2


def broken_at_c06(_workspace: Workspace, company: str, stages: Sequence[str], _telling: Telling) -> Outcome:
    """A fault of the program that the process itself does not tell of."""
    if company == "C06":
        raise KeyError("planted")
    return [(company, stages[-1], "done", 0, 0)], None


def test_an_error_of_the_process_itself_stops_its_company_alone(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(fresh)
    failures = Failures(workspace, Silent())
    told = Told()
    monkeypatch.setattr(processes, "run_company", broken_at_c06)
    processes.run_in_processes(CompanyWork(workspace, STAGES, told, failures), COMPANIES, 2)
    assert {code: failure.exit_code for code, failure in failures.found.items()} == {"C06": 70}
    assert told.lines == [("C17", "match", "done", 0, 0)]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_reports_of_two_processes_are_byte_for_byte_those_of_one(clean_run: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(clean_run, workspace)
    reports = workspace / "reports"
    made = []
    for jobs in ("1", "2"):
        shutil.rmtree(reports)
        assert day1(workspace, "report", "--jobs", jobs).returncode == 0
        made.append(files_of(reports))
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
    assert {path.stat().st_mode & 0o077 for path in reports.rglob("*")} == {0}


def test_a_report_that_cannot_be_written_ends_as_it_does_in_one_process(
    clean_run: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(clean_run, workspace)
    shutil.rmtree(workspace / "reports" / "day-1" / "companies")
    (workspace / "reports" / "day-1" / "companies").write_text("in the way")
    told = day1(workspace, "report", "--jobs", "2")
    assert told.returncode == 3
    assert "Traceback" not in told.stderr
