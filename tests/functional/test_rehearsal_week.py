"""A week of rehearsals and the night, command by command, as docs/rehearsals.md has it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from operator_answers import answer, export, taken
from sample_runs import Dump, by_company, changed_tables, day1, dump_of, rows_of

from samples.deltas import make_delta
from samples.late_hours import late_hours
from samples.make import make

pytestmark = pytest.mark.runs

FIRST, SECOND, NIGHT, DELTA = "rehearsal-1", "rehearsal-2", "day-1", "delta-01"
COMPANIES = ("C06", "C17")
SIGN = ("--by", "Zz Director", "--role", "programme director")
ACCEPTED = ("--accept", "set-aside", "--accept", "waiting", "--accept", "unattended")


def deliver(workspace: Path, cycle: str, *defects: str, companies: tuple[str, ...] = COMPANIES) -> None:
    """Deliveries of a cycle and its baseline; of `companies` alone where others stay as they are."""
    there = workspace / "drawn" / cycle
    make(
        there, cycle=cycle, companies=COMPANIES, people=40, defects=defects, exports=("spg", "upw", "delius")
    )
    for folder in (there / cycle).iterdir():
        if folder.name in companies or not (workspace / "deliveries" / cycle / folder.name).exists():
            shutil.copytree(folder, workspace / "deliveries" / cycle / folder.name, dirs_exist_ok=True)
    shutil.rmtree(workspace / "drawn")


def figures(workspace: Path, *words: str) -> dict[str, Any]:
    """What a run prints of each company."""
    result = day1(workspace, *words, "--format", "json")
    assert "Traceback" not in result.stderr
    return by_company(json.loads(result.stdout))


def state(workspace: Path, cycle: str) -> dict[str, str]:
    """Where sign-off of each company stands."""
    lines = json.loads(day1(workspace, "signoff", "--cycle", cycle, "--format", "json").stdout)
    return {line["company"]: line["state"] for line in lines}


def loads(workspace: Path) -> list[tuple[str, str]]:
    """Company and cycle of what is loaded, by cycle."""
    found = rows_of(workspace / "target.db", "SELECT COMPANY, CYCLE FROM DAY1_LEDGER ORDER BY CYCLE, COMPANY")
    return [(code, cycle) for code, cycle in found]


def _the_night(workspace: Path) -> None:
    """Forecast before it, every company in one run."""
    assert day1(workspace, "target", "reset", "--yes").returncode == 0
    deliver(workspace, NIGHT)
    planned = day1(workspace, "forecast")
    assert all(f"\n{code} " in planned.stdout for code in COMPANIES)
    assert f"{NIGHT}, 2 companies" in planned.stderr
    run = figures(workspace, "run")
    assert {code: each["verdict"] for code, each in run.items()} == dict.fromkeys(COMPANIES, "clean")


def _a_delta(workspace: Path) -> Dump:
    """Hours entered late by one company, on top of the night; the target as the night left it."""
    night = dump_of(workspace / "target.db")
    deliveries = workspace / "deliveries"
    edits = late_hours(deliveries / NIGHT / "C17", 1)
    make_delta(deliveries / NIGHT / "C17", deliveries / DELTA / "C17", DELTA, edits, NIGHT)
    delta = figures(workspace, "run", "--cycle", DELTA)["C17"]
    assert (delta["verdict"], delta["differences"]) == ("clean", [])
    assert loads(workspace) == [("C06", NIGHT), ("C17", NIGHT), ("C17", DELTA)]
    crossed = json.loads(day1(workspace, "compare", NIGHT, DELTA, "--format", "json").stdout)
    assert sum(line["new"] for line in crossed["Findings"]) == 0
    return night


def _one_out_again(workspace: Path, night: Dump) -> None:
    """What lies below a delta stays until it is out; sample codes hold the sign-off of the day."""
    assert day1(workspace, "undo", "--company", "C17", "--cycle", NIGHT).returncode == 5
    assert day1(workspace, "undo", "--company", "C17", "--cycle", DELTA).returncode == 0
    assert changed_tables(night, dump_of(workspace / "target.db")) == []
    assert day1(workspace, "undo", "--company", "C06", "--cycle", NIGHT).returncode == 0
    assert loads(workspace) == [("C17", NIGHT)]
    assert day1(workspace, "signoff", "--cycle", NIGHT, "--company", "C17", *SIGN, *ACCEPTED).returncode == 3
    assert state(workspace, NIGHT) == dict.fromkeys(COMPANIES, "open")
    assert "took" in day1(workspace, "forecast").stderr
    told = day1(workspace, "status").stdout
    assert told.splitlines()[-1].startswith("Verdict of rehearsal-1: ")


def test_a_week_of_rehearsals_and_the_night(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    assert day1(tmp_path, "init", "w").returncode == 0

    # Monday: the first rehearsal finds a person who is perhaps known, whom the operator answers for.
    deliver(workspace, FIRST, "D34")
    first = figures(workspace, "run")
    assert first["C17"]["verdict"] != "failed"
    done = answer(export(workspace), "done.xlsx", {"Persons": lambda _: "new"})
    assert {line["outcome"] for line in taken(workspace, done)} == {"taken"}
    decided = figures(workspace, "run")
    aside = [sum(file["set_aside"] for file in each["C17"]["files"]) for each in (first, decided)]
    assert aside[1] < aside[0]
    moved = json.loads(day1(workspace, "compare", "1", "2", "--format", "json").stdout)
    assert sum(line["rows"] for line in moved["Rows behind what moved"]) > 0

    # Wednesday: the second rehearsal is refused on the first one's target, which is emptied for it.
    deliver(workspace, SECOND)
    assert day1(workspace, "run").returncode == 5
    assert day1(workspace, "target", "reset", "--yes").returncode == 0
    assert day1(workspace, "run").returncode in (0, 1)
    compared = json.loads(day1(workspace, "compare", "1", SECOND, "--format", "json").stdout)
    assert sum(line["fixed"] for line in compared["Findings"]) > 0

    # One company delivers again: it alone is run, and the outputs still hold both.
    deliver(workspace, SECOND, "D49", companies=("C06",))
    before = dump_of(workspace / "target.db")
    assert day1(workspace, "run", "--company", "C06").returncode in (0, 1)
    told = json.loads(day1(workspace, "status", "--cycle", SECOND, "--format", "json").stdout)
    assert {line["company"]: line["stage"] for line in told} == dict.fromkeys(COMPANIES, "reconcile")
    assert dump_of(workspace / "target.db")["DAY1_LEDGER"] != before["DAY1_LEDGER"]
    signed = day1(
        workspace, "signoff", "--cycle", SECOND, *(f"--company={one}" for one in COMPANIES), *SIGN, *ACCEPTED
    )
    assert (signed.returncode, set(state(workspace, SECOND).values())) == (0, {"signed"})

    _the_night(workspace)
    _one_out_again(workspace, _a_delta(workspace))
