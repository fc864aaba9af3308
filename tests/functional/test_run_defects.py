"""Damaged deliveries: every planted defect is found at its file and row, and nothing else is."""

import json
import tomllib
from pathlib import Path

import pytest
from planted_defects import Damaged, Line, beside, files_of, found_in, planted_in, wrongly_set_aside
from sample_runs import assert_clear, by_company, day1, findings, rows_of

from samples.defects.blocking import BLOCKING

CASE_BY_COMPANY = {"C06": "delius", "C17": "spg"}
FITS = {"D04": "C17", "D05": "C17", "D06": "C17", "D07": "C06", "D10": "C17"}
"""Company that a blocking defect is done to; the others suit C06."""


@pytest.fixture(scope="module")
def found(damaged_run: Damaged) -> set[Line]:
    """All findings of the damaged run."""
    return found_in(damaged_run[0])


@pytest.fixture(scope="module")
def planted(damaged_run: Damaged) -> dict[Line, str]:
    """The findings that the planted damage must lead to."""
    return planted_in(damaged_run[0])


def test_rows_set_aside_end_with_1(damaged_run: Damaged) -> None:
    assert damaged_run[1].returncode == 1


def test_every_planted_defect_is_found(found: set[Line], planted: dict[Line, str]) -> None:
    assert planted
    assert set(planted) - found == set()


def test_nothing_else_is_set_aside_or_warned_about(found: set[Line], planted: dict[Line, str]) -> None:
    assert beside(found, planted) == set()


def test_every_file_closes(damaged_run: Damaged) -> None:
    files = files_of(damaged_run)
    assert files
    for file in files:
        assert file["delivered"] == file["carried"] + file["set_aside"] + file["not_in_scope"], file["file"]


def test_as_many_rows_are_set_aside_as_the_findings_name(
    damaged_run: Damaged, planted: dict[Line, str]
) -> None:
    assert wrongly_set_aside(files_of(damaged_run), planted) == {}


def test_delivered_is_what_the_manifest_counts(damaged_run: Damaged) -> None:
    counted = {file["file"]: file["delivered"] for file in files_of(damaged_run)}
    for company, case in CASE_BY_COMPANY.items():
        manifest = tomllib.loads(
            (damaged_run[0] / "deliveries/day-1" / company / "delivery.toml").read_text("utf-8")
        )
        read = (case, "upw", "staff")
        promised = {file["name"]: file["rows"] for file in manifest["file"] if file["export"] in read}
        assert promised.items() <= counted.items()


def test_what_was_set_aside_explains_every_total(damaged_run: Damaged) -> None:
    for company in json.loads(damaged_run[1].stdout)["companies"]:
        for total in company["totals"]:
            assert total["source"] == total["target"] + total["explained"], total["name"]


def written_from(damaged: Damaged, defect: str) -> set[tuple[str, str]]:
    """Company, and table of each row that the rows with a defect became."""
    rows = [line[2:4] for line, planted in planted_in(damaged[0]).items() if planted == defect]
    assert rows
    query = "SELECT COMPANY, TABLE_NAME FROM DAY1_CROSSWALK WHERE SOURCE_FILE = ? AND SOURCE_ROW = ?"
    return {pair for row in rows for pair in rows_of(damaged[0] / "target.db", query, *row)}


@pytest.mark.parametrize("defect", ["D65", "D66", "D76"])
def test_hours_in_doubt_are_not_added(damaged_run: Damaged, defect: str) -> None:
    """A failed look-up, a forgotten reference, somebody else's session."""
    assert written_from(damaged_run, defect) == set()


def test_both_of_two_sessions_in_one_time_are_added(damaged_run: Damaged) -> None:
    tables = {(company, table) for company in CASE_BY_COMPANY for table in ("UPW_APPOINTMENT", "CONTACT")}
    assert written_from(damaged_run, "D67") == tables


def test_travel_is_credited_beside_the_time_offered(damaged_run: Damaged) -> None:
    """D77: nine hours for seven, an hour each way."""
    rows = "SELECT COUNT(*) FROM UPW_APPOINTMENT WHERE MINUTES_CREDITED = MINUTES_OFFERED + 2 * TRAVEL_TIME"
    counted = rows_of(damaged_run[0] / "target.db", f"{rows} AND TRAVEL_TIME = 60")
    assert counted == [(len(CASE_BY_COMPANY),)]


def test_findings_of_the_damage_hold_no_name(damaged_run: Damaged) -> None:
    said = day1(damaged_run[0], "findings", "--format", "csv").stdout + damaged_run[1].stderr
    assert "Zz" not in said


@pytest.mark.parametrize("defect", sorted(BLOCKING))
def test_a_blocking_defect_refuses_its_delivery(defect: str, loaded: Path) -> None:
    company, file, rule = damage(loaded, defect)
    result = day1(loaded, "receive", "--company", company)
    assert_clear(result, 4)
    blocking = [row for row in findings(loaded) if row["severity"] == "block"]
    assert [(row["company"], row["source_file"], row["rule"]) for row in blocking] == [(company, file, rule)]


@pytest.mark.parametrize("defect", ["D05", "D09"])
def test_the_other_company_goes_through(defect: str, loaded: Path) -> None:
    company, file, _ = damage(loaded, defect)
    result = day1(loaded, "run", "--format", "json")
    assert_clear(result, 4)
    assert file in result.stderr
    verdicts = {code: one["verdict"] for code, one in by_company(json.loads(result.stdout)).items()}
    assert verdicts == {"C06": "clean", "C17": "clean"} | {company: "blocked"}


def damage(workspace: Path, defect: str) -> tuple[str, str, str]:
    """Do a blocking defect to a delivery that suits it; company, file and rule of the finding."""
    company = FITS.get(defect, "C06")
    broken = BLOCKING[defect](workspace / "deliveries/day-1" / company)
    assert broken is not None
    return company, broken[1], broken[2]
