"""Companies judged and planned by the whole of nDelius instead of their share of it: nothing comes out
otherwise."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from planted_defects import Damaged
from sample_runs import COMPANIES, day1

import pipeline.stages.plan
import pipeline.stages.validate
from pipeline.storage.batches import baseline_batch
from pipeline.workspace import Workspace
from vocabulary.batch import Batch
from vocabulary.links import parents_first
from vocabulary.source import NDELIUS

STAGES = ("validate", "plan")


def whole_of_ndelius(workspace: Workspace, _company: str) -> Batch:
    return baseline_batch(workspace, parents_first(NDELIUS))


def frames_of(workspace: Path) -> dict[str, pl.DataFrame]:
    """Every frame that the stages left, by its place."""
    folders = [workspace / "work/day-1" / company / stage for company in COMPANIES for stage in STAGES]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.parquet"))]
    return {str(path.relative_to(workspace)): pl.read_parquet(path) for path in paths}


def test_the_whole_of_ndelius_says_nothing_else(
    damaged_run: Damaged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "workspace"
    shutil.copytree(damaged_run[0], there)
    by_share = frames_of(there)
    for company in COMPANIES:
        for stage in STAGES:
            (there / "work/day-1" / company / stage / "stage.json").unlink()
    monkeypatch.setattr(pipeline.stages.validate, "company_baseline", whole_of_ndelius)
    monkeypatch.setattr(pipeline.stages.plan, "company_baseline", whole_of_ndelius)
    for stage in STAGES:
        day1(there, stage)
    by_nation = frames_of(there)
    assert by_share.keys() == by_nation.keys()
    assert [name for name, frame in by_share.items() if not frame.equals(by_nation[name])] == []
