"""Counts and flags that follow from other rows, each as a small table."""

from collections.abc import Iterator

import polars as pl
import pytest
import sqlalchemy as sa
from bare_target import bare_target, put
from derived_cases import PERSON, put_case
from drawn_tables import drawn

from target.derived.figures import write_figures

NATIONAL, OTHER, MISSED, KEPT = 1, 2, 1, 2
"""Contact types with and without national standards; outcomes of who did not and who did come and comply."""

CONTACTS = drawn("""
contacts                                      | requirement | nsi
06-01 RQMNT                                   | 1           |
06-01 RQMNT, 06-02 RQMNT                      | 2           |
06-01 RQMNT, 06-01 RQMNT                      | 1           |
06-01 RQMNT, 06-01 NSI                        | 1           | 1
06-01 RQMNT, 06-02 NSI                        | 2           | 1
06-01 NSI                                     | 1           | 1
06-01 RQMNT attended, 06-02 RQMNT unattended  | 1           |
06-01 RQMNT unattended                        | 0           |
06-01 RQMNT missed, 06-02 RQMNT kept          | 1           |
06-01 RQMNT deleted, 06-02 RQMNT              | 1           |
06-01 RQMNT plain, 06-02 RQMNT                | 1           |
06-01 RQMNT plain                             | as before   |
                                              | as before   |
""")
FAILURES = drawn("""
contacts                                          | count
06-01 national failed                             | 1
06-01 national failed, 06-02 national failed      | 2
06-01 national failed, 06-02 national             | 1
06-01 national missed                             | 1
06-01 national failed, 06-02 other failed         | 1
06-01 national                                    | 0
06-01 national failed deleted, 06-02 national     | 0
06-01 other failed                                | as before
""")
LIMITS = drawn("""
rows                               | flag
                                   | 0
open                               | 1
2021-06-26                         | 0
2021-06-27                         | 1
2021-06-26, open                   | 1
2020-01-01, 2021-06-25             | 0
""")
AS_BEFORE = 77


@pytest.fixture(scope="module")
def engine() -> sa.Engine:
    """Tables, made once; each test rolls back."""
    return bare_target()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The person's case with contact and outcome types, and figures that nothing gives."""
    with engine.connect() as connection, connection.begin() as running:
        put_case(connection)
        for number, flag in ((NATIONAL, "Y"), (OTHER, "N")):
            put(connection, "R_CONTACT_TYPE", CONTACT_TYPE_ID=number, NATIONAL_STANDARDS_CONTACT=flag)
        for number, flag in ((MISSED, "N"), (KEPT, "Y")):
            values = {"OUTCOME_ATTENDANCE": flag, "OUTCOME_COMPLIANT_ACCEPTABLE": flag}
            put(connection, "R_CONTACT_OUTCOME_TYPE", CONTACT_OUTCOME_TYPE_ID=number, **values)
        connection.exec_driver_sql(f"UPDATE RQMNT SET RAR_COUNT = {AS_BEFORE}")
        connection.exec_driver_sql(f"UPDATE EVENT SET FTC_COUNT = {AS_BEFORE}")
        yield connection
        running.rollback()


def _put_contact(connection: sa.Connection, text: str, number: int) -> None:
    day, *words = text.split()
    outcome = {"missed": MISSED, "kept": KEPT}
    put(
        connection,
        "CONTACT",
        CONTACT_ID=number,
        OFFENDER_ID=PERSON,
        EVENT_ID=1,
        CONTACT_DATE=f"2021-{day} 00:00:00",
        RQMNT_ID=1 if "RQMNT" in words else None,
        NSI_ID=1 if "NSI" in words else None,
        RAR_ACTIVITY="N" if "plain" in words else "Y",
        ATTENDED={"attended": "Y", "unattended": "N"}.get(words[-1]),
        COMPLIED="N" if "failed" in words else None,
        CONTACT_TYPE_ID=NATIONAL if "national" in words else OTHER,
        CONTACT_OUTCOME_TYPE_ID=outcome.get(words[-1]),
        SOFT_DELETED=int("deleted" in words),
    )


def _put_contacts(connection: sa.Connection, contacts: str) -> None:
    for number, text in enumerate(filter(None, contacts.split(", ")), start=1):
        _put_contact(connection, text, number)


def _written(connection: sa.Connection, table: str, column: str) -> object:
    inserted = pl.DataFrame({"TABLE_NAME": [table], "TARGET_ID": [1]})
    write_figures(connection, pl.Series([PERSON]), inserted)
    return connection.exec_driver_sql(f"SELECT {column} FROM {table}").scalar()


def _expected(text: str) -> int:
    return AS_BEFORE if text == "as before" else int(text)


@pytest.mark.parametrize("case", CONTACTS, ids=[case["contacts"] or "none" for case in CONTACTS])
def test_rar_days_of_a_requirement(connection: sa.Connection, case: dict[str, str]) -> None:
    _put_contacts(connection, case["contacts"])
    assert _written(connection, "RQMNT", "RAR_COUNT") == _expected(case["requirement"])


@pytest.mark.parametrize("case", CONTACTS, ids=[case["contacts"] or "none" for case in CONTACTS])
def test_rar_days_of_an_nsi(connection: sa.Connection, case: dict[str, str]) -> None:
    _put_contacts(connection, case["contacts"])
    assert _written(connection, "NSI", "RAR_COUNT") == (int(case["nsi"]) if case["nsi"] else None)


@pytest.mark.parametrize("case", FAILURES, ids=[case["contacts"] for case in FAILURES])
def test_failures_to_comply_of_an_event(connection: sa.Connection, case: dict[str, str]) -> None:
    _put_contacts(connection, case["contacts"])
    assert _written(connection, "EVENT", "FTC_COUNT") == _expected(case["count"])


@pytest.mark.parametrize("kind", ["EXCLUSION", "RESTRICTION"])
@pytest.mark.parametrize("case", LIMITS, ids=[case["rows"] or "none" for case in LIMITS])
def test_a_person_is_limited_while_a_row_is_active(
    connection: sa.Connection, case: dict[str, str], kind: str
) -> None:
    for number, end in enumerate(filter(None, case["rows"].split(", ")), start=1):
        ends = {f"{kind}_END_DATE": None if end == "open" else f"{end} 00:00:00"}
        put(connection, kind, **{f"{kind}_ID": number, "OFFENDER_ID": PERSON}, **ends)
    assert _written(connection, "OFFENDER", f"CURRENT_{kind}") == int(case["flag"])


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ("UPDATE DISPOSAL SET ACTIVE_FLAG = 1", 1),
        ("UPDATE DISPOSAL SET ACTIVE_FLAG = 0", 0),
        ("UPDATE DISPOSAL SET SOFT_DELETED = 1", 0),
        ("UPDATE EVENT SET SOFT_DELETED = 1", 0),
    ],
)
def test_a_person_has_a_sentence_while_one_is_active(
    connection: sa.Connection, change: str, flag: int
) -> None:
    connection.exec_driver_sql(change)
    assert _written(connection, "OFFENDER", "CURRENT_DISPOSAL") == flag


def test_a_row_that_was_there_keeps_its_figure(connection: sa.Connection) -> None:
    _put_contacts(connection, "06-01 RQMNT")
    write_figures(connection, pl.Series([PERSON]), pl.DataFrame({"TABLE_NAME": ["RQMNT"], "TARGET_ID": [2]}))
    assert connection.exec_driver_sql("SELECT RAR_COUNT FROM RQMNT").scalar() == AS_BEFORE
