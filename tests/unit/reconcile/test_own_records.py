"""Ledger, crosswalk and before-images: a row gone, altered or added is a difference."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from loaded_target import NEW_PERSON, do, loaded

from reconcile.proofs.own_records import (
    FALSE_IMAGE,
    NO_IMAGE,
    NO_LEDGER,
    NO_ROW,
    NOT_AS_LEFT,
    OTHER_SNAPSHOT,
    UNREADABLE,
    WRONG_COUNT,
    WRONG_ENTRY,
    changed_without_image,
    check_records,
    find_false_images,
)
from reconcile.target.snapshot import compare_with
from target.bulk import read
from target.ledger import LEDGER, hash_entry
from target.plan import Change
from tests.unit.target.small_plan import PLAN, other_company
from tests.unit.target.small_target import frame

AFTER = "UPDATE DAY1_BEFORE_IMAGE SET OLD_VALUES = '{\"TEAM_ID\": \"7\"}' WHERE TABLE_NAME = 'CONTACT'"
DAMAGES = {
    "nothing": ("", []),
    "ledger gone": ("DELETE FROM DAY1_LEDGER", [("DAY1_LEDGER", NO_LEDGER)]),
    "ledger altered": (
        "UPDATE DAY1_LEDGER SET ROWS_INSERTED = 1",
        [("DAY1_LEDGER", WRONG_ENTRY), ("DAY1_LEDGER", WRONG_COUNT)],
    ),
    "ledger names another snapshot": (
        "UPDATE DAY1_LEDGER SET SNAPSHOT_HASH = 'x'",
        [("DAY1_LEDGER", WRONG_ENTRY), ("DAY1_LEDGER", OTHER_SNAPSHOT)],
    ),
    "crosswalk row gone": (
        "DELETE FROM DAY1_CROSSWALK WHERE NATURAL_KEY = 'E1'",
        [("DAY1_CROSSWALK", NOT_AS_LEFT)],
    ),
    "crosswalk names another file": (
        "UPDATE DAY1_CROSSWALK SET SOURCE_FILE = 'x' WHERE NATURAL_KEY = 'E1'",
        [("DAY1_CROSSWALK", NOT_AS_LEFT)],
    ),
    "crosswalk names a row that is not there": (
        "UPDATE DAY1_CROSSWALK SET TARGET_ID = 7 WHERE NATURAL_KEY = 'E1'",
        [("DAY1_CROSSWALK", NOT_AS_LEFT), ("EVENT", NO_ROW)],
    ),
    "crosswalk row added": (
        "INSERT INTO DAY1_CROSSWALK SELECT COMPANY, CYCLE, TABLE_NAME, 'E2', 7, EXPORT, SOURCE_FILE, "
        "SOURCE_ROW, SECOND_ID FROM DAY1_CROSSWALK WHERE NATURAL_KEY = 'E1'",
        [("DAY1_CROSSWALK", NOT_AS_LEFT), ("EVENT", NO_ROW)],
    ),
    "image gone": (
        "DELETE FROM DAY1_BEFORE_IMAGE WHERE TABLE_NAME = 'CONTACT'",
        [("DAY1_BEFORE_IMAGE", NOT_AS_LEFT)],
    ),
    "image holds another value": (
        AFTER,
        [("DAY1_BEFORE_IMAGE", NOT_AS_LEFT), ("CONTACT", FALSE_IMAGE)],
    ),
    "image holds the values of after": (
        "UPDATE DAY1_BEFORE_IMAGE SET OLD_VALUES = NEW_VALUES WHERE TABLE_NAME = 'CONTACT'",
        [("DAY1_BEFORE_IMAGE", NOT_AS_LEFT), ("CONTACT", FALSE_IMAGE)],
    ),
    "image ends elsewhere": (
        "UPDATE DAY1_BEFORE_IMAGE SET NEW_VALUES = OLD_VALUES WHERE TABLE_NAME = 'CONTACT'",
        [("DAY1_BEFORE_IMAGE", NOT_AS_LEFT), ("CONTACT", FALSE_IMAGE)],
    ),
    "image cannot be read": (
        "UPDATE DAY1_BEFORE_IMAGE SET OLD_VALUES = 'Zz' WHERE TABLE_NAME = 'CONTACT'",
        [("DAY1_BEFORE_IMAGE", NOT_AS_LEFT), ("CONTACT", UNREADABLE)],
    ),
    "image with a blank behind it": (
        "UPDATE DAY1_BEFORE_IMAGE SET OLD_VALUES = OLD_VALUES || ' ' WHERE TABLE_NAME = 'CONTACT'",
        [("DAY1_BEFORE_IMAGE", NOT_AS_LEFT), ("CONTACT", UNREADABLE)],
    ),
    "the row itself gone": (
        f"DELETE FROM UPW_DETAILS WHERE OFFENDER_ID = {NEW_PERSON}",
        [("UPW_DETAILS", NO_ROW)],
    ),
}


def damaged(engine: sa.Engine, folder: Path, statement: str) -> list[tuple[str, str]]:
    """Table and sentence of each difference after `statement`."""
    with loaded(engine, folder) as (connection, snapshot):
        do(connection, *filter(None, [statement]))
        changes = compare_with(snapshot, connection, snapshot.folder)
        found = pl.concat(
            [
                check_records(connection, "C06", "day-1", snapshot.hash, changes),
                find_false_images(connection, "day-1", changes),
            ]
        )
    return found.select("table", "what").unique(maintain_order=True).rows()


@pytest.mark.parametrize("case", DAMAGES)
def test_own_records_are_as_the_load_left_them(case: str, target: sa.Engine, tmp_path: Path) -> None:
    statement, told = DAMAGES[case]
    assert damaged(target, tmp_path, statement) == told


def test_own_records_are_as_the_load_left_them_on_postgres(postgres: sa.Engine, tmp_path: Path) -> None:
    for case in ("nothing", "ledger altered", "image holds another value"):
        statement, told = DAMAGES[case]
        assert damaged(postgres, tmp_path / case, statement) == told, case


def test_a_changed_row_without_image_is_named(target: sa.Engine, tmp_path: Path) -> None:
    done = {
        name: pl.Series([key])
        for name, key in (("CONTACT", "2500003301"), ("OFFENDER_MANAGER", "2500002001"))
    }
    with loaded(target, tmp_path) as (connection, _):
        assert changed_without_image(connection, ["day-1"], done).is_empty()
        do(connection, "DELETE FROM DAY1_BEFORE_IMAGE WHERE TABLE_NAME = 'CONTACT'")
        found = changed_without_image(connection, ["day-1"], done)
    assert found.select("table", "key", "what").rows() == [("CONTACT", "2500003301", NO_IMAGE)]


def test_two_companies_images_of_a_row_lead_from_one_to_the_other(target: sa.Engine, tmp_path: Path) -> None:
    back = Change("CONTACT", "repoint", frame(key=2500003301, TEAM_ID="C06S01", STAFF_ID="N51A01U"))
    other = replace(other_company(), changes=(back,))
    second = "UPDATE DAY1_BEFORE_IMAGE SET OLD_VALUES = NEW_VALUES WHERE COMPANY = 'C17'"
    with loaded(target, tmp_path, PLAN, other) as (connection, snapshot):
        changes = compare_with(snapshot, connection, snapshot.folder)
        assert find_false_images(connection, "day-1", changes).is_empty()
        do(connection, second)
        found = find_false_images(connection, "day-1", changes)
    assert set(found.select("table", "key", "what").rows()) == {("CONTACT", "2500003301", FALSE_IMAGE)}


LATER_FIRST = (
    "CREATE TEMP TABLE images AS SELECT * FROM DAY1_BEFORE_IMAGE",
    "DELETE FROM DAY1_BEFORE_IMAGE",
    "INSERT INTO DAY1_BEFORE_IMAGE SELECT * FROM images ORDER BY COMPANY DESC, CHANGE_NUMBER DESC",
)
NINE_AND_TEN = tuple(
    f"UPDATE DAY1_BEFORE_IMAGE SET COMPANY = 'C06', CHANGE_NUMBER = {number} "
    f"WHERE TABLE_NAME = 'CONTACT' AND COMPANY = '{company}'"
    for company, number in (("C06", 9), ("C17", 10))
)


@pytest.mark.parametrize(
    "statements", [LATER_FIRST, NINE_AND_TEN, NINE_AND_TEN + LATER_FIRST], ids=["loads", "numbers", "both"]
)
def test_images_follow_each_other_as_loads_and_their_numbers_say(
    statements: tuple[str, ...], target: sa.Engine, tmp_path: Path
) -> None:
    back = Change("CONTACT", "repoint", frame(key=2500003301, TEAM_ID="C06S01", STAFF_ID="N51A01U"))
    with loaded(target, tmp_path, PLAN, replace(other_company(), changes=(back,))) as (connection, snapshot):
        for statement in statements:
            do(connection, statement)
        assert find_false_images(
            connection, "day-1", compare_with(snapshot, connection, snapshot.folder)
        ).is_empty()


def test_a_ledger_that_counts_other_rows_is_named_though_sealed(target: sa.Engine, tmp_path: Path) -> None:
    """A program that counts wrongly seals what it counted."""
    with loaded(target, tmp_path) as (connection, snapshot):
        entry = {**read(connection, LEDGER).to_dicts()[0], "ROWS_CHANGED": 0}
        do(connection, f"UPDATE DAY1_LEDGER SET ROWS_CHANGED = 0, ENTRY_HASH = '{hash_entry(entry)}'")
        found = check_records(
            connection, "C06", "day-1", snapshot.hash, compare_with(snapshot, connection, snapshot.folder)
        )
    assert found["what"].to_list() == [WRONG_COUNT]
