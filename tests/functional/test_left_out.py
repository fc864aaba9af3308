"""One live person, or one restriction, left out of an extract that is clean otherwise: all of it moves."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from left_out import keep_rows, leave_out_messages, leave_out_person, persons_with_rows, rows_of_file
from resealed import sign
from sample_runs import assert_clear, by_company, day1, rows_of

pytestmark = pytest.mark.runs


WITH_CLOSING = """
    SELECT RESTRICTION_ID FROM RESTRICTION JOIN USER_ USING (USER_ID) JOIN STAFF USING (STAFF_ID)
    JOIN PROBATION_AREA ON PROBATION_AREA.PROBATION_AREA_ID = STAFF.PROBATION_AREA_ID
    WHERE RESTRICTION_ID = ? AND RESTRICTION_END_DATE IS NULL AND CODE = 'C06'
"""
"""The restriction, while it is active for an account of the closing company."""

Ran = tuple[dict[str, Any], int]


@pytest.fixture(scope="module")
def started(clean_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean deliveries and a target with the baseline. Not to be changed."""
    workspace = Path(shutil.copytree(clean_workspace, tmp_path_factory.mktemp("started") / "w"))
    assert day1(workspace, "target", "create").returncode == 0
    baseline = workspace / "deliveries/day-1/baseline"
    assert day1(workspace, "target", "baseline", str(baseline)).returncode == 0
    return workspace


@pytest.fixture
def workspace(started: Path, tmp_path: Path) -> Path:
    """Clean deliveries of one's own."""
    return Path(shutil.copytree(started, tmp_path / "w"))


def run(workspace: Path, company: str) -> Ran:
    """The company's part of the reconciliation, and how the run ended."""
    result = day1(workspace, "run", "--company", company, "--format", "json")
    assert result.stdout, result.stderr[-2000:]
    assert_clear(result, result.returncode)
    return by_company(json.loads(result.stdout))[company], result.returncode


def test_a_person_whose_rows_are_left_out_of_a_provider_extract_moves_and_is_named(workspace: Path) -> None:
    folder = workspace / "deliveries/day-1/C06"
    person = persons_with_rows(folder, "C06")[0]
    assert leave_out_person(folder, "C06", person) > 5
    company, code = run(workspace, "C06")
    assert (company["verdict"], code, company["left"]) == ("clean", 0, [])
    assert person in {row["person"] for row in company["undelivered"]}


def test_a_person_whose_messages_are_left_out_of_an_interchange_moves_and_is_named(workspace: Path) -> None:
    person, messages = leave_out_messages(workspace / "deliveries/day-1/C17", number=7)
    assert messages >= 5
    company, _ = run(workspace, "C17")
    assert (company["left"], company["differences"]) == ([], [])
    assert person in {row["person"] for row in company["undelivered"]}


def test_a_restriction_left_out_of_the_extract_moves_along_with_its_account(workspace: Path) -> None:
    folder = workspace / "deliveries/day-1/C06"
    path = folder / "C06_delius_RESTRICTION.txt"
    active = next(row for row in rows_of_file(path) if not row["RESTRICTION_END_DATE"])
    assert len(keep_rows(path, lambda row: row["RESTRICTION_ID"] != active["RESTRICTION_ID"])) == 1
    sign(folder)
    company, _ = run(workspace, "C06")
    assert rows_of(workspace / "target.db", WITH_CLOSING, int(active["RESTRICTION_ID"])) == []
    assert company["left"] == []
