"""Rehearsal against rehearsal: what is new, fixed and still there, and which rows moved a figure."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sample_runs import by_company, day1

from samples.make import CARRIED as DEFECTS
from samples.make import make

pytestmark = pytest.mark.runs

SIDES = ("rehearsal-1", "rehearsal-2")
FIRST, SECOND = SIDES
STATES = ("new", "fixed", "persisting")

Compared = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two rehearsals of one company: the first delivery damaged, the second mended."""
    workspace = tmp_path_factory.mktemp("rehearsed") / "w"
    for cycle, planted in zip(SIDES, (DEFECTS, ()), strict=True):
        make(workspace / "deliveries", cycle=cycle, companies=("C06",), people=60, defects=tuple(planted))
        target = f"sqlite:///{workspace}/{cycle}.db"
        result = day1(workspace, "run", "--cycle", cycle, "--target", target, "--format", "json")
        (workspace / f"{cycle}.json").write_text(result.stdout, encoding="utf-8")
    return workspace


@pytest.fixture(scope="module")
def compared(rehearsed: Path) -> Compared:
    """What `compare --format json` says of the two."""
    document: Compared = json.loads(day1(rehearsed, "compare", *SIDES, "--format", "json").stdout)
    return document


def listed(workspace: Path, what: str) -> list[dict[str, str]]:
    """A full list that compare writes."""
    day1(workspace, "compare", *SIDES)
    with (workspace / f"reports/compare/{FIRST}-{SECOND}.{what}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def findings_of(workspace: Path, cycle: str) -> int:
    """How many findings `findings` lists of a cycle."""
    return len(json.loads(day1(workspace, "findings", "--cycle", cycle, "--format", "json").stdout))


def totals_of(workspace: Path, cycle: str) -> dict[tuple[str, str], tuple[int, int]]:
    """What the run printed of each total of the company."""
    told = by_company(json.loads((workspace / f"{cycle}.json").read_text("utf-8")))["C06"]["totals"]
    return {(one["name"], one["scope"]): (one["source"], one["target"]) for one in told}


def test_every_finding_of_either_side_has_one_state(rehearsed: Path, compared: Compared) -> None:
    counts = {state: sum(line[state] for line in compared["Findings"]) for state in STATES}
    assert counts["fixed"] + counts["persisting"] == findings_of(rehearsed, FIRST)
    assert counts["new"] + counts["persisting"] == findings_of(rehearsed, SECOND)
    assert min(counts["fixed"], counts["persisting"]) > 0


def test_a_finding_persists_though_its_row_stands_elsewhere(rehearsed: Path) -> None:
    moved = [
        line
        for line in listed(rehearsed, "findings")
        if line["state"] == "persisting" and line["before_source_row"] != line["after_source_row"]
    ]
    assert moved


def test_every_total_that_moved_is_told_and_no_other(rehearsed: Path, compared: Compared) -> None:
    then, now = (totals_of(rehearsed, cycle) for cycle in SIDES)
    moved = {key for key in then | now if then.get(key) != now.get(key)}
    assert {(line["total"], line["scope"]) for line in compared["Figures that moved"]} == moved
    assert moved


def test_rows_set_aside_once_and_carried_now_are_named(rehearsed: Path) -> None:
    mended = [
        line
        for line in listed(rehearsed, "outcomes")
        if line["before_row_outcome"] == "set_aside" and line["before_source_row"]
    ]
    assert mended


def test_a_row_that_says_something_else_is_named_on_both_sides(rehearsed: Path) -> None:
    changed = [line for line in listed(rehearsed, "deliveries") if line["state"] == "changed"]
    assert changed
    assert all(line["before_source_row"] and line["after_source_row"] for line in changed)


@pytest.mark.parametrize(
    ("words", "code"), [((FIRST, "rehearsal-9"), 3), ((FIRST, "77"), 3), ((FIRST, FIRST), 2), ((FIRST,), 2)]
)
def test_what_cannot_be_compared_is_said(rehearsed: Path, words: tuple[str, ...], code: int) -> None:
    result = day1(rehearsed, "compare", *words)
    assert result.returncode == code
    assert "Traceback" not in result.stderr
