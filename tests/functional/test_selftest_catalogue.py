"""The whole catalogue on both databases: each kind of damage changes what it says, and reconcile finds it."""

import json
from pathlib import Path

import pytest
from sample_runs import COMPANIES, assert_clear, day1, day1_process
from seen_changes import SeenChanges

from reconcile.proofs.unchanged import DERIVED
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
    assert_damages_are_exact(f"sqlite:///{workspace}/target.db")
    assert_reconcile_finds_them(workspace)


def test_on_postgresql(workspace: Path, database: str) -> None:
    assert day1_process(workspace, "run", DAY1_TARGET=database).returncode == 0
    assert_damages_are_exact(database)
    assert_reconcile_finds_them(workspace, DAY1_TARGET=database)


def assert_reconcile_finds_them(workspace: Path, **environment: str) -> None:
    """The command itself, with the proofs as they are."""
    ended = day1_process(workspace, "selftest", "--format", "json", **environment)
    outcomes = {one["kind"]: one["outcome"] for one in json.loads(ended.stdout)}
    assert {kind: outcome for kind, outcome in outcomes.items() if outcome not in (FOUND, IMPOSSIBLE)} == {}
    assert list(outcomes.values()).count(FOUND) >= ENOUGH
    assert_clear(ended, 0)


def assert_damages_are_exact(url: str) -> None:
    """Every kind of damage changes the rows that it says and no other, as seen by looking at all rows."""
    seen = SeenChanges()
    others: dict[str, str] = {}

    def look(one: Result) -> None:
        named = {(row.table, ":".join(row.key)) for row in one.rows}
        # What is derived from rows that are gone goes with them and need not be named.
        beside = {name for name, _ in seen.last - named} - {*DERIVED}
        if one.outcome != IMPOSSIBLE and (one.outcome != FOUND or named - seen.last or beside):
            others[one.kind.id] = one.outcome

    with copy_of(url) as copy:
        result = self_test(copy, seen, catalogue(), look)
    assert others == {}
    assert result.count(FOUND) >= ENOUGH
    assert result.passed
