"""The baseline is closed in itself, and a provider extract is the company's slice of it."""

from pathlib import Path

import pytest
from sample_world import Row, table

from samples import facts

TABLES = facts.parts("delius")
PARENTS = {
    "EVENT_ID": "EVENT",
    "OFFENDER_ID": "OFFENDER",
    "DISPOSAL_ID": "DISPOSAL",
    "CUSTODY_ID": "CUSTODY",
    "RQMNT_ID": "RQMNT",
    "LIC_CONDITION_ID": "LIC_CONDITION",
    "PSS_RQMNT_ID": "PSS_RQMNT",
    "NSI_ID": "NSI",
    "UPW_DETAILS_ID": "UPW_DETAILS",
    "UPW_PROJECT_ID": "UPW_PROJECT",
    "CONTACT_ID": "CONTACT",
    "STAFF_ID": "STAFF",
    "TEAM_ID": "TEAM",
}


def keys(rows: list[Row]) -> set[str]:
    return {next(iter(row.values())) for row in rows}


def orphans(folder: Path) -> set[tuple[str, str]]:
    known = {column: keys(table(folder, parent)) for column, parent in PARENTS.items()}
    return {
        (name, column)
        for name in TABLES
        for row in table(folder, name)
        for column in known
        if row.get(column, "").strip() and row[column] not in known[column]
    }


@pytest.mark.parametrize("name", ["baseline", "C06", "C10"])
def test_every_parent_is_there(clean: Path, name: str) -> None:
    assert orphans(clean / name) == set()


@pytest.mark.parametrize("name", TABLES)
def test_a_delivered_row_is_a_baseline_row(clean: Path, name: str) -> None:
    before = {tuple(row.values()) for row in table(clean / "baseline", name)}
    assert {tuple(row.values()) for row in table(clean / "C06", name)} <= before


def test_prison_numbers_are_unique_in_the_baseline(clean: Path) -> None:
    rows = table(clean / "baseline", "OFFENDER")
    numbers = [row["NOMS_NUMBER"] for row in rows if row["NOMS_NUMBER"].strip()]
    assert len(set(numbers)) == len(numbers)


def test_every_person_of_the_baseline_has_one_active_offender_manager(clean: Path) -> None:
    active = [
        row["OFFENDER_ID"]
        for row in table(clean / "baseline", "OFFENDER_MANAGER")
        if row["ACTIVE_FLAG"] == "1"
    ]
    assert sorted(active) == sorted(keys(table(clean / "baseline", "OFFENDER")))


def test_a_company_without_offender_management_has_components_alone(clean: Path) -> None:
    assert "C10" not in {row["PROBATION_AREA_CODE"] for row in table(clean / "C10", "OFFENDER_MANAGER")}
    assert "C10" in {row["PROBATION_AREA_CODE"] for row in table(clean / "C10", "NSI_MANAGER")}


def test_a_person_can_be_delivered_by_two_companies(clean: Path) -> None:
    assert keys(table(clean / "C06", "OFFENDER")) & keys(table(clean / "C01", "OFFENDER"))


def test_receiving_teams_have_their_default_officers(clean: Path) -> None:
    officers = {row["OFFICER_CODE"] for row in table(clean / "baseline", "STAFF")}
    assert {line["sm_default_officer"] for line in facts.lines("mappings", "routing", "pdus.csv")} <= officers
