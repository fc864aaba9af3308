"""The same deliveries into PostgreSQL: the same verdict, the same rows as in SQLite."""

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sample_runs import changed_tables, day1

from target.database import connect, transaction
from target.dump import dump


def state(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a target."""
    with transaction(engine) as connection:
        return dump(connection)


@pytest.fixture(scope="module")
def workspace(clean_workspace: Path, database: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose deliveries have been run into PostgreSQL."""
    workspace = Path(shutil.copytree(clean_workspace, tmp_path_factory.mktemp("postgresql") / "w"))
    result = day1(workspace, "run", "--format", "json", DAY1_TARGET=database)
    assert (result.returncode, json.loads(result.stdout)["verdict"]) == (0, "clean")
    return workspace


def test_postgresql_holds_the_same_rows_as_sqlite(workspace: Path, clean_run: Path, database: str) -> None:
    assert workspace
    in_sqlite = state(connect(f"sqlite:///{clean_run}/target.db"))
    assert changed_tables(in_sqlite, state(connect(database))) == []


def test_a_second_run_changes_no_row(workspace: Path, database: str) -> None:
    before = state(connect(database))
    assert day1(workspace, "run", DAY1_TARGET=database).returncode == 0
    assert changed_tables(before, state(connect(database))) == []


def test_a_dry_run_after_an_undo_changes_no_row(workspace: Path, database: str) -> None:
    assert day1(workspace, "undo", "--company", "C17", DAY1_TARGET=database).returncode == 0
    before = state(connect(database))
    assert day1(workspace, "run", "--dry-run", DAY1_TARGET=database).returncode == 0
    assert changed_tables(before, state(connect(database))) == []
