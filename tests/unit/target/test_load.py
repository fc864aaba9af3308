"""A plan in the target: rows, changes, crosswalk, ledger; loaded twice it changes nothing."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import NO_CODES, PLAN
from small_target import frame

from target.bulk import read
from target.database import transaction
from target.load import load
from target.plan import Change
from tests.target_dump import dump
from vocabulary.errors import TargetError


@pytest.fixture
def loaded(target: sa.Engine) -> sa.Engine:
    """The small target with the plan in it."""
    with transaction(target) as connection:
        load(connection, PLAN, "one")
    return target


def row(engine: sa.Engine, statement: str) -> tuple[Any, ...]:
    """The single row that `statement` selects."""
    with engine.connect() as connection:
        return tuple(connection.exec_driver_sql(statement).one())


def test_a_new_person_gets_the_next_crn(loaded: sa.Engine) -> None:
    assert row(loaded, "SELECT CRN FROM OFFENDER WHERE SURNAME = 'Zzdell'") == ("X500003",)


def test_a_natural_key_becomes_the_id_of_the_row_of_the_same_plan(loaded: sa.Engine) -> None:
    statement = (
        "SELECT O.SURNAME FROM UPW_DETAILS U JOIN DISPOSAL D ON D.DISPOSAL_ID = U.DISPOSAL_ID "
        "JOIN EVENT E ON E.EVENT_ID = D.EVENT_ID JOIN OFFENDER O ON O.OFFENDER_ID = E.OFFENDER_ID"
    )
    assert row(loaded, statement) == ("Zzdell",)


def test_an_opened_manager_points_back_at_its_transfer(loaded: sa.Engine) -> None:
    statement = (
        "SELECT T.RECEIVING_TEAM_ID = M.TEAM_ID, M.ALLOCATION_DATE, M.END_DATE FROM OFFENDER_MANAGER M "
        "JOIN OFFENDER_TRANSFER T ON T.OFFENDER_TRANSFER_ID = M.OFFENDER_TRANSFER_ID"
    )
    assert row(loaded, statement) == (1, "2021-06-26 00:00:00", None)


def test_a_closed_manager_has_its_end_date_and_a_higher_row_version(loaded: sa.Engine) -> None:
    statement = "SELECT END_DATE, ACTIVE_FLAG, ROW_VERSION FROM OFFENDER_MANAGER WHERE ACTIVE_FLAG = 0"
    assert row(loaded, statement) == ("2021-06-26 00:00:00", 0, 1)


def test_a_repointed_contact_changes_the_copies_of_its_team_too(loaded: sa.Engine) -> None:
    statement = (
        "SELECT C.TEAM_ID = C.TRUST_PROVIDER_TEAM_ID, C.STAFF_ID = C.STAFF_EMPLOYEE_ID, T.CODE, A.CODE "
        "FROM CONTACT C JOIN TEAM T ON T.TEAM_ID = C.TEAM_ID "
        "JOIN PROBATION_AREA A ON A.PROBATION_AREA_ID = C.PROBATION_AREA_ID WHERE C.CONTACT_ID = 2500003301"
    )
    assert row(loaded, statement) == (1, 1, "N51A01", "N51")


def test_a_waiting_code_becomes_a_provisional_row(loaded: sa.Engine) -> None:
    statement = (
        "SELECT CODE_DESCRIPTION, SELECTABLE FROM R_STANDARD_REFERENCE_LIST WHERE CODE_VALUE = 'WAITS'"
    )
    assert row(loaded, statement) == ("Waits (provisional)", "N")


def test_the_crosswalk_says_where_each_inserted_row_came_from(loaded: sa.Engine) -> None:
    statement = "SELECT EXPORT, SOURCE_FILE, SOURCE_ROW FROM DAY1_CROSSWALK WHERE TABLE_NAME = 'EVENT'"
    assert row(loaded, statement) == ("spg", "C06_spg.xml", "1")


def test_the_account_counts_rows_per_table_and_kind(target: sa.Engine) -> None:
    with transaction(target) as connection:
        account = load(connection, PLAN, "one")
    assert account.inserted["OFFENDER_MANAGER"] == 2
    assert account.changed == {("OFFENDER_MANAGER", "close"): 1, ("CONTACT", "repoint"): 1}


def test_the_same_input_again_changes_nothing(loaded: sa.Engine) -> None:
    with loaded.connect() as connection:
        before = dump(connection)
    with transaction(loaded) as connection:
        assert load(connection, PLAN, "one").is_repeat
        assert dump(connection) == before


def test_another_input_replaces_the_load_and_keeps_the_ids(loaded: sa.Engine) -> None:
    query = "SELECT OFFENDER_ID, CRN FROM OFFENDER WHERE SURNAME = 'Zzdell'"
    before = row(loaded, query)
    with transaction(loaded) as connection:
        load(connection, PLAN, "two")
    assert row(loaded, query) == before
    assert row(loaded, "SELECT COUNT(*), MAX(INPUT_HASH) FROM DAY1_LEDGER") == (1, "two")


def test_a_dry_run_leaves_the_target_as_it_was(target: sa.Engine) -> None:
    with target.connect() as connection:
        before = dump(connection)
    with transaction(target, dry_run=True) as connection:
        load(connection, PLAN, "one")
        assert read(connection, "OFFENDER").height == 3
    with target.connect() as connection:
        assert dump(connection) == before


def test_two_targets_loaded_alike_hold_equal_rows(loaded: sa.Engine, postgres: sa.Engine) -> None:
    with transaction(postgres) as connection:
        load(connection, PLAN, "one")
    with loaded.connect() as ours, postgres.connect() as theirs:
        assert dump(ours) == dump(theirs)


def test_a_code_the_target_lacks_stops_the_load_and_names_no_value(target: sa.Engine) -> None:
    plan = replace(PLAN, provisional=NO_CODES)
    with (
        pytest.raises(TargetError, match=r"OFFENDER\.GENDER_ID: 1 rows") as caught,
        transaction(target) as connection,
    ):
        load(connection, plan, "one")
    assert "WAITS" not in str(caught.value)


def test_a_row_to_change_that_is_not_there_stops_the_load(target: sa.Engine) -> None:
    change = Change("OFFENDER_MANAGER", "close", frame(key=7, ACTIVE_FLAG=0))
    with pytest.raises(TargetError, match="1 rows to close"), transaction(target) as connection:
        load(connection, replace(PLAN, changes=(change,)), "one")


def test_two_rows_with_one_natural_key_are_refused(target: sa.Engine) -> None:
    twice = pl.concat([PLAN.inserts["EVENT"]] * 2)
    with pytest.raises(TargetError, match="natural key of another"), transaction(target) as connection:
        load(connection, replace(PLAN, inserts=PLAN.inserts | {"EVENT": twice}), "one")


@pytest.mark.parametrize("word", ["surname", "date_of_birth"])
def test_the_database_refuses_a_missing_value_and_nothing_is_written(target: sa.Engine, word: str) -> None:
    broken = PLAN.inserts["OFFENDER"].with_columns(pl.lit(None).alias(word))
    with pytest.raises(TargetError, match="NOT NULL"), transaction(target) as connection:
        load(connection, replace(PLAN, inserts=PLAN.inserts | {"OFFENDER": broken}), "one")
    with target.connect() as connection:
        assert read(connection, "OFFENDER").height == 2


def test_the_database_refuses_text_that_is_too_long(target: sa.Engine) -> None:
    broken = PLAN.inserts["OFFENDER"].with_columns(pl.lit("Z" * 36).alias("surname"))
    with pytest.raises(TargetError, match="CHECK") as caught, transaction(target) as connection:
        load(connection, replace(PLAN, inserts=PLAN.inserts | {"OFFENDER": broken}), "one")
    assert "ZZZ" not in str(caught.value)


def test_postgres_refuses_text_that_is_too_long_and_shows_no_value(postgres: sa.Engine) -> None:
    broken = PLAN.inserts["OFFENDER"].with_columns(pl.lit("Z" * 36).alias("surname"))
    with pytest.raises(TargetError) as caught, transaction(postgres) as connection:
        load(connection, replace(PLAN, inserts=PLAN.inserts | {"OFFENDER": broken}), "one")
    assert "ZZZ" not in str(caught.value)
