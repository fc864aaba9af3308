"""The whole catalogue on both databases: each kind of damage changes what it says and nothing else."""

from pathlib import Path

import pytest
from sample_runs import COMPANIES, day1
from seen_changes import SeenChanges

from reconcile.selftest.catalogue import catalogue
from reconcile.selftest.copies import copy_of
from reconcile.selftest.run import FOUND, IMPOSSIBLE, Result, self_test
from samples.make import make

ENOUGH = 60
"""Kinds of damage that must be possible on each database."""

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deliveries with a row for every kind of damage: what the demonstration draws. Not yet run."""
    workspace = tmp_path_factory.mktemp("selftest") / "w"
    make(workspace / "deliveries", companies=COMPANIES, people=60)
    return workspace


def test_on_sqlite(workspace: Path) -> None:
    assert day1(workspace, "run").returncode == 0
    assert_whole_catalogue(f"sqlite:///{workspace}/target.db")


def test_on_postgresql(workspace: Path, database: str) -> None:
    assert day1(workspace, "run", DAY1_TARGET=database).returncode == 0
    assert_whole_catalogue(database)


def assert_whole_catalogue(url: str) -> None:
    """Every kind is found by looking at all rows, and what was changed is what it says."""
    seen = SeenChanges()
    others: dict[str, str] = {}

    def look(one: Result) -> None:
        named = {(row.table, ":".join(row.key)) for row in one.rows}
        if one.outcome != IMPOSSIBLE and (one.outcome != FOUND or named != seen.last):
            others[one.kind.id] = one.outcome

    with copy_of(url) as copy:
        result = self_test(copy, seen, catalogue(), look)
    assert others == {}
    assert result.count(FOUND) >= ENOUGH
    assert result.passed
