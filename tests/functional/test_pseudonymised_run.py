"""A run finds in a pseudonymised copy what it finds in its source: row by row, and in every figure."""

import json
from pathlib import Path

import pytest
from planted_defects import Damaged
from sample_runs import day1, findings, printed, run_into

pytestmark = pytest.mark.runs
KEY = "a key of the tests, of no use elsewhere"
NAMED = ("key", "person", "run")
"""What the figures name, and do not count."""


@pytest.fixture(
    scope="module",
    params=["damaged_run", pytest.param("national_damaged_run", marks=pytest.mark.long)],
)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The workspace of a damaged run, and that of a run on its copy."""
    damaged: Damaged = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("pseudonymised")
    (folder / "pseudonym.key").write_text(KEY, "utf-8")
    (folder / "pseudonym.key").chmod(0o600)
    source = str(damaged[0] / "deliveries")
    result = day1(folder, "pseudonymise", source, "deliveries", "--key-file", "pseudonym.key")
    assert result.returncode == 0, result.stderr
    assert run_into(folder).returncode == damaged[1].returncode
    return damaged[0], folder


def counted(figures: object) -> object:
    """The figures without what they name."""
    if isinstance(figures, dict):
        return {name: counted(value) for name, value in figures.items() if name not in NAMED}
    return [counted(value) for value in figures] if isinstance(figures, list) else figures


def test_every_finding_stands_on_the_same_row(both: tuple[Path, Path]) -> None:
    before, after = (sorted(map(json.dumps, findings(workspace))) for workspace in both)
    assert len(before) > 500
    assert after == before


def test_row_account_totals_and_everything_counted_are_the_same(both: tuple[Path, Path]) -> None:
    before, after = (counted(printed(workspace)) for workspace in both)
    assert after == before
