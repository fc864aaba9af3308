"""Runs `day1` over sample deliveries as an operator does, and looks at what it left with sqlite3 alone.

The command is carried out within the tests: to start Python and load the program took longer than most
commands take.
Where the process itself is looked at (a killed run, the installed command) a test starts one.
"""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest

from cli.app import main

DAY1 = str(Path(sys.executable).with_name("day1"))
COMPANIES = ("C06", "C17")
PRINTED, ENDED = "run.json", "ended.json"
SURNAMES = ("Zz", "Qx")
"""How the invented names of the samples begin."""

Row = dict[str, str]
Dump = dict[str, list[tuple[Any, ...]]]


def day1(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Carries the command out in `workspace`, from its words to what it prints and ends with."""
    said, told = io.StringIO(), io.StringIO()
    with (
        chdir(workspace),
        redirect_stdout(said),
        redirect_stderr(told),
        patch.object(sys, "argv", [DAY1, *words]),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return subprocess.CompletedProcess(
        [DAY1, *words], ended.value.code or 0, said.getvalue(), told.getvalue()
    )


def day1_process(workspace: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, with `environment` on top of ours."""
    return subprocess.run(
        [DAY1, *words],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def run_into(workspace: Path) -> subprocess.CompletedProcess[str]:
    """Run `workspace`; what the run printed and how it ended stay in it."""
    result = day1(workspace, "run", "--format", "json")
    (workspace / PRINTED).write_text(result.stdout, encoding="utf-8")
    (workspace / ENDED).write_text(json.dumps([result.returncode, result.stderr]), encoding="utf-8")
    return result


def reconciled(workspace: Path) -> dict[str, Any]:
    """The reconciliation as `--format json` prints it."""
    document: dict[str, Any] = json.loads(day1(workspace, "reconcile", "--format", "json").stdout)
    return document


def printed(workspace: Path) -> dict[str, Any]:
    """The reconciliation that the run of `workspace` printed (conftest keeps it there)."""
    document: dict[str, Any] = json.loads((workspace / PRINTED).read_text(encoding="utf-8"))
    return document


def by_company(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Company code to its part of a reconciliation."""
    return {company["company"]: company for company in document["companies"]}


def findings(workspace: Path) -> list[Row]:
    """What `findings --format csv` prints."""
    return list(csv.DictReader(io.StringIO(day1(workspace, "findings", "--format", "csv").stdout)))


def opened(target: Path) -> closing[sqlite3.Connection]:
    """A SQLite file to read, closed at the end of a `with`."""
    return closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True))


def number(target: sqlite3.Connection, query: str) -> int:
    """The one number that a query gives."""
    ((result,),) = target.execute(query).fetchall()
    return int(result)


def dump_of(target: Path) -> Dump:
    """Every table of a SQLite file and its rows, in a fixed order."""
    with opened(target) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr)
            for (name,) in tables.fetchall()
        }


def rows_of(target: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of `query`."""
    with opened(target) as connection:
        return connection.execute(query, values).fetchall()


def other_frames(made: Path, shared: Path) -> list[str]:
    """The frames in `made` that are not alike in `shared`, where another test may be at work just now."""
    names = [path.relative_to(made) for path in sorted((made / "work").rglob("*.parquet"))]
    return [
        str(name) for name in names if not pl.read_parquet(made / name).equals(pl.read_parquet(shared / name))
    ]


def changed_tables(one: Dump, other: Dump) -> list[str]:
    """Names of the tables that differ; names only, so that a failing test shows nobody's data."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def assert_clear(result: subprocess.CompletedProcess[str], exit_code: int) -> None:
    """The command ended as it should: this exit code, no traceback, nobody's name in what it said."""
    said = result.stdout + result.stderr
    assert result.returncode == exit_code, result.stderr[-2000:]
    assert "Traceback" not in said
    assert not [name for name in SURNAMES if name in said]
