"""Proof 4: what still stands with a closing company is found in the target alone (K01), drawn as tables."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from reconcile.proofs.left import find_left
from target.database import transaction
from tests.spec.bare_target import bare_target, put
from tests.spec.drawn_tables import drawn

CLOSING, REGION = 1, 51
TEAM_OF = {CLOSING: 100, REGION: 5100}
BEFORE, AFTER = "2021-06-25 00:00:00", "2021-06-26 00:00:00"


@pytest.fixture(scope="module")
def engine() -> sa.Engine:
    """Tables, made once; each test rolls back."""
    return bare_target()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One closing area, one region, and a person with an event, a sentence and an order."""
    with engine.connect() as connection, connection.begin() as running:
        for area, code in ((CLOSING, "C06"), (REGION, "N51")):
            put(connection, "PROBATION_AREA", PROBATION_AREA_ID=area, CODE=code)
            put(connection, "TEAM", TEAM_ID=TEAM_OF[area], PROBATION_AREA_ID=area)
        put(connection, "OFFENDER", OFFENDER_ID=1)
        put(connection, "EVENT", EVENT_ID=2, OFFENDER_ID=1, ACTIVE_FLAG=1)
        put(connection, "DISPOSAL", DISPOSAL_ID=3, EVENT_ID=2, OFFENDER_ID=1, ACTIVE_FLAG=1)
        put(connection, "NSI", NSI_ID=4, OFFENDER_ID=1, ACTIVE_FLAG=1)
        put(connection, "CUSTODY", CUSTODY_ID=6, DISPOSAL_ID=3, OFFENDER_ID=1)
        of_event = {"OFFENDER_ID": 1, "DISPOSAL_ID": 3, "ACTIVE_FLAG": 1}
        put(connection, "RQMNT", RQMNT_ID=5, RQMNT_TYPE_MAIN_CATEGORY_ID=9, **of_event)
        put(connection, "LIC_CONDITION", LIC_CONDITION_ID=7, **of_event)
        put(connection, "PSS_RQMNT", PSS_RQMNT_ID=8, OFFENDER_ID=1, CUSTODY_ID=6, ACTIVE_FLAG=1)
        put(connection, "COURT_REPORT", COURT_REPORT_ID=10, OFFENDER_ID=1)
        put(connection, "INSTITUTIONAL_REPORT", INSTITUTIONAL_REPORT_ID=11, OFFENDER_ID=1)
        put(connection, "R_RQMNT_TYPE_MAIN_CATEGORY", RQMNT_TYPE_MAIN_CATEGORY_ID=9, CODE="W")
        yield connection
        running.rollback()


def left(connection: sa.Connection) -> list[tuple[str, ...]]:
    return find_left(connection).select("company", "rule", "table", "key", "person").rows()


MANAGERS = drawn("""
table            | component | active | deleted | area | left
OFFENDER_MANAGER | OFFENDER_ID 1 | 1  | 0       | 1    | Y
OFFENDER_MANAGER | OFFENDER_ID 1 | 0  | 0       | 1    | N
OFFENDER_MANAGER | OFFENDER_ID 1 | 1  | 1       | 1    | N
OFFENDER_MANAGER | OFFENDER_ID 1 | 1  | 0       | 51   | N
ORDER_MANAGER    | EVENT_ID 2    | 1  | 0       | 1    | Y
RQMNT_MANAGER    | RQMNT_ID 5    | 1  | 0       | 1    | Y
RQMNT_MANAGER    | RQMNT_ID 5    | 0  | 0       | 1    | N
NSI_MANAGER      | NSI_ID 4      | 1  | 0       | 1    | Y
NSI_MANAGER      | NSI_ID 4      | 1  | 0       | 51   | N
""")


@pytest.mark.parametrize("case", MANAGERS, ids=lambda case: " ".join(case.values()))
def test_k01_no_active_manager_stays(case: dict[str, str], connection: sa.Connection) -> None:
    column, key = case["component"].split()
    row = {f"{case['table']}_ID": 7, column: int(key), "PROBATION_AREA_ID": int(case["area"])}
    put(connection, case["table"], **row, ACTIVE_FLAG=int(case["active"]), SOFT_DELETED=int(case["deleted"]))
    assert left(connection) == ([("C06", "K01", case["table"], "7", "1")] if case["left"] == "Y" else [])


CLOSED = drawn("""
table                 | manager               | component | change                       | left
EVENT                 | ORDER_MANAGER         | 2         | ACTIVE_FLAG 1                | Y
EVENT                 | ORDER_MANAGER         | 2         | ACTIVE_FLAG 0                | N
RQMNT                 | RQMNT_MANAGER         | 5         | ACTIVE_FLAG 0                | N
LIC_CONDITION         | LIC_CONDITION_MANAGER | 7         | ACTIVE_FLAG 1                | Y
LIC_CONDITION         | LIC_CONDITION_MANAGER | 7         | ACTIVE_FLAG 0                | N
PSS_RQMNT             | PSS_RQMNT_MANAGER     | 8         | ACTIVE_FLAG 1                | Y
PSS_RQMNT             | PSS_RQMNT_MANAGER     | 8         | ACTIVE_FLAG 0                | N
NSI                   | NSI_MANAGER           | 4         | ACTIVE_FLAG 0                | N
NSI                   | NSI_MANAGER           | 4         | SOFT_DELETED 1               | N
COURT_REPORT          | REPORT_MANAGER        | 10        | SOFT_DELETED 0               | Y
COURT_REPORT          | REPORT_MANAGER        | 10        | COMPLETED_DATE '2021-06-25'  | N
INSTITUTIONAL_REPORT  | REPORT_MANAGER        | 11        | SOFT_DELETED 0               | Y
INSTITUTIONAL_REPORT  | REPORT_MANAGER        | 11        | DATE_COMPLETED '2021-06-25'  | N
""")


@pytest.mark.parametrize("case", CLOSED, ids=lambda case: " ".join(case.values()))
def test_k01_a_closed_component_keeps_its_manager(case: dict[str, str], connection: sa.Connection) -> None:
    column, value = case["change"].split()
    key = f"{case['table']}_ID"
    connection.exec_driver_sql(
        f"UPDATE {case['table']} SET {column} = {value} WHERE {key} = {case['component']}"
    )
    row = {f"{case['manager']}_ID": 7, key: int(case["component"]), "PROBATION_AREA_ID": CLOSING}
    put(connection, case["manager"], **row, ACTIVE_FLAG=1, SOFT_DELETED=0)
    assert [found[2] for found in left(connection)] == ([case["manager"]] if case["left"] == "Y" else [])


@pytest.mark.parametrize("table", ["RQMNT", "LIC_CONDITION", "PSS_RQMNT"])
def test_k01_what_hangs_on_a_closed_event_is_closed(table: str, connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE EVENT SET ACTIVE_FLAG = 0")
    component = {"RQMNT": 5, "LIC_CONDITION": 7, "PSS_RQMNT": 8}[table]
    row = {f"{table}_MANAGER_ID": 7, f"{table}_ID": component, "PROBATION_AREA_ID": CLOSING}
    put(connection, f"{table}_MANAGER", **row, ACTIVE_FLAG=1, SOFT_DELETED=0)
    assert left(connection) == []


DIARY = drawn("""
table           | day       | deleted | team | area | left
CONTACT         | 26 June   | 0       | 100  | 1    | Y
CONTACT         | 26 June   | 0       | 100  | 51   | Y
CONTACT         | 26 June   | 0       | 5100 | 1    | Y
CONTACT         | 26 June   | 0       | 5100 | 51   | N
CONTACT         | 25 June   | 0       | 100  | 1    | N
CONTACT         | 26 June   | 1       | 100  | 1    | N
UPW_APPOINTMENT | 26 June   | 0       | 100  |      | Y
UPW_APPOINTMENT | 26 June   | 0       | 5100 |      | N
UPW_APPOINTMENT | 25 June   | 0       | 100  |      | N
""")


@pytest.mark.parametrize("case", DIARY, ids=lambda case: " ".join(case.values()))
def test_k01_nothing_in_the_diary_stays(case: dict[str, str], connection: sa.Connection) -> None:
    day = "CONTACT_DATE" if case["table"] == "CONTACT" else "APPOINTMENT_DATE"
    row = {f"{case['table']}_ID": 7, day: AFTER if case["day"] == "26 June" else BEFORE}
    if case["area"]:
        row["PROBATION_AREA_ID"] = int(case["area"])
    named = {"OFFENDER_ID": 1, "TEAM_ID": int(case["team"]), "SOFT_DELETED": int(case["deleted"])}
    put(connection, case["table"], **row, **named)
    assert left(connection) == ([("C06", "K01", case["table"], "7", "1")] if case["left"] == "Y" else [])


ORDERS = drawn("""
case                       | event | sentence | requirement | team | left
live                       | 1     | 1        | 1           | 100  | Y
in the region              | 1     | 1        | 1           | 5100 | N
event has ended            | 0     | 1        | 1           | 100  | N
sentence has ended         | 1     | 0        | 1           | 100  | N
requirement has ended      | 1     | 1        | 0           | 100  | N
no unpaid work requirement | 1     | 1        |             | 100  | Y
""")


@pytest.mark.parametrize("case", ORDERS, ids=lambda case: case["case"])
def test_k01_no_live_order_stays(case: dict[str, str], connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"UPDATE EVENT SET ACTIVE_FLAG = {case['event']}")
    connection.exec_driver_sql(f"UPDATE DISPOSAL SET ACTIVE_FLAG = {case['sentence']}")
    work = f"ACTIVE_FLAG = {case['requirement'] or 1}"
    connection.exec_driver_sql(f"UPDATE RQMNT SET {work}")
    if not case["requirement"]:
        connection.exec_driver_sql("UPDATE R_RQMNT_TYPE_MAIN_CATEGORY SET CODE = 'F'")
    put(connection, "UPW_DETAILS", UPW_DETAILS_ID=7, DISPOSAL_ID=3, OFFENDER_ID=1, TEAM_ID=int(case["team"]))
    assert left(connection) == ([("C06", "K01", "UPW_DETAILS", "7", "1")] if case["left"] == "Y" else [])


def test_k01_no_pending_transfer_stays(connection: sa.Connection) -> None:
    closed = {"OFFENDER_ID": 1, "PROBATION_AREA_ID": CLOSING, "ACTIVE_FLAG": 0}
    put(connection, "OFFENDER_MANAGER", OFFENDER_MANAGER_ID=7, **closed, END_DATE=AFTER)
    assert left(connection) == []
    connection.exec_driver_sql("UPDATE OFFENDER SET PENDING_TRANSFER = 1")
    assert left(connection) == [("C06", "K01", "OFFENDER", "1", "1")]
    connection.exec_driver_sql(f"UPDATE OFFENDER_MANAGER SET END_DATE = '{BEFORE}'")
    assert left(connection) == []


def test_k01_no_responsible_officer_stays(connection: sa.Connection) -> None:
    closed = {"OFFENDER_ID": 1, "PROBATION_AREA_ID": CLOSING, "ACTIVE_FLAG": 0}
    put(connection, "OFFENDER_MANAGER", OFFENDER_MANAGER_ID=7, **closed, END_DATE=AFTER)
    put(connection, "RESPONSIBLE_OFFICER", RESPONSIBLE_OFFICER_ID=8, OFFENDER_ID=1, OFFENDER_MANAGER_ID=7)
    assert left(connection) == [("C06", "K01", "RESPONSIBLE_OFFICER", "8", "1")]
    connection.exec_driver_sql(f"UPDATE RESPONSIBLE_OFFICER SET END_DATE = '{AFTER}'")
    assert left(connection) == []


USERS = drawn("""
case                        | table       | area | end        | left
active, of the company      | RESTRICTION | 1    |            | Y
active, of the region       | RESTRICTION | 51   |            | N
ended on Day 1              | RESTRICTION | 1    | 2021-06-26 | N
excluded, of the company    | EXCLUSION   | 1    |            | Y
""")


@pytest.mark.parametrize("case", USERS, ids=lambda case: case["case"])
def test_k01_no_active_user_of_a_restriction_stays(case: dict[str, str], connection: sa.Connection) -> None:
    """docs/proofs.md, proof 4: no active user of a restriction may stay with the account of a company."""
    table = case["table"]
    put(connection, "STAFF", STAFF_ID=20, PROBATION_AREA_ID=int(case["area"]), OFFICER_CODE="C06A001")
    put(connection, "USER_", USER_ID=21, STAFF_ID=20, DISTINGUISHED_NAME="zzsample.user")
    end = {f"{table}_END_DATE": f"{case['end']} 00:00:00"} if case["end"] else {}
    put(connection, table, **{f"{table}_ID": 22}, OFFENDER_ID=1, USER_ID=21, **end)
    assert [row[2:4] for row in left(connection)] == ([(table, "22")] if case["left"] == "Y" else [])


def test_k01_the_diary_is_read_alike_on_postgres(postgres: sa.Engine) -> None:
    """Its dates are moments, SQLite's are text: on both Day 1 itself counts."""
    found = {}
    for day in (BEFORE, AFTER):
        with transaction(postgres, dry_run=True) as connection:
            connection.exec_driver_sql(f"UPDATE CONTACT SET CONTACT_DATE = '{day}'")
            found[day] = [row[2] for row in left(connection) if row[2] != "RESTRICTION"]
    assert found == {BEFORE: ["OFFENDER_MANAGER"], AFTER: ["OFFENDER_MANAGER", "CONTACT"]}
