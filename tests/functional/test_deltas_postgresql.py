"""A delta into PostgreSQL and out again; and what a delta does wrong is found by the proofs."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from sample_runs import assert_clear, by_company, changed_tables, day1

from pipeline.stages import deltas
from samples.deltas import make_delta
from samples.late_hours import late_hours
from samples.make import make
from target import continuing
from target.database import connect, transaction
from tests.target_dump import dump

pytestmark = pytest.mark.runs

COMPANY, FULL, DELTA = "C17", "day-1", "delta-01"


def state(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a target."""
    with transaction(connect(url)) as connection:
        return dump(connection)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's deliveries, and a delta beside them; nothing run. Not to be changed."""
    workspace = tmp_path_factory.mktemp("delta") / "w"
    there = workspace / "deliveries"
    make(there, companies=(COMPANY,), people=12)
    make_delta(there / FULL / COMPANY, there / DELTA / COMPANY, DELTA, late_hours(there / FULL / COMPANY))
    return workspace


@pytest.fixture(scope="module")
def loaded_once(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, day-1 in SQLite."""
    workspace = Path(shutil.copytree(loaded, tmp_path_factory.mktemp("once") / "w"))
    assert_clear(day1(workspace, "run", "--cycle", FULL), 0)
    return workspace


def test_a_delta_goes_into_postgresql_and_out_again(loaded: Path, database: str, tmp_path: Path) -> None:
    workspace, target = Path(shutil.copytree(loaded, tmp_path / "w")), ("--target", database)
    assert_clear(day1(workspace, "run", "--cycle", FULL, *target), 0)
    before = state(database)
    result = day1(workspace, "run", "--cycle", DELTA, "--format", "json", *target)
    assert_clear(result, 0)
    assert by_company(json.loads(result.stdout))[COMPANY]["verdict"] == "clean"
    assert "UPW_APPOINTMENT" in changed_tables(before, state(database))
    assert_clear(day1(workspace, "undo", "--cycle", DELTA, "--company", COMPANY, *target), 0)
    assert changed_tables(before, state(database)) == []


def _nothing(*_: object) -> None:
    """In the place of what writes."""


def _no_rows(*_: object) -> pl.DataFrame:
    return pl.DataFrame()


def _every_row(changes: pl.DataFrame, export: str, entity: str) -> pl.Expr:
    del changes, export
    return pl.lit(entity == "upw_session")


WRONG: dict[str, tuple[object, str, Callable[..., object]]] = {
    "changed rows are not written": (continuing, "_correct", _nothing),
    "deleted rows are not marked": (continuing, "deletions", _no_rows),
    "a delta takes every earlier row away": (deltas, "_replaces", _every_row),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_done_wrongly_is_found(
    case: str, loaded_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Path(shutil.copytree(loaded_once, tmp_path / "w", symlinks=True))
    place, name, wrong = WRONG[case]
    monkeypatch.setattr(place, name, wrong)
    result = day1(workspace, "run", "--cycle", DELTA, "--format", "json")
    assert_clear(result, 1)
    company = by_company(json.loads(result.stdout))[COMPANY]
    assert company["verdict"] == "differences"
    assert company["differences"] or not all(file["unproven"] == 0 for file in company["files"])
