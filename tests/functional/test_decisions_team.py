"""A team that routing does not know is asked about, and its cases go where the operator says."""

import json
from pathlib import Path

import pytest
from guides import copy_packages, run
from operator_answers import answer, questions
from sample_runs import DAY1, rows_of
from test_routing_gap import TEAM, cases_of, without_line

pytestmark = pytest.mark.long

RECEIVER, UNALLOCATED = "N51W07", "N51UAT"


def test_a_team_answered_takes_its_cases_along(clean_workspace: Path, tmp_path: Path) -> None:
    program, workspace = copy_packages(tmp_path / "program"), tmp_path / "w"
    without_line(program / "mappings/routing/teams.csv")
    deliveries = clean_workspace / "deliveries"
    places = ("--workspace", str(workspace), "--deliveries", str(deliveries), "--company", "C06")
    run(program, DAY1, "run", *places)
    run(program, DAY1, "decisions", "export", str(workspace / "asked.xlsx"), *places)
    (question,) = questions(workspace / "asked.xlsx")["Teams"]
    assert (question["team"], int(question["rows"])) == (TEAM, cases_of(deliveries / "day-1/C06"))
    done = answer(workspace / "asked.xlsx", "done.xlsx", {"Teams": lambda _: RECEIVER})
    assert run(program, DAY1, "decisions", "import", str(done), *places).returncode == 0
    result = run(program, DAY1, "run", *places, "--format", "json")
    waiting = json.loads(result.stdout)["companies"][0]["waiting"]
    assert "routing" not in {one["kind"] for one in waiting}
    assert managed_by(workspace / "target.db", RECEIVER) > 0
    assert managed_by(workspace / "target.db", UNALLOCATED) == 0


def managed_by(target: Path, team: str) -> int:
    """Persons whose active offender manager is of the team."""
    query = """
        SELECT COUNT(*) FROM OFFENDER_MANAGER m JOIN TEAM t USING (TEAM_ID)
        WHERE t.CODE = ? AND m.END_DATE IS NULL AND m.SOFT_DELETED = 0
    """
    ((count,),) = rows_of(target, query, team)
    return int(count)
