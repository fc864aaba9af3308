"""An undo is proved against the snapshot: what is left, lost or other is named, and refused beforehand."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from loaded_target import NEW_PERSON, do, loaded

from reconcile.proofs.undone import find_left_over, require_records
from target.bulk import read
from target.ledger import LEDGER
from target.plan import Change
from target.undo import undo
from tests.unit.target.small_plan import PLAN, other_company
from tests.unit.target.small_target import frame
from vocabulary.errors import TargetError

AFTER_UNDO = {
    "nothing": ("", []),
    "a row left": ("UPDATE CONTACT SET CONTACT_ID = 7", ["CONTACT: 1 rows of", "CONTACT: 1 rows are gone"]),
    "a row lost": ("DELETE FROM REGISTRATION", ["REGISTRATION: 1 rows are gone (key 2500003501)"]),
    "a value other": (
        "UPDATE OFFENDER SET SURNAME = SURNAME || ' ' WHERE OFFENDER_ID = 2500000001",
        ["OFFENDER: 1 values are not as they were before the load (key 2500000001)"],
    ),
    "a stamp other": (
        "UPDATE CONTACT SET ROW_VERSION = ROW_VERSION + 1",
        ["CONTACT: 1 values are not as they were before the load (key 2500003301)"],
    ),
}
"""What happens behind the undo's back, and how each sentence about it begins."""


@pytest.mark.parametrize("case", AFTER_UNDO)
def test_what_is_not_as_before_is_named(case: str, target: sa.Engine, tmp_path: Path) -> None:
    statement, sentences = AFTER_UNDO[case]
    with loaded(target, tmp_path) as (connection, snapshot):
        undo(connection, "C06", "day-1")
        do(connection, *filter(None, [statement]))
        found = find_left_over(connection, snapshot, "day-1")
    assert len(found) == len(sentences)
    assert all(one.startswith(wanted) for one, wanted in zip(found, sentences, strict=True))


def test_an_undo_is_proved_on_postgres(postgres: sa.Engine, tmp_path: Path) -> None:
    with loaded(postgres, tmp_path) as (connection, snapshot):
        require_records(connection, "C06", "day-1", snapshot)
        undo(connection, "C06", "day-1")
        assert find_left_over(connection, snapshot, "day-1") == []
        do(connection, "UPDATE OFFENDER SET SURNAME = 'Zz' WHERE OFFENDER_ID = 2500000001")
        assert len(find_left_over(connection, snapshot, "day-1")) == 1


def test_what_another_company_s_load_accounts_for_is_no_difference(target: sa.Engine, tmp_path: Path) -> None:
    renames = Change("OFFENDER", "repoint", frame(key=2500000002, SURNAME="Zzother"))
    other = replace(other_company(), changes=(renames,))
    with loaded(target, tmp_path, PLAN, other) as (connection, snapshot):
        undo(connection, "C06", "day-1")
        assert find_left_over(connection, snapshot, "day-1") == []
        do(connection, "UPDATE OFFENDER SET FIRST_NAME = 'Qx' WHERE OFFENDER_ID = 2500000002")
        assert len(find_left_over(connection, snapshot, "day-1")) == 1


MISSING = {
    "a crosswalk row": (
        "DELETE FROM DAY1_CROSSWALK WHERE NATURAL_KEY = 'E1'",
        r"DAY1_CROSSWALK: (\d+) rows are there, the load left",
    ),
    "a crosswalk row is another's": (
        "UPDATE DAY1_CROSSWALK SET TARGET_ID = TARGET_ID + 1 WHERE NATURAL_KEY = 'E1'",
        "DAY1_CROSSWALK: rows are not as the load left them",
    ),
    "a before-image": (
        "DELETE FROM DAY1_BEFORE_IMAGE WHERE TABLE_NAME = 'CONTACT'",
        "DAY1_BEFORE_IMAGE: 1 rows",
    ),
    "an altered image": (
        "UPDATE DAY1_BEFORE_IMAGE SET OLD_VALUES = '{}'",
        "DAY1_BEFORE_IMAGE: rows are not as the load left them",
    ),
    "an added image": (
        "INSERT INTO DAY1_BEFORE_IMAGE SELECT COMPANY, CYCLE, TABLE_NAME, TARGET_ID, 99, KIND, OLD_VALUES, "
        "NEW_VALUES FROM DAY1_BEFORE_IMAGE",
        "DAY1_BEFORE_IMAGE: 4 rows are there, the load left 2",
    ),
    "the ledger's figures": (
        "UPDATE DAY1_LEDGER SET IMAGE_ROWS = IMAGE_ROWS + 1",
        "DAY1_LEDGER: the entry is not the one",
    ),
    "another snapshot": (
        "UPDATE DAY1_LEDGER SET SNAPSHOT_HASH = 'x'",
        "another state of the target than the snapshot",
    ),
}


@pytest.mark.parametrize("case", MISSING)
def test_an_undo_whose_records_are_missing_is_refused(case: str, target: sa.Engine, tmp_path: Path) -> None:
    statement, said = MISSING[case]
    with loaded(target, tmp_path) as (connection, snapshot):
        do(connection, statement)
        with pytest.raises(TargetError, match=said) as refused:
            require_records(connection, "C06", "day-1", snapshot)
        assert connection.exec_driver_sql(
            f"SELECT COUNT(*) FROM OFFENDER WHERE OFFENDER_ID = {NEW_PERSON}"
        ).scalar()
    assert "Zz" not in str(refused.value)


def test_records_as_the_load_left_them_are_enough(target: sa.Engine, tmp_path: Path) -> None:
    with loaded(target, tmp_path) as (connection, snapshot):
        assert find_left_over(connection, snapshot, "day-1") == []  # what a load wrote is not left over
        require_records(connection, "C06", "day-1", snapshot)
        undo(connection, "C06")
        assert read(connection, LEDGER).is_empty()
        assert find_left_over(connection, snapshot, "day-1") == []
