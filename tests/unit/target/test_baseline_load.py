"""The baseline in a new target: every row obeys the dictionary, and what no export carries is made."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from small_target import CODES, ORGANISATION, baseline_frames, fill, frame

import target.blocks as target_blocks
from target.baseline import load_baseline
from target.bulk import read
from target.create import create
from target.database import bulk_transaction, connect, transaction
from target.schema.shape import table_names
from vocabulary.errors import TargetError


def one(engine: sa.Engine, statement: str) -> Any:
    """The single value that `statement` selects."""
    with engine.connect() as connection:
        return connection.exec_driver_sql(statement).scalar()


def test_every_foreign_key_of_the_loaded_baseline_holds(target: sa.Engine) -> None:
    with target.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def test_a_day_is_stored_at_midnight(target: sa.Engine) -> None:
    assert one(target, "SELECT CONTACT_DATE FROM CONTACT WHERE SOFT_DELETED = 0") == "2021-07-01 00:00:00"


def test_a_time_of_day_is_stored_on_the_first_of_january_1970(target: sa.Engine) -> None:
    assert (
        one(target, "SELECT CONTACT_START_TIME FROM CONTACT WHERE SOFT_DELETED = 0") == "1970-01-01 10:30:00"
    )


def test_a_flag_is_a_letter_in_a_text_column(target: sa.Engine) -> None:
    assert one(target, "SELECT SENSITIVE FROM CONTACT WHERE SOFT_DELETED = 0") == "Y"


def test_a_flag_is_a_number_in_a_number_column(target: sa.Engine) -> None:
    assert one(target, "SELECT CURRENT_RESTRICTION FROM OFFENDER WHERE CRN = 'X500002'") == 1


def test_row_version_and_last_change_are_those_of_the_baseline(target: sa.Engine) -> None:
    assert one(target, "SELECT ROW_VERSION FROM OFFENDER WHERE CRN = 'X500001'") == 3
    assert (
        one(target, "SELECT LAST_UPDATED_DATETIME FROM OFFENDER WHERE CRN = 'X500001'")
        == "2021-06-24 16:05:09"
    )


def test_a_code_that_stands_in_the_baseline_becomes_an_ordinary_row(target: sa.Engine) -> None:
    statement = (
        "SELECT SELECTABLE FROM R_STANDARD_REFERENCE_LIST WHERE CODE_VALUE = 'M' AND CODE_DESCRIPTION = 'M'"
    )
    assert one(target, statement) == "Y"


def test_a_manager_without_team_is_held_by_the_outside_agency(target: sa.Engine) -> None:
    with target.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT TEAM_ID, ALLOCATION_STAFF_ID, PROVIDER_TEAM_ID, PROVIDER_EMPLOYEE_ID, "
            "TRUST_PROVIDER_FLAG, TRUST_PROVIDER_TEAM_ID, STAFF_EMPLOYEE_ID FROM OFFENDER_MANAGER "
            "WHERE OFFENDER_MANAGER_ID = 2500002002"
        ).one()
    assert tuple(row) == (None, None, 1, 1, 1, 1, 1)


def test_a_manager_with_team_repeats_its_ids(target: sa.Engine) -> None:
    with target.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT TEAM_ID, ALLOCATION_STAFF_ID, TRUST_PROVIDER_FLAG, TRUST_PROVIDER_TEAM_ID, "
            "STAFF_EMPLOYEE_ID "
            "FROM OFFENDER_MANAGER WHERE OFFENDER_MANAGER_ID = 2500002001"
        ).one()
    assert tuple(row) == (2500004001, 2500004101, 0, 2500004001, 2500004101)


def test_a_court_report_hangs_on_an_appearance_of_its_event(target: sa.Engine) -> None:
    statement = (
        "SELECT A.EVENT_ID FROM COURT_REPORT R JOIN COURT_APPEARANCE A "
        "ON A.COURT_APPEARANCE_ID = R.COURT_APPEARANCE_ID"
    )
    assert one(target, statement) == 2500001001


def test_a_registration_names_a_contact_of_its_person_and_makes_none(target: sa.Engine) -> None:
    statement = (
        "SELECT COUNT(*) FROM REGISTRATION R JOIN CONTACT C ON C.CONTACT_ID = R.CONTACT_ID "
        "WHERE C.OFFENDER_ID = R.OFFENDER_ID AND C.SOFT_DELETED = 0"
    )
    assert one(target, statement) == 1


def test_a_restriction_starts_with_the_users_own_officer_and_team(target: sa.Engine) -> None:
    assert one(target, "SELECT RESTRICTION_START_STAFF_ID FROM RESTRICTION") == 2500004101
    assert one(target, "SELECT RESTRICTION_START_TEAM_ID FROM RESTRICTION") == 2500004001


def test_a_team_has_its_union_row_and_the_unit_of_its_pdu(target: sa.Engine) -> None:
    assert one(target, "SELECT COUNT(*) FROM ALL_TEAM WHERE TRUST_PROVIDER_TEAM_ID = 2500004001") == 1
    statement = (
        "SELECT D.CODE FROM TEAM T JOIN DISTRICT D ON D.DISTRICT_ID = T.DISTRICT_ID WHERE T.CODE = 'C06S01'"
    )
    assert one(target, statement) == "N51D01"


def test_a_receiving_team_has_an_unallocated_officer_who_is_its_member(target: sa.Engine) -> None:
    statement = (
        "SELECT S.OFFICER_CODE FROM TEAM T JOIN STAFF_TEAM M ON M.TEAM_ID = T.TEAM_ID "
        "JOIN STAFF S ON S.STAFF_ID = M.STAFF_ID WHERE T.CODE = 'N51A01'"
    )
    assert one(target, statement) == "N51A01U"


def test_a_row_that_names_an_unknown_team_stops_the_baseline_and_names_no_value(engine: sa.Engine) -> None:
    create(engine, ORGANISATION, CODES)
    frames = baseline_frames()
    frames["offender_manager"] = frames["offender_manager"].with_columns(pl.lit("C06X99").alias("team"))
    with (
        pytest.raises(TargetError, match=r"OFFENDER_MANAGER.TEAM_ID: 2 rows") as caught,
        transaction(engine) as open_,
    ):
        load_baseline(open_, frames)
    assert "C06X99" not in str(caught.value)


def test_a_refused_baseline_leaves_nothing_behind(engine: sa.Engine) -> None:
    create(engine, ORGANISATION, CODES)
    frames = baseline_frames() | {"alias": frame(alias_id=1, offender_id=99, first_name="Qx", surname="Zz")}
    with pytest.raises(TargetError), transaction(engine) as connection:
        load_baseline(connection, frames)
    with engine.connect() as connection:
        assert read(connection, "OFFENDER").is_empty()


def test_blocks_of_one_row_give_the_same_target(
    target: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_blocks, "BLOCK", 1)
    by_rows = connect(f"sqlite:///{tmp_path}/by-rows.db")
    fill(by_rows)
    with target.connect() as whole, by_rows.connect() as single:
        for name in table_names():
            assert read(single, name).equals(read(whole, name)), name


def test_a_row_below_nobody_is_refused_at_the_end_by_its_table(engine: sa.Engine) -> None:
    create(engine, ORGANISATION, CODES)
    frames = baseline_frames()
    frames["contact"] = frames["contact"].with_columns(pl.lit(99, pl.Int64).alias("offender_id"))
    with (
        pytest.raises(TargetError, match=r"refused rows: FOREIGN KEY constraint failed: CONTACT\. Nothing"),
        bulk_transaction(engine) as connection,
    ):
        load_baseline(connection, frames)
    with engine.connect() as connection:
        assert read(connection, "OFFENDER").is_empty()


def test_after_a_baseline_references_are_looked_at_row_by_row_again(engine: sa.Engine) -> None:
    create(engine, ORGANISATION, CODES)
    with bulk_transaction(engine) as connection:
        load_baseline(connection, baseline_frames())
    with pytest.raises(TargetError, match="FOREIGN KEY"), transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE CONTACT SET OFFENDER_ID = 99")


KILLED = """
import os, signal, sys
from small_target import CODES, ORGANISATION, baseline_frames
from target.baseline import load_baseline
from target.create import create
from target.database import bulk_transaction, connect

engine = connect(sys.argv[1])
create(engine, ORGANISATION, CODES)
with bulk_transaction(engine) as connection:
    load_baseline(connection, baseline_frames())
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_load_that_was_killed_leaves_a_target_that_takes_the_baseline(
    target: sa.Engine, tmp_path: Path
) -> None:
    file = tmp_path / "killed.db"
    here = Path(__file__).parent
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, f"sqlite:///{file}"],
        env={**os.environ, "PYTHONPATH": f"{here}{os.pathsep}{here.parents[2]}"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    again = connect(f"sqlite:///{file}")
    with bulk_transaction(again) as connection:
        assert read(connection, "OFFENDER").is_empty()
        load_baseline(connection, baseline_frames())
    assert one(again, "SELECT COUNT(*) FROM CONTACT") == one(target, "SELECT COUNT(*) FROM CONTACT")
    made = "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master ORDER BY name)"
    assert one(again, made) == one(target, made)
