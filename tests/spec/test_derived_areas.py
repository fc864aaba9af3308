"""The areas with an interest in a person are those of the live managers (target.md, section 9, rule 35)."""

from collections.abc import Iterator

import polars as pl
import pytest
import sqlalchemy as sa
from bare_target import bare_target, put
from derived_cases import PERSON, put_case, put_manager
from drawn_tables import drawn

from target.derived.areas import array_tables
from target.derived.rebuild import rebuild

CASES = drawn("""
managers                  | areas
                          |
OM 12                     | ["12"]
OS 12                     | ["12"]
RQ 12                     | ["12"]
LC 12                     | ["12"]
PQ 12                     | ["12"]
NSI 12                    | ["12"]
POM 12                    | ["12"]
RM 12                     | ["12"]
OM 12, RQ 51              | ["12","51"]
OM 100, RQ 12             | ["12","100"]
OM 12, OS 12, NSI 12      | ["12"]
OM 12 closed, OM 51       | ["51"]
OM 51, RQ 12 deleted      | ["51"]
OM 12 closed              |
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


def _put_managers(connection: sa.Connection, drawn_managers: str) -> None:
    for number, text in enumerate(filter(None, drawn_managers.split(", ")), start=1):
        put_manager(connection, text, number)


@pytest.mark.parametrize("case", CASES, ids=[case["managers"] or "nobody" for case in CASES])
def test_the_array_lists_the_areas_of_the_live_managers(
    connection: sa.Connection, case: dict[str, str]
) -> None:
    _put_managers(connection, case["managers"])
    rebuild(connection, pl.Series([PERSON]))
    stored = connection.exec_driver_sql("SELECT ORGANISATIONS FROM OFFENDER").scalar()
    assert stored == (case["areas"] or None)


@pytest.mark.parametrize("case", CASES, ids=[case["managers"] or "nobody" for case in CASES])
def test_the_interests_are_the_same_areas(connection: sa.Connection, case: dict[str, str]) -> None:
    _put_managers(connection, case["managers"])
    rebuild(connection, pl.Series([PERSON]))
    stored = connection.exec_driver_sql("SELECT PROBATION_AREA_ID FROM ORGANISATION_OFFENDER ORDER BY 1")
    listed = ",".join(f'"{area}"' for area in stored.scalars())
    assert f"[{listed}]" == (case["areas"] or "[]")


@pytest.mark.parametrize("table", [*array_tables(), "CASELOAD"])
def test_every_row_of_the_person_carries_the_array(connection: sa.Connection, table: str) -> None:
    if not connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar():
        put(connection, table, OFFENDER_ID=PERSON)
    put_manager(connection, "OM 12", 1)
    rebuild(connection, pl.Series([PERSON]))
    stored = set(connection.exec_driver_sql(f"SELECT ORGANISATIONS FROM {table}").scalars())
    assert stored == {'["12"]'}


def test_rows_of_others_stay(connection: sa.Connection) -> None:
    put(connection, "OFFENDER", OFFENDER_ID=2, ORGANISATIONS='["7"]')
    put_manager(connection, "OM 12", 1)
    rebuild(connection, pl.Series([PERSON]))
    stored = connection.exec_driver_sql("SELECT ORGANISATIONS FROM OFFENDER WHERE OFFENDER_ID = 2").scalar()
    assert stored == '["7"]'


def test_an_earlier_area_goes(connection: sa.Connection) -> None:
    put(connection, "ORGANISATION_OFFENDER", OFFENDER_ID=PERSON, PROBATION_AREA_ID=7)
    put_manager(connection, "OM 12", 1)
    rebuild(connection, pl.Series([PERSON]))
    stored = connection.exec_driver_sql("SELECT PROBATION_AREA_ID FROM ORGANISATION_OFFENDER").scalars()
    assert stored.all() == [12]
