"""What nDelius could not hold: X02, X01 and M06 on the baseline's own rows, and rows that refuse it."""

import polars as pl
import pytest
from drawn_tables import drawn

from tests.spec.drawn_batch import Cases, ndelius
from validators.baseline_rows import judge_baseline

TEAMS, STAFF = [{"code": "N51A01", "area": "N51"}], [{"officer": "N51A001", "area": "N51"}]
PERSONS = drawn("""
offender_id | crn     | noms_number | is_deleted
1           | X000001 | A1111ZZ     | N
2           | X000002 |             | N
""")

MANAGERS = drawn("""
case                        | offender_id | area | team   | officer | rules
known                       | 1           | N51  | N51A01 | N51A001 |
nobody's team               | 1           | N51  | N51Z99 | N51A001 | X02
nobody's officer            | 1           | N51  | N51A01 | N51Z999 | X02
nobody in the team          | 1           | N51  | N51A01 | N51A01U |
nobody in the area          | 1           | N51  | N51UAT | N51UATU |
an outside agency           | 1           | N51  |        |         |
officer without a team      | 1           | N51  |        | N51A001 |
""")


def frames(**tables: Cases) -> dict[str, pl.DataFrame]:
    return ndelius(**{"team": TEAMS, "staff": STAFF, "offender": PERSONS, **tables}).frames["delius"]


@pytest.mark.parametrize("case", MANAGERS, ids=lambda case: case["case"])
def test_x02_a_row_that_names_nobodys_team_is_held_with_what_names_it(case: dict[str, str]) -> None:
    officers = [{"offender_id": "1", "manager_id": "1", "start_date": "2020-01-01"}]
    kept = judge_baseline(frames(offender_manager=[case], responsible_officer=officers))
    is_held = bool(case["rules"])
    expected = [("offender_manager", "X02"), ("responsible_officer", "X01")] if is_held else []
    assert kept.findings.select("entity", "rule").rows() == expected
    assert {entity: rows.height for entity, rows in kept.held.items()} == (
        {"offender_manager": 1, "responsible_officer": 1} if is_held else {}
    )
    assert kept.refused.is_empty()


def test_m06_two_persons_of_one_crn_are_told_and_stay() -> None:
    kept = judge_baseline(frames(offender=[PERSONS[0], PERSONS[1] | {"crn": "X000001"}]))
    assert kept.findings.select("rule", "source_row").rows() == [("M06", "2"), ("M06", "3")]
    assert kept.held == {}
    deleted = PERSONS[1] | {"crn": "X000001", "is_deleted": "Y"}
    assert judge_baseline(frames(offender=[PERSONS[0], deleted])).findings.is_empty()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"offender_id": "1"}, "its key offender_id is there twice"),
        ({"noms_number": "A1111ZZ"}, "NOMS_NUMBER is another row's too"),
        ({"surname": ""}, "SURNAME is blank"),
    ],
)
def test_a_row_that_breaks_a_constraint_refuses_the_baseline(change: dict[str, str], what: str) -> None:
    refused = judge_baseline(frames(offender=[PERSONS[0], PERSONS[1] | change])).refused
    assert refused.filter(source_row="3").select("table", "what").rows() == [("OFFENDER", what)]


def test_a_row_of_nobody_refuses_the_baseline() -> None:
    refused = judge_baseline(frames(alias=[{"offender_id": "9"}])).refused
    assert refused.select("source_row", "table", "what").rows() == [
        ("2", "ALIAS", "offender_id names no row of OFFENDER")
    ]
