"""Targets that cannot be reached or written: one clear message, no password, nothing half written."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from target.bulk import read
from target.database import connect, transaction
from vocabulary.errors import TargetError


def test_an_address_that_is_no_url_is_refused() -> None:
    with pytest.raises(TargetError, match="not a database URL"):
        connect("target.db")


def test_a_kind_of_database_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(TargetError, match="'mysql' cannot be written"):
        connect("mysql://clerk:secret@host/db")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(TargetError, match=r"clerk:\*\*\*@127\.0\.0\.1:9") as caught:
        connect("postgresql://clerk:secret@127.0.0.1:9/delius")
    assert "secret" not in str(caught.value)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="nowhere does not exist"):
        connect(f"sqlite:///{tmp_path}/nowhere/target.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target.db").write_text("not a database, but long enough to be looked at" * 20)
    with pytest.raises(TargetError, match="SQLITE_NOTADB"):
        connect(f"sqlite:///{tmp_path}/target.db")


def run(engine: sa.Engine, *statements: str) -> None:
    """The statements in one transaction."""
    with transaction(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_target_of_an_earlier_version_is_refused_with_what_it_lacks(target: sa.Engine) -> None:
    with target.begin() as connection:
        connection.execute(sa.text("ALTER TABLE DAY1_LEDGER DROP COLUMN SNAPSHOT_HASH"))
    with pytest.raises(
        TargetError, match=r"earlier version of day1, which lacks DAY1_LEDGER\.SNAPSHOT_HASH\."
    ):
        connect(target.url.render_as_string(hide_password=False))


def test_a_full_disk_is_said_and_nothing_is_written(target: sa.Engine) -> None:
    big = "INSERT INTO BIG VALUES (zeroblob(10000000))"
    with pytest.raises(TargetError, match="disk is full"):
        run(target, "PRAGMA max_page_count = 1", "CREATE TABLE BIG (A)", big)
    assert not sa.inspect(target).has_table("BIG")


def test_a_locked_target_is_said(target: sa.Engine) -> None:
    other = sqlite3.connect(str(target.url.database), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(TargetError, match="has it locked"):
        run(target, "PRAGMA busy_timeout = 1", "DELETE FROM ALIAS")
    other.close()


def test_tables_made_in_a_failed_transaction_are_gone(engine: sa.Engine) -> None:
    with pytest.raises(TargetError):
        run(engine, "CREATE TABLE HALF (A)", "INSERT INTO NOWHERE VALUES (1)")
    assert not sa.inspect(engine).has_table("HALF")


def test_foreign_keys_hold_on_sqlite(target: sa.Engine) -> None:
    with pytest.raises(TargetError, match="FOREIGN KEY"), transaction(target) as connection:
        connection.exec_driver_sql("DELETE FROM OFFENDER WHERE OFFENDER_ID = 2500000001")
    with target.connect() as connection:
        assert read(connection, "OFFENDER").height == 2


def test_postgres_names_the_constraint_that_refused(postgres: sa.Engine) -> None:
    with (
        pytest.raises(TargetError, match=r"refused rows: (\w+) fk\d+_\1"),
        transaction(postgres) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM OFFENDER WHERE OFFENDER_ID = 2500000001")
