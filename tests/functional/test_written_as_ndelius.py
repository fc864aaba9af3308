"""What Day 1 writes beside the managers, as nDelius itself would: read from the target with sqlite3."""

import sqlite3

import pytest
from readers_queries import OF_DAY_1, TOLD, contacts_of
from sample_runs import number


@pytest.mark.parametrize("table", sorted(TOLD))
def test_every_transfer_has_one_contact(target: sqlite3.Connection, table: str) -> None:
    found = target.execute(contacts_of(table)).fetchall()
    assert found
    assert [row for row in found if row[1] != 1] == []


def test_no_contact_is_there_without_its_transfer(target: sqlite3.Connection) -> None:
    transfers = sum(number(target, f"SELECT COUNT(*) FROM {table}") for table in TOLD)
    codes = ", ".join(f"'{code}'" for code, _ in TOLD.values())
    assert number(target, f"SELECT COUNT(*) FROM {OF_DAY_1} WHERE CODE IN ({codes})") == transfers


def test_every_responsible_officer_that_ended_has_one_contact(target: sqlite3.Connection) -> None:
    ended = "SELECT COUNT(DISTINCT OFFENDER_ID) FROM RESPONSIBLE_OFFICER WHERE END_DATE LIKE '2021-06-26%'"
    assert number(target, f"SELECT COUNT(*) FROM {OF_DAY_1} WHERE CODE = 'ROC'") == number(target, ended) > 0


@pytest.mark.parametrize(
    ("table", "key"),
    [("IAPS_RQMNT", "RQMNT_ID"), ("IAPS_EVENT", "EVENT_ID"), ("IAPS_OFFENDER", "OFFENDER_ID")],
)
def test_a_programme_that_somebody_got_on_day_1_is_flagged_once(
    target: sqlite3.Connection, table: str, key: str
) -> None:
    moved = f"""
        SELECT DISTINCT {key} FROM (
            SELECT m.RQMNT_ID, d.EVENT_ID, r.OFFENDER_ID FROM RQMNT_MANAGER m
            JOIN RQMNT r USING (RQMNT_ID) JOIN DISPOSAL d USING (DISPOSAL_ID)
            JOIN R_RQMNT_TYPE_MAIN_CATEGORY c USING (RQMNT_TYPE_MAIN_CATEGORY_ID)
            WHERE c.CODE = 'C' AND m.ALLOCATION_DATE LIKE '2021-06-26%') ORDER BY 1
    """
    flagged = f"SELECT {key} FROM {table} WHERE IAPS_FLAG = 1"
    rows = target.execute(moved).fetchall()
    assert rows
    assert set(rows) == set(target.execute(flagged).fetchall())


def test_a_programme_that_only_the_company_held_is_flagged(target: sqlite3.Connection) -> None:
    """Its manager was opened and nothing transferred: nDelius has it since Day 1."""
    added = """
        SELECT COUNT(*) FROM IAPS_RQMNT f JOIN RQMNT_MANAGER m USING (RQMNT_ID)
        WHERE f.IAPS_FLAG = 1 AND m.RQMNT_TRANSFER_ID IS NULL AND m.ALLOCATION_DATE LIKE '2021-06-26%'
    """
    assert number(target, added) > 0
