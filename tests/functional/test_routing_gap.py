"""A team that routing does not know is found before the night: named, counted, moved whole or not at all."""

import json
import re
from pathlib import Path

import pytest
from delivered_cases import KINDS, Cases
from guides import copy_packages, run
from sample_runs import DAY1, rows_of

pytestmark = pytest.mark.runs


TEAM = "C06S01"


def test_the_run_names_the_team_and_counts_its_cases(clean_workspace: Path, tmp_path: Path) -> None:
    program = copy_packages(tmp_path / "program")
    without_line(program / "mappings/routing/teams.csv")
    deliveries = clean_workspace / "deliveries"
    places = ("--workspace", str(tmp_path / "w"), "--deliveries", str(deliveries))
    result = run(program, DAY1, "run", *places, "--company", "C06", "--format", "json")
    assert result.returncode == 1, result.stderr[-2000:]
    (gap,) = (
        one
        for one in json.loads(result.stdout)["companies"][0]["waiting"]
        if one["kind"] == "routing" and TEAM in one["subject"]
    )
    assert gap["rows"] == cases_of(deliveries / "day-1/C06")
    assert TEAM in result.stderr
    left = f"""
        SELECT COUNT(*) FROM OFFENDER_MANAGER m JOIN TEAM USING (TEAM_ID)
        WHERE TEAM.CODE = '{TEAM}' AND m.END_DATE IS NULL AND m.SOFT_DELETED = 0
    """
    assert rows_of(tmp_path / "w/target.db", left) == [(0,)]


def without_line(teams: Path) -> None:
    """Takes the team out of the routing."""
    teams.write_text(re.sub(rf"(?m)^C06,{TEAM},.*\n", "", teams.read_text("utf-8")), encoding="utf-8")


def cases_of(folder: Path) -> int:
    """Live components that the provider extract shows with the team."""
    cases = Cases(folder)
    return sum(
        len(
            {
                row[f"{table}_ID"]
                for row in cases.rows(managers)
                if row["TEAM_CODE"] == TEAM and not row["END_DATE"] and row[f"{table}_ID"]
            }
            & cases.live(kind)
        )
        for kind, (table, managers) in KINDS.items()
    )
