"""What readers of nDelius see after Day 1: their queries, asked of the target with sqlite3 alone."""

from pathlib import Path

from sample_runs import rows_of

FUTURE = "a.SOFT_DELETED = 0 AND a.APPOINTMENT_DATE >= '2021-06-26'"
OF_REGION = (
    "FROM UPW_APPOINTMENT a JOIN TEAM t ON t.TEAM_ID = a.TEAM_ID "
    "JOIN PROBATION_AREA ta ON ta.PROBATION_AREA_ID = t.PROBATION_AREA_ID "
    "JOIN UPW_PROJECT p ON p.UPW_PROJECT_ID = a.UPW_PROJECT_ID "
    "JOIN PROBATION_AREA pa ON pa.PROBATION_AREA_ID = p.PROBATION_AREA_ID "
    f"WHERE ta.CODE LIKE 'N%' AND {FUTURE}"
)
"""Sessions from Day 1 on at a team of a region, with their project."""


def test_every_session_of_a_region_stands_at_a_project_of_a_region(clean_run: Path) -> None:
    sessions = rows_of(clean_run / "target.db", f"SELECT pa.CODE LIKE 'N%' {OF_REGION}")
    assert sessions
    assert {is_of_region for (is_of_region,) in sessions} == {1}


def test_every_session_is_on_a_day_on_which_its_project_is_open(clean_run: Path) -> None:
    """Session lists join the project's days; one without a row there is seen by nobody."""
    days = (
        "SELECT 1 FROM UPW_PROJECT_AVAILABILITY v JOIN UPW_DAY d ON d.UPW_DAY_ID = v.UPW_DAY_ID "
        "WHERE v.UPW_PROJECT_ID = p.UPW_PROJECT_ID AND d.WEEK_DAY = CASE strftime('%w', a.APPOINTMENT_DATE) "
        "WHEN '0' THEN 'SUNDAY' WHEN '1' THEN 'MONDAY' WHEN '2' THEN 'TUESDAY' WHEN '3' THEN 'WEDNESDAY' "
        "WHEN '4' THEN 'THURSDAY' WHEN '5' THEN 'FRIDAY' ELSE 'SATURDAY' END"
    )
    unseen = rows_of(
        clean_run / "target.db", f"SELECT a.UPW_APPOINTMENT_ID {OF_REGION} AND NOT EXISTS ({days})"
    )
    assert unseen == []
