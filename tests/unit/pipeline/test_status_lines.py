"""How far a company is, and what to do next."""

import os
from pathlib import Path

import pytest

from pipeline.graph import ROAD
from pipeline.status import StatusLine, status
from pipeline.storage.results import keep
from pipeline.storage.store import ENTRY, STANDS_ON, commit_stage, start_stage
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation


def line(
    root: Path, *stages: str, is_blocked: bool = False, verdict: str = "", of: str = "first"
) -> StatusLine:
    """`of`: what the stages stand on, and in the end the load in the ledger."""
    workspace = Workspace(root, root, "sqlite://", "day-1", ("C06",))
    for stage in stages:
        place = ROAD.index(stage)
        account = {"rows": 7, "is_blocked": is_blocked, "inputs": f"{of} {stage}", ENTRY: of}
        if place:
            account[STANDS_ON] = f"{of} {ROAD[place - 1]}"
        commit_stage(start_stage(workspace.stage_folder("C06", stage)), account)
    if verdict:
        keep(workspace, CompanyReconciliation("C06", "Merseyside", verdict))
    return status(workspace)[0]


@pytest.mark.parametrize(
    ("stages", "reached", "next_step"),
    [
        ((), "-", "day1 receive, or day1 run"),
        (("receive", "extract"), "extract", "day1 map, or day1 run"),
        (("receive", "map"), "receive", "day1 extract, or day1 run"),
    ],
)
def test_the_next_stage_follows_the_last_without_a_gap(
    tmp_path: Path, stages: tuple[str, ...], reached: str, next_step: str
) -> None:
    found = line(tmp_path, *stages)
    assert (found.stage, found.next_step) == (reached, next_step)


@pytest.mark.parametrize(
    ("verdict", "next_step"),
    [("clean", "day1 signoff"), ("differences", "day1 findings")],
)
def test_a_verdict_says_what_to_do(tmp_path: Path, verdict: str, next_step: str) -> None:
    found = line(tmp_path, *ROAD[:-1], verdict=verdict)
    assert (found.rows, found.verdict, found.next_step) == (7, verdict, next_step)


def test_a_refused_delivery_goes_back_to_the_company(tmp_path: Path) -> None:
    found = line(tmp_path, "receive", is_blocked=True)
    assert (found.verdict, found.next_step) == ("blocked", "ask the company for a better delivery")


@pytest.mark.parametrize("stage", ["validate", "load"])
def test_a_verdict_from_before_a_stage_ran_again_is_none(tmp_path: Path, stage: str) -> None:
    line(tmp_path, *ROAD[:-1], verdict="clean")
    found = line(tmp_path, *ROAD[: ROAD.index(stage) + 1], of="second")
    following = ROAD[ROAD.index(stage) + 1]
    assert (found.stage, found.verdict, found.next_step) == (stage, "", f"day1 {following}, or day1 run")


def test_a_clock_set_back_changes_nothing(tmp_path: Path) -> None:
    line(tmp_path, *ROAD[:-1], verdict="clean")
    for path in (tmp_path / "work/day-1/C06").glob("[emp]*/stage.json"):
        os.utime(path, (path.stat().st_mtime + 3600,) * 2)
    assert line(tmp_path).verdict == "clean"


def test_a_refused_delivery_in_the_place_of_a_good_one_is_refused(tmp_path: Path) -> None:
    line(tmp_path, *ROAD[:-1], verdict="clean")
    found = line(tmp_path, "receive", is_blocked=True, of="second")
    assert (found.stage, found.verdict) == ("receive", "blocked")
