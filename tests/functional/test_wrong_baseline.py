"""A baseline that is wrong holds its people or is refused by name; it never ends the night without a word."""

import json
from pathlib import Path

from changed_baseline import Row, change
from sample_runs import assert_clear, by_company, day1, findings

BASELINE = "deliveries/day-1/baseline"


def managers_of(area: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["PROBATION_AREA_CODE"].strip() == area and row["ACTIVE_FLAG"] == "1"]


def test_nobodys_team_is_named_and_the_rest_goes_on(fresh: Path) -> None:
    persons: list[str] = []

    def nobodys_team(rows: list[Row]) -> None:
        wrong = managers_of("C06", rows)[3]
        wrong["TEAM_CODE"] = "C06Q99"
        persons.append(wrong["OFFENDER_MANAGER_ID"])

    path = change(fresh / BASELINE, "OFFENDER_MANAGER", nobodys_team)
    result = day1(fresh, "run", "--format", "json")
    assert_clear(result, 1)
    companies = by_company(json.loads(result.stdout))
    assert companies["C17"]["verdict"] == "clean"
    (problem,) = companies["C06"]["problems"]
    assert path.name in problem
    assert f"manager_id {persons[0]}" in problem


def test_one_crn_of_two_people_holds_where_it_decides(fresh: Path) -> None:
    def one_crn(rows: list[Row]) -> None:
        by_id = {row["OFFENDER_ID"]: row for row in rows}
        person = managed[0]["OFFENDER_ID"]
        other = next(key for key in by_id if key not in {row["OFFENDER_ID"] for row in managed})
        by_id[other]["CRN"] = by_id[person]["CRN"]

    managed: list[Row] = []
    change(fresh / BASELINE, "OFFENDER_MANAGER", lambda rows: managed.extend(managers_of("C17", rows)))
    change(fresh / BASELINE, "OFFENDER", one_crn)
    result = day1(fresh, "run", "--format", "json")
    assert_clear(result, 1)
    companies = by_company(json.loads(result.stdout))
    assert companies["C06"]["verdict"] == "clean"
    assert companies["C17"]["differences"] == []
    found = [(row["company"], row["entity"]) for row in findings(fresh) if row["rule"] == "M06"]
    assert found.count(("N00", "offender")) == 2
    assert ("C17", "offender") in found


def test_what_breaks_a_constraint_refuses_the_baseline_by_row(fresh: Path) -> None:
    def nobody(rows: list[Row]) -> None:
        rows[5]["OFFENDER_ID"] = "2599999999"

    path = change(fresh / BASELINE, "EVENT", nobody)
    result = day1(fresh, "run")
    assert_clear(result, 4)
    assert f"{path.name}, row 7, EVENT" in result.stderr
    assert not (fresh / "target.db").exists()
