"""CASELOAD has one row per live manager row, under the role of its kind (target.md, section 2)."""

from collections.abc import Iterator

import polars as pl
import pytest
import sqlalchemy as sa
from bare_target import bare_target, put
from derived_cases import PERSON, put_case, put_manager
from drawn_tables import drawn

from target.derived.rebuild import rebuild

ROLES = drawn("""
manager | role | id               | holds
OM 12   | OM   | 1000000000000009 | OFFENDER_MANAGER_ID=9
OS 12   | OS   | 2000000000000009 | ORDER_MANAGER_ID=9 EVENT_ID=1 DISPOSAL_ID=1 LENGTH_VALUE=12
OS 12   | OS   | 2000000000000009 | DISPOSAL_TYPE_ID=5
RQ 12   | RQ   | 3000000000000009 | RQMNT_MANAGER_ID=9 RQMNT_ID=1 EVENT_ID=1 DISPOSAL_ID=1 LENGTH_VALUE=30
RQ 12   | RQ   | 3000000000000009 | RQMNT_TYPE_MAIN_CATEGORY_ID=6
LC 12   | LC   | 4000000000000009 | LIC_CONDITION_MANAGER_ID=9 LIC_CONDITION_ID=1 EVENT_ID=1 DISPOSAL_ID=1
PQ 12   | PQ   | 5000000000000009 | PSS_RQMNT_MANAGER_ID=9 PSS_RQMNT_ID=1 START_DATE=2021-02-02
NSI 12  | NSI  | 6000000000000009 | NSI_MANAGER_ID=9 NSI_ID=1 EVENT_ID=1 RQMNT_ID=1 START_DATE=2021-03-03
POM 12  | POM  | 7000000000000009 | PRISON_OFFENDER_MANAGER_ID=9 TRUST_PROVIDER_FLAG=0
RM 12   | RM   | 8000000000000009 | REPORT_MANAGER_ID=9 EVENT_ID=1
""")


@pytest.fixture(scope="module")
def engine() -> sa.Engine:
    """Tables, made once; each test rolls back."""
    return bare_target()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The person's case, without managers."""
    with engine.connect() as connection, connection.begin() as running:
        put_case(connection)
        yield connection
        running.rollback()


def _caseload(connection: sa.Connection) -> list[dict[str, object]]:
    rebuild(connection, pl.Series([PERSON]))
    rows = connection.exec_driver_sql("SELECT * FROM CASELOAD").mappings()
    return [dict(row) for row in rows]


@pytest.mark.parametrize("case", ROLES, ids=[f"{case['role']} {case['holds'][:25]}" for case in ROLES])
def test_a_live_manager_is_one_row(connection: sa.Connection, case: dict[str, str]) -> None:
    put_manager(connection, case["manager"], 9)
    (row,) = _caseload(connection)
    held = dict(pair.split("=") for pair in case["holds"].split())
    assert (row["ROLE_CODE"], row["CASELOAD_ID"]) == (case["role"], int(case["id"]))
    assert {name: str(row[name]).removesuffix(" 00:00:00") for name in held} == held


def test_the_person_stands_on_the_row(connection: sa.Connection) -> None:
    put_manager(connection, "OM 12", 9)
    (row,) = _caseload(connection)
    assert (row["OFFENDER_ID"], row["CRN"], row["SURNAME"]) == (PERSON, "X000001", "Zz")


@pytest.mark.parametrize("manager", ["OM 12 closed", "RQ 12 deleted"])
def test_a_manager_that_is_not_live_has_no_row(connection: sa.Connection, manager: str) -> None:
    put_manager(connection, manager, 9)
    assert _caseload(connection) == []


def test_an_order_without_a_live_sentence_has_its_row_all_the_same(connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE DISPOSAL SET ACTIVE_FLAG = 0")
    put_manager(connection, "OS 12", 9)
    (row,) = _caseload(connection)
    assert (row["EVENT_ID"], row["DISPOSAL_ID"]) == (1, None)


def test_two_live_sentences_make_one_row(connection: sa.Connection) -> None:
    put(connection, "DISPOSAL", DISPOSAL_ID=2, EVENT_ID=1, OFFENDER_ID=PERSON, ACTIVE_FLAG=1)
    put_manager(connection, "OS 12", 9)
    (row,) = _caseload(connection)
    assert row["DISPOSAL_ID"] == 1


def test_rebuilt_twice_it_is_the_same(connection: sa.Connection) -> None:
    for number, manager in enumerate(("OM 12", "OS 12", "RQ 51"), start=1):
        put_manager(connection, manager, number)
    assert _caseload(connection) == _caseload(connection)
