"""All 21 companies in one run, clean and damaged: nothing that two of them show alone hides in the others."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planted_defects import (
    Damaged,
    Line,
    beside,
    damaged_of,
    files_of,
    found_in,
    planted_in,
    wrongly_set_aside,
)
from readers_queries import BEFORE, OF_REGION, TOLD, WRONG, contacts_of
from sample_runs import assert_clear, by_company, findings, printed, rows_of

from samples.facts import companies

pytestmark = pytest.mark.long
HELD = {"L03", "G01"}
"""Why a row may stay with a company: everybody who may see the person stays, or nobody knows the region."""


@pytest.fixture(scope="module", params=["clean", "damaged"])
def either(request: pytest.FixtureRequest) -> Path:
    """The workspace of the clean run, and of the damaged one: the same must be true of both."""
    if request.param == "clean":
        clean: Path = request.getfixturevalue("national_run")
        return clean
    damaged: Damaged = request.getfixturevalue("national_damaged_run")
    return damaged[0]


@pytest.fixture(scope="module")
def ended(national_run: Path) -> subprocess.CompletedProcess[str]:
    """How the clean run ended."""
    return damaged_of(national_run)[1]


@pytest.fixture(scope="module")
def found(national_damaged_run: Damaged) -> set[Line]:
    return found_in(national_damaged_run[0])


@pytest.fixture(scope="module")
def planted(national_damaged_run: Damaged) -> dict[Line, str]:
    return planted_in(national_damaged_run[0])


def told(workspace: Path, word: str) -> dict[str, Any]:
    """Company to what its part of the reconciliation says under `word`."""
    return {code: company[word] for code, company in by_company(printed(workspace)).items()}


def test_clean_deliveries_of_all_companies_are_clean(
    national_run: Path, ended: subprocess.CompletedProcess[str]
) -> None:
    assert_clear(ended, 0)
    assert told(national_run, "verdict") == dict.fromkeys(companies(), "clean")


def test_no_finding_about_a_clean_delivery_asks_for_anything(national_run: Path) -> None:
    asking = {(row["company"], row["rule"]) for row in findings(national_run) if row["severity"] != "info"}
    assert asking == set()


def test_damaged_deliveries_end_with_1_and_every_company_is_judged(national_damaged_run: Damaged) -> None:
    assert_clear(national_damaged_run[1], 1)
    assert sorted(told(national_damaged_run[0], "verdict")) == sorted(companies())


def test_every_defect_that_was_planted_is_found(found: set[Line], planted: dict[Line, str]) -> None:
    assert {line[0] for line in planted} == set(companies())
    assert {line: defect for line, defect in planted.items() if line not in found} == {}


def test_nothing_is_found_beside_what_was_planted(found: set[Line], planted: dict[Line, str]) -> None:
    assert beside(found, planted) == set()


def test_a_row_is_set_aside_for_its_damage_alone(
    national_damaged_run: Damaged, planted: dict[Line, str]
) -> None:
    assert wrongly_set_aside(files_of(national_damaged_run), planted) == {}


def test_what_stays_with_a_company_is_held_by_name(national_damaged_run: Damaged) -> None:
    left = told(national_damaged_run[0], "left")
    assert {row["because"] for rows in left.values() for row in rows} == HELD
    assert [code for code, rows in left.items() if not rows] == []


def test_every_carried_row_is_proved(either: Path) -> None:
    files = told(either, "files")
    assert {
        file["file"]: file["unproven"] for part in files.values() for file in part if file["unproven"]
    } == {}


@pytest.mark.parametrize(("word", "none"), [("differences", []), ("changed_otherwise", 0)])
def test_no_proof_finds_a_difference(either: Path, word: str, none: object) -> None:
    assert told(either, word) == dict.fromkeys(companies(), none)


def test_every_total_of_the_nation_and_of_each_company_is_explained(either: Path) -> None:
    document = printed(either)
    totals = [*document["totals"], *(row for part in document["companies"] for row in part["totals"])]
    assert totals
    assert [row["name"] for row in totals if row["source"] != row["target"] + row["explained"]] == []


@pytest.mark.parametrize("what", sorted(WRONG))
def test_readers_find_everything_where_it_belongs(either: Path, what: str) -> None:
    assert rows_of(either / "target.db", WRONG[what]) == []


@pytest.mark.parametrize("what", sorted(BEFORE))
def test_the_evening_before_companies_had_it(
    either: Path, what: str, ndelius_before: Callable[[Path], Path]
) -> None:
    assert rows_of(ndelius_before(either), BEFORE[what])


def test_every_region_has_sessions(either: Path) -> None:
    regions = {code for (code,) in rows_of(either / "target.db", f"SELECT DISTINCT ta.CODE {OF_REGION}")}
    assert len(regions) == 12


@pytest.mark.parametrize("table", sorted(TOLD))
def test_one_contact_tells_of_every_transfer(either: Path, table: str) -> None:
    contacts = rows_of(either / "target.db", contacts_of(table))
    assert contacts
    assert [key for key, count in contacts if count != 1] == []
