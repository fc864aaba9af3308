"""Proof 3 on a real target: a row that Day 1 changed says so, and nothing else is other than before."""

from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from loaded_target import do, loaded

from reconcile.expected.all_changes import AllChanges
from reconcile.expected.changes import expect
from reconcile.proofs.unchanged import ALTERED, OLD_VERSION, UNSIGNED, find_other_changes
from reconcile.target.snapshot import compare_with
from target.database import transaction
from tests.unit.reconcile.text_world import baseline, country_of

STAMPS = ("ROW_VERSION", "LAST_UPDATED_USER_ID", "LAST_UPDATED_DATETIME")
BEFORE = "2021-06-01 00:00:00"
CHANGED = "CONTACT_ID = 2500003301"
DAMAGES = {
    "nothing": ("", []),
    "version not raised": ("ROW_VERSION = ROW_VERSION - 1", [OLD_VERSION]),
    "version raised twice": ("ROW_VERSION = ROW_VERSION + 1", [ALTERED]),
    "changed by another": ("LAST_UPDATED_USER_ID = 2", [ALTERED, UNSIGNED]),
    "changed on another day": ("LAST_UPDATED_DATETIME = '2021-06-27 00:00:00'", [ALTERED, UNSIGNED]),
    "changed by nobody": (f"LAST_UPDATED_DATETIME = '{BEFORE}'", [UNSIGNED]),
    "another column": ("NOTES = 'Qx'", [ALTERED]),
}


def expected(fields: pl.DataFrame, place: Path) -> AllChanges:
    """The changes of the load as those that Day 1 makes, less the stamps."""
    columns = fields.filter(~pl.col("column").is_in(STAMPS))["column"].unique()
    changes = AllChanges.under(place)
    for column in columns:
        changes.add(expect(fields.filter(pl.col("column") == column), "CONTACT", column, pl.col("after")))
    return changes


@pytest.mark.parametrize("case", DAMAGES)
def test_what_a_changed_row_must_say(case: str, target: sa.Engine, tmp_path: Path) -> None:
    assert judged(case, target, tmp_path) == DAMAGES[case][1]


@pytest.mark.parametrize("case", ["nothing", "changed by another"])
def test_slices_of_the_changes_say_the_same(
    case: str, target: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reconcile.target.spill.ROWS_OF_A_SLICE", 1)
    monkeypatch.setattr("reconcile.target.spill.ROWS_AT_A_TIME", 1)
    assert judged(case, target, tmp_path) == DAMAGES[case][1]
    assert list((tmp_path / "expected").iterdir())


def judged(case: str, target: sa.Engine, tmp_path: Path) -> list[str]:
    """What is told of the row that the load changed when it is damaged so."""
    damage, _ = DAMAGES[case]
    with transaction(target) as connection:
        do(connection, f"UPDATE CONTACT SET LAST_UPDATED_DATETIME = '{BEFORE}' WHERE {CHANGED}")
    with loaded(target, tmp_path) as (connection, snapshot):
        fields = compare_with(snapshot, connection, snapshot.folder)["CONTACT"].changed
        wanted = fields.filter(pl.col("column") == "TEAM_ID")
        assert wanted["key"].to_list() == ["2500003301"]
        if damage:
            do(connection, f"UPDATE CONTACT SET {damage} WHERE {CHANGED}")
        country = country_of(baseline(), connection, snapshot)
        found = find_other_changes(country, {}, expected(fields, tmp_path / "expected"))
    own = found.filter((pl.col("table") == "CONTACT") & (pl.col("key") == "2500003301"))
    return own["what"].to_list()
