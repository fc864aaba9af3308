"""A column of the target more: docs/add-a-column.md done on a copy, and each step forgotten once."""

from dataclasses import replace
from pathlib import Path

import pytest
from guides import Step, copy_with, run_day1, steps_of
from sample_runs import assert_clear

from samples.make import make

pytestmark = pytest.mark.runs

GUIDE = steps_of("add-a-column.md")
COMPANY = "C06"


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the company delivers. Not to be changed."""
    out = tmp_path_factory.mktemp("deliveries") / "d"
    make(out, companies=(COMPANY,), people=8)
    return out


def test_two_lines_are_all(deliveries: Path, tmp_path: Path) -> None:
    assert len(GUIDE) == 2
    result = run_day1(copy_with(tmp_path / "ours", GUIDE), "run", tmp_path / "w", deliveries)
    assert result.returncode == 0, result.stderr[-2000:]


def test_a_column_that_the_table_gets_later_ends_the_program_by_name(
    deliveries: Path, tmp_path: Path
) -> None:
    later = replace(GUIDE[0], text="DATE_PRODUCED,value,created_date,,,\n")
    result = run_day1(copy_with(tmp_path / "ours", [later]), "run", tmp_path / "w", deliveries)
    assert_clear(result, 3)
    assert "target/records/DOCUMENT.csv fills DATE_PRODUCED, which DOCUMENT does not have" in result.stderr


@pytest.mark.parametrize("step", GUIDE, ids=lambda step: step.path)
def test_one_without_the_other_is_a_difference(step: Step, deliveries: Path, tmp_path: Path) -> None:
    done = [other for other in GUIDE if other != step]
    result = run_day1(copy_with(tmp_path / "ours", done), "run", tmp_path / "w", deliveries)
    assert result.returncode == 1
    told = (tmp_path / "w/reports/day-1/national.differences.csv").read_text("utf-8")
    assert step.forgotten in told
    assert ",WORK_IN_PROGRESS," in told
