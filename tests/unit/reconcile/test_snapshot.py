"""The target before and after, row by row: whatever a row becomes is seen, and its field named."""

import json
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

import reconcile.target.rows
from reconcile.target.rows import read_columns, read_lines, values_of
from reconcile.target.snapshot import Snapshot, TableChange, compare_with, take_snapshot
from target.database import transaction
from vocabulary.errors import ConfigError

PERSON = 2500000001
SURNAME, UPDATED = "SURNAME", "LAST_UPDATED_DATETIME"
BOTH, SQLITE = "both", "sqlite"
CHANGES = {
    "trailing blank": (SURNAME, "SURNAME || ' '", BOTH),
    "leading blank": (SURNAME, "' ' || SURNAME", BOTH),
    "letter case": (SURNAME, "upper(SURNAME)", BOTH),
    "a quote": (SURNAME, "SURNAME || ''''", BOTH),
    "nothing but quotes": (SURNAME, "''''''", BOTH),
    "the word NULL": ("SECOND_NAME", "'NULL'", BOTH),
    "an empty text": ("SECOND_NAME", "''", SQLITE),
    "composed letter": (SURNAME, "'Zzbra' || char(776) || 'mwick'", SQLITE),
    "one second": (UPDATED, "'2021-06-24 16:05:10'", BOTH),
    "part of a second": (UPDATED, "'2021-06-24 16:05:09.000001'", SQLITE),
    "row version": ("ROW_VERSION", "ROW_VERSION + 1", BOTH),
    "number as text": ("ROW_VERSION", "CAST(X'33' AS BLOB)", SQLITE),
    "bytes for text": (SURNAME, "CAST(SURNAME AS BLOB)", SQLITE),
    "undecodable": (SURNAME, "CAST(X'5A7AFF' AS TEXT)", SQLITE),
    "behind a NUL": (SURNAME, "SURNAME || char(0) || 'Qx'", SQLITE),
}
"""What happens to a field: its column, what it becomes in SQL, and which database can hold that."""


def change_of(engine: sa.Engine, folder: Path, *statements: str) -> dict[str, TableChange]:
    """What is different after `statements`, which are rolled back."""
    with transaction(engine, dry_run=True) as connection:
        take_snapshot(connection, folder)
        for statement in statements:
            connection.exec_driver_sql(statement)
        return compare_with(Snapshot.open(folder), connection, folder)


def changed(case: str) -> str:
    column, value, _ = CHANGES[case]
    return f"UPDATE OFFENDER SET {column} = {value} WHERE OFFENDER_ID = {PERSON}"


@pytest.mark.parametrize("case", CHANGES)
def test_a_changed_field_is_named(case: str, target: sa.Engine, tmp_path: Path) -> None:
    (change,) = change_of(target, tmp_path, "PRAGMA ignore_check_constraints = ON", changed(case)).values()
    # Where the text of the two values is alike, the row is named alone.
    assert change.changed.select("key", "column").rows() in (
        [(str(PERSON), CHANGES[case][0])],
        [(str(PERSON), "")],
    )


def test_a_changed_field_is_named_on_postgres(postgres: sa.Engine, tmp_path: Path) -> None:
    for case, (column, _, where) in CHANGES.items():
        if where == BOTH:
            changes = change_of(postgres, tmp_path / case, changed(case))
            assert list(changes) == ["OFFENDER"], case
            change = changes["OFFENDER"]
            assert change.changed.select("key", "column").rows() == [(str(PERSON), column)], case


def test_nothing_is_different_while_nothing_changes(target: sa.Engine, tmp_path: Path) -> None:
    assert change_of(target, tmp_path) == {}


def test_nothing_is_different_on_postgres_while_nothing_changes(postgres: sa.Engine, tmp_path: Path) -> None:
    """Keys of one digit and of two: the rows come in the order of the numbers, not of their text."""
    assert change_of(postgres, tmp_path) == {}


def test_rows_gone_and_rows_added_are_told_with_their_keys(target: sa.Engine, tmp_path: Path) -> None:
    changes = change_of(
        target,
        tmp_path,
        "PRAGMA defer_foreign_keys = ON",
        "DELETE FROM CONTACT WHERE CONTACT_ID = 2500003301",
        "UPDATE REGISTRATION SET REGISTRATION_ID = 7",
    )
    told = {
        name: (one.missing["key"].to_list(), one.inserted["key"].to_list()) for name, one in changes.items()
    }
    assert told == {"CONTACT": (["2500003301"], []), "REGISTRATION": (["2500003501"], ["7"])}


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_parts_of_any_size_tell_the_same(
    rows: int, target: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows before, between and behind the ranges that were read, and at their edges."""
    monkeypatch.setattr(reconcile.target.rows, "ROWS_AT_A_TIME", rows)
    with transaction(target, dry_run=True) as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM TEAM").scalar_one() >= 3
        keys = [key for (key,) in connection.exec_driver_sql("SELECT TEAM_ID FROM TEAM ORDER BY TEAM_ID")]
        take_snapshot(connection, tmp_path)
        added = [keys[0] - 1, keys[-1] + 5]
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(
            "CREATE TEMP TABLE one AS SELECT * FROM TEAM WHERE TEAM_ID = ?", (keys[0],)
        )
        for key in added:
            connection.exec_driver_sql("UPDATE one SET TEAM_ID = ?, CODE = ?", (key, f"X{key}"[-6:]))
            connection.exec_driver_sql("INSERT INTO TEAM SELECT * FROM one")
        connection.exec_driver_sql("DELETE FROM TEAM WHERE TEAM_ID = ?", (keys[1],))
        connection.exec_driver_sql("UPDATE TEAM SET DESCRIPTION = 'Qx' WHERE TEAM_ID = ?", (keys[-1],))
        (change,) = compare_with(Snapshot.open(tmp_path), connection, tmp_path).values()
    assert sorted(change.inserted["key"]) == sorted(map(str, added))
    assert change.missing["key"].to_list() == [str(keys[1])]
    assert change.altered["key"].to_list() == [str(keys[-1])]


def test_a_row_of_a_table_without_key_is_told_when_it_stands_twice(target: sa.Engine, tmp_path: Path) -> None:
    twice = "INSERT INTO ORGANISATION_OFFENDER SELECT * FROM ORGANISATION_OFFENDER LIMIT 1"
    (change,) = change_of(target, tmp_path, twice).values()
    assert (change.inserted.height, change.missing.height, change.altered.height) == (1, 0, 0)
    assert change.inserted["key"].str.ends_with(" #2").all()


def test_one_of_two_equal_rows_without_key_is_told_when_it_goes(target: sa.Engine, tmp_path: Path) -> None:
    copy = "INSERT INTO ORGANISATION_OFFENDER SELECT * FROM ORGANISATION_OFFENDER LIMIT 1"
    with transaction(target, dry_run=True) as connection:
        connection.exec_driver_sql(copy)
        take_snapshot(connection, tmp_path)
        connection.exec_driver_sql(
            "DELETE FROM ORGANISATION_OFFENDER WHERE rowid = (SELECT max(rowid) FROM ORGANISATION_OFFENDER)"
        )
        (change,) = compare_with(Snapshot.open(tmp_path), connection, tmp_path).values()
    assert (change.inserted.height, change.missing.height) == (0, 1)


def test_a_snapshot_of_another_state_has_another_hash(target: sa.Engine, tmp_path: Path) -> None:
    with transaction(target, dry_run=True) as connection:
        first = take_snapshot(connection, tmp_path / "one")
        again = take_snapshot(connection, tmp_path / "two")
        connection.exec_driver_sql("UPDATE OFFENDER SET ROW_VERSION = ROW_VERSION + 1")
        other = take_snapshot(connection, tmp_path / "three")
    assert first == again != other
    assert Snapshot.open(tmp_path / "one").hash == first


def test_a_snapshot_cut_off_half_way_does_not_count(target: sa.Engine, tmp_path: Path) -> None:
    with target.connect() as connection:
        take_snapshot(connection, tmp_path)
    (tmp_path / "snapshot.json").unlink()
    with pytest.raises(ConfigError, match="no snapshot"):
        Snapshot.open(tmp_path)


def test_every_value_comes_back_as_plain_text(target: sa.Engine) -> None:
    statement = "UPDATE OFFENDER SET SURNAME = 'Zz''o''dell', SECOND_NAME = NULL"
    with transaction(target, dry_run=True) as connection:
        connection.exec_driver_sql(statement)
        (lines,) = read_lines(connection, "OFFENDER")
        row = values_of("OFFENDER", lines).row(0, named=True)
        plain = read_columns(connection, "OFFENDER", ["SURNAME", "SECOND_NAME"], f"OFFENDER_ID = {PERSON}")
    assert (row["SURNAME"], row["SECOND_NAME"], row["ROW_VERSION"]) == ("Zz'o'dell", None, "3")
    assert plain.rows() == [(str(PERSON), "Zz'o'dell", None)]


def test_keys_are_looked_up_among_those_of_the_snapshot(target: sa.Engine, tmp_path: Path) -> None:
    with transaction(target, dry_run=True) as connection:
        take_snapshot(connection, tmp_path)
        (key,) = connection.exec_driver_sql("SELECT MAX(TEAM_ID) FROM TEAM").one()
    asked = pl.Series("key", [str(key), f"0{key}", str(key + 1), "0", "A", None])
    assert Snapshot.open(tmp_path).has("TEAM", asked).to_list() == [str(key)]
    assert Snapshot.open(tmp_path).has("NO_SUCH_TABLE_HAS_PARTS", asked).is_empty()


def test_of_the_inserted_rows_those_asked_for_are_read(target: sa.Engine, tmp_path: Path) -> None:
    copies = [
        "CREATE TEMP TABLE more AS SELECT * FROM TEAM LIMIT 1",
        *(
            statement
            for key in (9_000_001, 9_000_002, 9_000_003)
            for statement in (
                f"UPDATE more SET TEAM_ID = {key}, CODE = 'X{key - 9_000_000}'",
                "INSERT INTO TEAM SELECT * FROM more",
            )
        ),
    ]
    (change,) = change_of(target, tmp_path, *copies).values()
    asked = pl.Series("key", ["9000003", "9000001", "9000004"])
    assert change.inserted_rows(asked)["CODE"].to_list() == ["X1", "X3"]
    assert change.inserted_names(asked).to_list() == ["9000001", "9000003"]
    assert change.inserted_rows(pl.Series("key", ["none"])).is_empty()


def test_a_snapshot_of_another_program_is_refused(target: sa.Engine, tmp_path: Path) -> None:
    with target.connect() as connection:
        take_snapshot(connection, tmp_path)
    account = json.loads((tmp_path / "snapshot.json").read_text("utf-8"))
    del account["form"]  # before the form was told
    (tmp_path / "snapshot.json").write_text(json.dumps(account), "utf-8")
    with pytest.raises(ConfigError, match="taken by another day1"):
        Snapshot.open(tmp_path)
