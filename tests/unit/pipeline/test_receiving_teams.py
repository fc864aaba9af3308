"""Receiving teams that Day 1 sets up, and what they stand under: a PDU, or a cluster of the region."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.target import create_target, receiving_teams
from pipeline.workspace import Workspace
from target.database import connect
from tests.spec.drawn_tables import drawn, label

TEAMS = drawn("""
team   | region | stands under
N53A02 | N53    | N53EWL
N53W02 | N53    | N53UPAC
N53P01 | N53    | N53MSOU
N07W01 | N07    | N07UPAC
N53UAT | N53    |
""")


@pytest.mark.parametrize("case", TEAMS, ids=label)
def test_a_receiving_team_stands_under_its_unit(case: dict[str, str]) -> None:
    team = receiving_teams().filter(code=case["team"]).row(0, named=True)
    assert (team["area"], team["pdu"]) == (case["region"], case["stands under"] or None)


def test_the_target_has_a_borough_for_every_pdu_and_cluster(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, tmp_path, f"sqlite:///{tmp_path}/target.db", "day-1")
    create_target(workspace)
    with connect(workspace.target_url).connect() as connection:
        found = connection.execute(
            sa.text(
                "SELECT B.CODE, B.DESCRIPTION, A.CODE FROM BOROUGH B JOIN PROBATION_AREA A "
                "ON A.PROBATION_AREA_ID = B.PROBATION_AREA_ID WHERE B.CODE IN ('LDNLAW', 'N53MSOU')"
            )
        ).all()
    assert sorted(tuple(row) for row in found) == [
        ("LDNLAW", "Lambeth", "N07"),
        ("N53MSOU", "Accredited Programmes and Structured Interventions", "N53"),
    ]
