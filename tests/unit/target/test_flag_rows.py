"""Flags for the programme system: there once, also where nDelius or another company set one before."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from small_plan import PLAN, SOURCE
from small_target import frame

from target.database import transaction
from target.load import load
from target.plan import Plan
from target.undo import undo
from vocabulary.errors import TargetError

PERSON = 2500000001


def flagged(company: str = "C06") -> Plan:
    row = frame(natural_key=str(PERSON), **SOURCE, offender_id=str(PERSON))
    none = PLAN.provisional.clear()
    return replace(PLAN, company=company, inserts={"IAPS_OFFENDER": row}, changes=(), provisional=none)


def flags(engine: sa.Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT OFFENDER_ID, IAPS_FLAG FROM IAPS_OFFENDER")
        return [tuple(row) for row in found]


def loaded(engine: sa.Engine, *companies: str) -> None:
    for company in companies:
        with transaction(engine) as connection:
            load(connection, flagged(company), "one")


def undone(engine: sa.Engine, company: str) -> None:
    with transaction(engine) as connection:
        undo(connection, company)


def test_a_flag_that_is_not_there_is_inserted(target: sa.Engine) -> None:
    loaded(target, "C06")
    assert flags(target) == [(PERSON, 1)]
    undone(target, "C06")
    assert flags(target) == []


@pytest.mark.parametrize("before", [0, 1])
def test_a_flag_that_ndelius_has_is_set_and_set_back(target: sa.Engine, before: int) -> None:
    with transaction(target) as connection:
        connection.exec_driver_sql(
            f"INSERT INTO IAPS_OFFENDER (OFFENDER_ID, IAPS_FLAG) VALUES ({PERSON}, {before})"
        )
    loaded(target, "C06")
    assert flags(target) == [(PERSON, 1)]
    undone(target, "C06")
    assert flags(target) == [(PERSON, before)]


def test_a_flag_of_two_companies_stays_until_the_last_is_undone(target: sa.Engine) -> None:
    loaded(target, "C06", "C17")
    undone(target, "C06")
    assert flags(target) == [(PERSON, 1)]
    undone(target, "C17")
    assert flags(target) == []


def test_a_flag_that_ndelius_had_off_is_not_taken_from_the_company_that_still_needs_it(
    target: sa.Engine,
) -> None:
    with transaction(target) as connection:
        connection.exec_driver_sql(f"INSERT INTO IAPS_OFFENDER (OFFENDER_ID, IAPS_FLAG) VALUES ({PERSON}, 0)")
    loaded(target, "C06", "C17")
    with pytest.raises(TargetError, match="Undo C17 first"):
        undone(target, "C06")
    undone(target, "C17")
    assert flags(target) == [(PERSON, 1)]
    undone(target, "C06")
    assert flags(target) == [(PERSON, 0)]
