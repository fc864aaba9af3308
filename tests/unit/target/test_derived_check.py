"""The check names every derived value that somebody changed, and nothing else."""

import polars as pl
import pytest
import sqlalchemy as sa

from target.derived_check import check_derived

ONE, OTHER = 2500000001, 2500000002
NOTHING = [("OFFENDER", OTHER, "CURRENT_DISPOSAL")]
"""The small baseline itself says of this person what its rows do not give."""

CASELOAD_ROW = 1_000_002_500_002_001
DAMAGE = [
    ("UPDATE EVENT SET ORGANISATIONS = '[]'", ("EVENT", 2500001001, "ORGANISATIONS")),
    (
        f"UPDATE OFFENDER SET ORGANISATIONS = NULL WHERE OFFENDER_ID = {ONE}",
        ("OFFENDER", ONE, "ORGANISATIONS"),
    ),
    (
        f"DELETE FROM ORGANISATION_OFFENDER WHERE OFFENDER_ID = {ONE}",
        ("ORGANISATION_OFFENDER", ONE, "PROBATION_AREA_ID"),
    ),
    (
        f"INSERT INTO ORGANISATION_OFFENDER (OFFENDER_ID, PROBATION_AREA_ID) VALUES ({ONE}, 1)",
        ("ORGANISATION_OFFENDER", ONE, "PROBATION_AREA_ID"),
    ),
    (
        "INSERT INTO ORGANISATION_OFFENDER (OFFENDER_ID, PROBATION_AREA_ID) "
        f"SELECT OFFENDER_ID, PROBATION_AREA_ID FROM ORGANISATION_OFFENDER WHERE OFFENDER_ID = {ONE}",
        ("ORGANISATION_OFFENDER", ONE, "PROBATION_AREA_ID"),
    ),
    (
        f"DELETE FROM CASELOAD WHERE CASELOAD_ID = {CASELOAD_ROW}",
        ("CASELOAD", CASELOAD_ROW, "CASELOAD_ID"),
    ),
    (
        f"UPDATE CASELOAD SET SURNAME = 'Zzother' WHERE CASELOAD_ID = {CASELOAD_ROW}",
        ("CASELOAD", CASELOAD_ROW, "CASELOAD_ID"),
    ),
    (
        f"UPDATE CASELOAD SET CASELOAD_ID = 7 WHERE CASELOAD_ID = {CASELOAD_ROW}",
        ("CASELOAD", 7, "CASELOAD_ID"),
    ),
    (
        f"UPDATE OFFENDER SET CURRENT_RESTRICTION = 1 WHERE OFFENDER_ID = {ONE}",
        ("OFFENDER", ONE, "CURRENT_RESTRICTION"),
    ),
    (
        f"UPDATE OFFENDER SET CURRENT_EXCLUSION = 1 WHERE OFFENDER_ID = {ONE}",
        ("OFFENDER", ONE, "CURRENT_EXCLUSION"),
    ),
]


@pytest.mark.parametrize(("damage", "finding"), DAMAGE, ids=[damage[:60] for damage, _ in DAMAGE])
def test_damage_is_named(target: sa.Engine, damage: str, finding: tuple[str, int, str]) -> None:
    with target.connect() as connection:
        connection.exec_driver_sql(damage)
        assert finding in check_derived(connection).rows()


def test_an_undamaged_target_has_only_what_its_baseline_says(target: sa.Engine) -> None:
    with target.connect() as connection:
        assert check_derived(connection).rows() == NOTHING


def test_only_the_persons_asked_for_are_checked(target: sa.Engine) -> None:
    with target.connect() as connection:
        assert check_derived(connection, pl.Series([ONE])).is_empty()


def test_failures_to_comply_are_compared_where_the_types_say_what_counts(target: sa.Engine) -> None:
    finding = ("EVENT", 2500001001, "FTC_COUNT")
    with target.connect() as connection:
        connection.exec_driver_sql("UPDATE EVENT SET FTC_COUNT = 3")
        assert finding not in check_derived(connection).rows()
        connection.exec_driver_sql("UPDATE R_CONTACT_TYPE SET NATIONAL_STANDARDS_CONTACT = 'Y'")
        assert finding in check_derived(connection).rows()


def test_a_check_changes_nothing(target: sa.Engine) -> None:
    tables = "SELECT COUNT(*) FROM sqlite_temp_master"
    with target.connect() as connection:
        connection.exec_driver_sql("UPDATE EVENT SET ORGANISATIONS = '[]'")
        check_derived(connection)
        assert connection.exec_driver_sql("SELECT ORGANISATIONS FROM EVENT").scalar() == "[]"
        assert connection.exec_driver_sql(tables + " WHERE name LIKE 'DAY1%'").scalar() == 0
