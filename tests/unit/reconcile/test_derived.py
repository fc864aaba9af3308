"""Derived tables of a real target: what is not as the rows they are derived from say is named."""

from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from loaded_target import do
from text_world import baseline, country_of

from reconcile.proofs.derived import check_derived
from reconcile.target.snapshot import Snapshot, take_snapshot
from target.database import transaction

ONE = 2500000001
ROW = 1_000_002_500_002_001
AREAS = [("ORGANISATION_OFFENDER", "PROBATION_AREA_ID")]
DAMAGE = {
    "nothing": ("", []),
    "array of an event": ("UPDATE EVENT SET ORGANISATIONS = '[]'", [("EVENT", "ORGANISATIONS")]),
    "array of a person": (
        f"UPDATE OFFENDER SET ORGANISATIONS = NULL WHERE OFFENDER_ID = {ONE}",
        [("OFFENDER", "ORGANISATIONS")],
    ),
    "area too few": (f"DELETE FROM ORGANISATION_OFFENDER WHERE OFFENDER_ID = {ONE}", AREAS),
    "area too many": (
        f"INSERT INTO ORGANISATION_OFFENDER (OFFENDER_ID, PROBATION_AREA_ID) VALUES ({ONE}, 1)",
        AREAS,
    ),
    "area twice": (
        "INSERT INTO ORGANISATION_OFFENDER (OFFENDER_ID, PROBATION_AREA_ID) "
        f"SELECT OFFENDER_ID, PROBATION_AREA_ID FROM ORGANISATION_OFFENDER WHERE OFFENDER_ID = {ONE}",
        AREAS,
    ),
    "caseload row gone": (
        f"DELETE FROM CASELOAD WHERE CASELOAD_ID = {ROW}",
        [("CASELOAD", ""), ("OFFENDER_MANAGER", "")],
    ),
    "caseload of another name": (
        f"UPDATE CASELOAD SET SURNAME = 'Zzother' WHERE CASELOAD_ID = {ROW}",
        [("CASELOAD", "SURNAME")],
    ),
}
"""What is done to the target, and table and column that are named."""


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_named(case: str, target: sa.Engine, tmp_path: Path) -> None:
    statement, named = DAMAGE[case]
    with transaction(target, dry_run=True) as connection:
        take_snapshot(connection, tmp_path / "snapshot")
        do(connection, *filter(None, [statement]))
        found = check_derived(country_of(baseline(), connection, Snapshot.open(tmp_path / "snapshot")))
    told = found.select("table", pl.col("column").fill_null("")).unique().rows()
    assert sorted(told) == named
