"""What must be true of any target after Day 1, read from its file with sqlite3."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import dictionary_rules as rules
import pytest
from delivered_cases import KINDS
from readers_queries import EVERYBODY, at_company
from sample_runs import number, rows_of

MANAGERS = """
    SELECT m.OFFENDER_ID, m.OFFENDER_MANAGER_ID, a.CODE AS AREA, m.PROBATION_AREA_ID AS AREA_ID,
           m.TEAM_ID, m.ALLOCATION_STAFF_ID AS STAFF_ID
    FROM OFFENDER_MANAGER m JOIN PROBATION_AREA a USING (PROBATION_AREA_ID)
    WHERE m.ACTIVE_FLAG = 1 AND m.SOFT_DELETED = 0 AND m.END_DATE IS NULL
"""
MOVED = "SELECT OFFENDER_ID FROM MASTER_TRANSFER"
"""Persons of whom something was transferred."""


@pytest.mark.parametrize(
    "family",
    [rules.mandatory, rules.lengths, rules.allowed, rules.references, rules.keys, rules.checks],
    ids=lambda family: str(family.__name__),
)
def test_no_row_breaks_a_rule_of_the_dictionary(
    target: sqlite3.Connection, family: Callable[[], Iterator[rules.Rule]]
) -> None:
    broken = {name: rows for name, query in family() if (rows := number(target, query))}
    assert broken == {}


def test_sqlite_itself_finds_no_broken_reference(target: sqlite3.Connection) -> None:
    assert target.execute("PRAGMA foreign_key_check").fetchall() == []


def test_each_person_who_moved_has_one_live_manager(target: sqlite3.Connection) -> None:
    counts = f"SELECT COUNT(*) AS n FROM ({MANAGERS}) WHERE OFFENDER_ID IN ({MOVED}) GROUP BY OFFENDER_ID"
    assert {rows for (rows,) in target.execute(counts)} == {1}


def test_no_person_who_moved_is_managed_by_a_company(target: sqlite3.Connection) -> None:
    in_company = f"SELECT COUNT(*) FROM ({MANAGERS}) WHERE OFFENDER_ID IN ({MOVED}) AND AREA NOT LIKE 'N%'"
    assert number(target, in_company) == 0


def test_the_manager_opened_on_day_1_is_of_the_right_team(target: sqlite3.Connection) -> None:
    strangers = f"""
        SELECT COUNT(*) FROM ({MANAGERS}) m LEFT JOIN TEAM t USING (TEAM_ID)
        WHERE m.OFFENDER_ID IN ({MOVED}) AND t.PROBATION_AREA_ID IS NOT m.AREA_ID
    """
    assert number(target, strangers) == 0


def test_the_officer_is_a_member_of_the_team(target: sqlite3.Connection) -> None:
    strangers = f"""
        SELECT COUNT(*) FROM ({MANAGERS}) m LEFT JOIN STAFF_TEAM s USING (STAFF_ID, TEAM_ID)
        WHERE m.OFFENDER_ID IN ({MOVED}) AND s.STAFF_ID IS NULL
    """
    assert number(target, strangers) == 0


def test_one_responsible_officer_is_open_and_is_the_manager(target: sqlite3.Connection) -> None:
    """But for who is responsible in prison, or by a row that names nobody: those rows stay (O08, O09)."""
    others = """
        SELECT OFFENDER_ID FROM RESPONSIBLE_OFFICER WHERE END_DATE IS NULL AND OFFENDER_MANAGER_ID IS NULL
    """
    open_ones = f"""
        SELECT m.OFFENDER_MANAGER_ID, COUNT(r.RESPONSIBLE_OFFICER_ID), MAX(r.OFFENDER_MANAGER_ID)
        FROM ({MANAGERS}) m LEFT JOIN RESPONSIBLE_OFFICER r
          ON r.OFFENDER_ID = m.OFFENDER_ID AND r.END_DATE IS NULL
        WHERE m.OFFENDER_ID IN ({MOVED}) AND m.OFFENDER_ID NOT IN ({others})
        GROUP BY m.OFFENDER_MANAGER_ID
    """
    found = target.execute(open_ones).fetchall()
    assert found
    assert [row[0] for row in found if row[1:] != (1, row[0])] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_live_component_of_a_clean_run_is_left_with_a_company(clean_run: Path, kind: str) -> None:
    assert rows_of(clean_run / "target.db", at_company(kind, EVERYBODY)) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_is_closed_ahead_of_day_1(target: sqlite3.Connection, kind: str) -> None:
    managers = KINDS[kind][1]
    assert number(target, f"SELECT COUNT(*) FROM {managers} WHERE END_DATE >= '2021-06-27'") == 0


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"OM"}))
def test_no_component_has_two_live_managers(target: sqlite3.Connection, kind: str) -> None:
    table, managers = KINDS[kind]
    start = "START_DATE" if kind == "NSI" else "ALLOCATION_DATE"
    doubled = f"""
        SELECT COUNT(*) FROM (
            SELECT {table}_ID FROM {managers}
            WHERE END_DATE IS NULL AND SOFT_DELETED = 0 AND {table}_ID IS NOT NULL
            GROUP BY {table}_ID HAVING COUNT(*) > 1 AND MAX({start}) >= '2021-06-26')
    """
    assert number(target, doubled) == 0


COMMISSIONED = """
    SELECT n.NSI_ID, n.NOTES, t.CODE, e.EVENT_ID, a.CODE || '/' || m.CODE || '/' || s.OFFICER_CODE
    FROM NSI n JOIN R_NSI_TYPE t USING (NSI_TYPE_ID)
    LEFT JOIN EVENT e ON e.EVENT_ID = n.EVENT_ID AND e.ACTIVE_FLAG = 1 AND e.SOFT_DELETED = 0
    LEFT JOIN NSI_MANAGER x ON x.NSI_ID = n.NSI_ID AND x.ACTIVE_FLAG = 1
    LEFT JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = x.PROBATION_AREA_ID
    LEFT JOIN TEAM m ON m.TEAM_ID = x.TEAM_ID LEFT JOIN STAFF s ON s.STAFF_ID = x.STAFF_ID
    WHERE t.CODE LIKE 'CRS0_' AND n.ACTIVE_FLAG = 1 AND n.SOFT_DELETED = 0
"""
"""Commissioned services as their readers look for them: through a live event, by manager, by notes."""


def test_readers_find_every_commissioned_service(target: sqlite3.Connection) -> None:
    found = target.execute(COMMISSIONED).fetchall()
    assert found
    assert {row[2] for row in found} <= {"CRS01", "CRS02", "CRS05", "CRS06"}
    assert {row[4] for row in found} == {"CRS/CRSUAT/CRSUATU"}
    assert [row[0] for row in found if row[3] is None or not str(row[1]).startswith("SR-")] == []


def test_the_type_of_a_commissioned_service_is_of_events_and_on_the_rate_card(
    target: sqlite3.Connection,
) -> None:
    levels = "SELECT DISTINCT OFFENDER_LEVEL, EVENT_LEVEL, RATE_CARD_FLAG FROM R_NSI_TYPE WHERE CODE IN ({})"
    written = f"SELECT CODE FROM ({COMMISSIONED})"
    assert target.execute(levels.format(written)).fetchall() == [(0, 1, "Y")]


def test_nothing_is_transferred_and_nothing_told_of_a_commissioned_service(
    target: sqlite3.Connection,
) -> None:
    new = f"SELECT NSI_ID FROM ({COMMISSIONED})"
    assert number(target, f"SELECT COUNT(*) FROM NSI_TRANSFER WHERE NSI_ID IN ({new})") == 0
    assert number(target, f"SELECT COUNT(*) FROM CONTACT WHERE NSI_ID IN ({new})") == 0
