"""What readers of nDelius see before and after Day 1: their queries, asked with sqlite3 alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from planted_defects import Damaged
from readers_queries import BEFORE, OF_REGION, WRONG
from sample_runs import rows_of


@pytest.fixture(scope="module", params=["clean", "damaged"])
def workspace(request: pytest.FixtureRequest, clean_run: Path, damaged_run: Damaged) -> Path:
    """A workspace after its run: the same must be true of both."""
    return clean_run if request.param == "clean" else damaged_run[0]


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_reader_finds_everything_where_it_belongs(workspace: Path, what: str) -> None:
    assert rows_of(workspace / "target.db", WRONG[what]) == []


@pytest.mark.parametrize("what", sorted(BEFORE))
def test_the_evening_before_it_was_with_the_company(
    workspace: Path, what: str, ndelius_before: Callable[[Path], Path]
) -> None:
    """So that the queries see what they are about."""
    assert rows_of(ndelius_before(workspace), BEFORE[what])


def test_regions_have_sessions(workspace: Path) -> None:
    assert rows_of(workspace / "target.db", f"SELECT 1 {OF_REGION}")
