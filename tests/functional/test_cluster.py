"""Companies on a Dask cluster of two workers, one of which is lost: the same frames as on one machine."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from distributed import LocalCluster
from sample_runs import day1, other_frames

from pipeline.run import run_stages
from pipeline.stages import cluster
from pipeline.stages.company_work import Outcome, run_company
from pipeline.stages.spread import Spread
from pipeline.workspace import Workspace

STAGES = ("receive", "extract", "map", "match", "validate")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started.scheduler_address


def lost_at_c06(workspace: Workspace, company: str, stages: Sequence[str]) -> Outcome:
    """The first worker that has C06 is lost after one stage."""
    if company == "C06" and not (workspace.root / "lost").exists():
        (workspace.root / "lost").touch()
        run_company(workspace, company, stages[:1])
        os.kill(os.getpid(), signal.SIGKILL)
    return run_company(workspace, company, stages)


@pytest.mark.runs
def test_a_worker_that_is_lost_loses_nothing(
    fresh: Path, clean_run: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "run_company", lost_at_c06)
    run_stages(Workspace.open(fresh), STAGES, spread=Spread(scheduler=scheduler))
    assert (fresh / "lost").exists()
    assert list((fresh / "work/day-1/C06/validate").rglob("*.parquet"))
    assert other_frames(fresh, clean_run) == []


@pytest.mark.runs
def test_a_worker_of_another_program_is_refused(
    fresh: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "whole_fingerprint", lambda: str(os.getpid()))
    refused = day1(fresh, "receive", "--scheduler", scheduler)
    assert refused.returncode == 3
    assert "runs another day1" in refused.stderr


@pytest.mark.runs
def test_a_worker_without_day1_is_told(fresh: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def name() -> str:
        return ""

    elsewhere = ModuleType("known_here_alone")
    name.__module__, name.__qualname__ = elsewhere.__name__, "name"
    elsewhere.name = name  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, elsewhere.__name__, elsewhere)
    monkeypatch.setattr(cluster, "whole_fingerprint", name)
    refused = day1(fresh, "receive", "--scheduler", scheduler)
    assert (refused.returncode, "Traceback" in refused.stderr) == (3, False)
    assert "cannot run day1" in refused.stderr


def test_a_scheduler_that_does_not_answer_is_told(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS", 1)
    refused = day1(fresh, "receive", "--scheduler", "tcp://127.0.0.1:9")
    assert (refused.returncode, "Traceback" in refused.stderr) == (3, False)
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in refused.stderr
