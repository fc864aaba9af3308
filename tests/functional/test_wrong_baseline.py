"""A baseline that is wrong holds its people or is refused by name; it never ends the night without a word."""

import json
from functools import partial
from pathlib import Path

import pytest
from changed_baseline import Row, change
from readers_queries import LIVE
from sample_runs import assert_clear, by_company, day1, findings, rows_of

pytestmark = pytest.mark.runs


BASELINE = "deliveries/day-1/baseline"


def managers_of(area: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["PROBATION_AREA_CODE"].strip() == area and row["ACTIVE_FLAG"] == "1"]


TABLES = {
    "OFFENDER_MANAGER": ("OM", "OFFENDER_ID", "TEAM_ID"),
    "RQMNT_MANAGER": ("RQ", "RQMNT_ID", "ALLOCATED_TEAM_ID"),
    "NSI_MANAGER": ("NSI", "NSI_ID", "TEAM_ID"),
}
"""Manager table to the kind of component, and the columns of component and team."""


def active_teams(target: Path, table: str, component: str) -> list[str] | None:
    """Codes of the teams that manage a component; None when it is not live."""
    kind, column, team = TABLES[table]
    if not rows_of(target, f"SELECT 1 FROM {LIVE[kind]} AND c.{column} = ?", int(component)):
        return None
    query = (
        f"SELECT t.CODE FROM {table} m JOIN TEAM t ON t.TEAM_ID = m.{team} "
        f"WHERE m.{column} = ? AND m.ACTIVE_FLAG = 1 AND m.SOFT_DELETED = 0"
    )
    return [str(code) for (code,) in rows_of(target, query, int(component))]


def test_nobodys_team_is_named_and_everything_under_it_moves(fresh: Path) -> None:
    """Of every third manager row of the company; each case gets a manager all the same."""
    wrong: dict[str, list[Row]] = {}

    def nobodys_team(table: str, rows: list[Row]) -> None:
        wrong[table] = managers_of("C06", rows)[::3]
        for row in wrong[table]:
            row["TEAM_CODE"] = "C06Q99"

    paths = {table: change(fresh / BASELINE, table, partial(nobodys_team, table)) for table in TABLES}
    result = day1(fresh, "run", "--format", "json")
    assert_clear(result, 1)
    companies = by_company(json.loads(result.stdout))
    assert companies["C17"]["verdict"] == "clean"
    company = companies["C06"]
    assert (company["left"], company["differences"], company["changed_otherwise"]) == ([], [], 0)
    for table, rows in wrong.items():
        assert len([line for line in company["problems"] if paths[table].name in line]) == len(rows)
        keys = {row[TABLES[table][1]] for row in rows}
        teams = [active_teams(fresh / "target.db", table, key) for key in keys]
        assert [found for found in teams if found is not None] == [["N51UAT"]] * len(keys)


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
