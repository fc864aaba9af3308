"""The check names every figure that somebody changed, and nothing else."""

import polars as pl
import pytest
import sqlalchemy as sa

from target.derived.check import check_figures

ONE, OTHER = 2500000001, 2500000002
BOTH = pl.Series([ONE, OTHER])
NOTHING = [("OFFENDER", OTHER, "CURRENT_DISPOSAL")]
"""The small baseline itself says of this person what its rows do not give."""


@pytest.mark.parametrize("flag", ["CURRENT_RESTRICTION", "CURRENT_EXCLUSION"])
def test_damage_is_named(target: sa.Engine, flag: str) -> None:
    with target.connect() as connection:
        connection.exec_driver_sql(f"UPDATE OFFENDER SET {flag} = 1 WHERE OFFENDER_ID = {ONE}")
        assert ("OFFENDER", ONE, flag) in check_figures(connection, BOTH).rows()


def test_an_undamaged_target_has_only_what_its_baseline_says(target: sa.Engine) -> None:
    with target.connect() as connection:
        assert check_figures(connection, BOTH).rows() == NOTHING


def test_only_the_persons_asked_for_are_checked(target: sa.Engine) -> None:
    with target.connect() as connection:
        assert check_figures(connection, pl.Series([ONE])).is_empty()


def test_failures_to_comply_are_compared_where_the_types_say_what_counts(target: sa.Engine) -> None:
    finding = ("EVENT", 2500001001, "FTC_COUNT")
    with target.connect() as connection:
        connection.exec_driver_sql("UPDATE EVENT SET FTC_COUNT = 3")
        assert finding not in check_figures(connection, BOTH).rows()
        connection.exec_driver_sql("UPDATE R_CONTACT_TYPE SET NATIONAL_STANDARDS_CONTACT = 'Y'")
        assert finding in check_figures(connection, BOTH).rows()


def test_a_check_changes_nothing(target: sa.Engine) -> None:
    tables = "SELECT COUNT(*) FROM sqlite_temp_master"
    with target.connect() as connection:
        connection.exec_driver_sql("UPDATE EVENT SET FTC_COUNT = 3")
        check_figures(connection, BOTH)
        assert connection.exec_driver_sql("SELECT FTC_COUNT FROM EVENT").scalar() == 3
        assert connection.exec_driver_sql(tables + " WHERE name LIKE 'DAY1%'").scalar() == 0
