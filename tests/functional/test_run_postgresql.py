"""The same deliveries into PostgreSQL: the same verdict, the same rows as in SQLite."""

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sample_runs import changed_tables, day1_process

from reconcile.selftest.copies import copy_of
from target.bulk import read
from target.database import connect, transaction
from target.ledger import LEDGER
from tests.target_dump import dump
from vocabulary.errors import TargetError


def state(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a target."""
    with transaction(engine) as connection:
        return dump(connection)


@pytest.fixture(scope="module")
def workspace(clean_workspace: Path, database: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose deliveries have been run into PostgreSQL."""
    workspace = Path(shutil.copytree(clean_workspace, tmp_path_factory.mktemp("postgresql") / "w"))
    result = day1_process(workspace, "run", "--format", "json", DAY1_TARGET=database)
    assert (result.returncode, json.loads(result.stdout)["verdict"]) == (0, "clean")
    return workspace


def test_postgresql_holds_the_same_rows_as_sqlite(workspace: Path, clean_run: Path, database: str) -> None:
    assert workspace
    sqlite = connect(f"sqlite:///{clean_run}/target.db")
    assert changed_tables(state(sqlite), state(connect(database))) == [LEDGER]
    assert ledger(sqlite) == ledger(connect(database))


def ledger(engine: sa.Engine) -> list[dict[str, object]]:
    """The ledger without what is the database's own: the hash of the text in which it shows its rows."""
    with transaction(engine) as connection:
        rows = read(connection, LEDGER).drop("SNAPSHOT_HASH", "ENTRY_HASH")
    return rows.sort("COMPANY").to_dicts()


def test_a_second_run_changes_no_row(workspace: Path, database: str) -> None:
    before = state(connect(database))
    assert day1_process(workspace, "run", DAY1_TARGET=database).returncode == 0
    assert changed_tables(before, state(connect(database))) == []


@pytest.mark.usefixtures("workspace")
def test_a_target_that_was_just_read_is_copied_and_the_copy_goes(database: str) -> None:
    before = state(connect(database))
    with copy_of(database) as copy:
        assert changed_tables(before, state(copy)) == []
        with copy.begin() as connection:
            connection.exec_driver_sql("DELETE FROM OFFENDER")  # no reference holds it
    assert changed_tables(before, state(connect(database))) == []
    with connect(database).connect() as connection:
        names = connection.exec_driver_sql("SELECT datname FROM pg_database").scalars().all()
    assert not [name for name in names if "selftest" in name]


@pytest.mark.usefixtures("workspace")
def test_a_target_that_others_use_is_not_copied(database: str) -> None:
    with connect(database).connect(), pytest.raises(TargetError, match="other programs"), copy_of(database):
        pass


@pytest.mark.long
def test_a_dry_run_after_an_undo_changes_no_row(workspace: Path, database: str) -> None:
    assert day1_process(workspace, "undo", "--company", "C17", DAY1_TARGET=database).returncode == 0
    before = state(connect(database))
    assert day1_process(workspace, "run", "--dry-run", DAY1_TARGET=database).returncode == 0
    assert changed_tables(before, state(connect(database))) == []
