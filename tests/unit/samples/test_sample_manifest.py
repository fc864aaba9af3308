"""The manifest names every file, with its size, hash, rows and totals."""

import hashlib
from pathlib import Path

import pytest
from sample_world import csv_rows, manifest, messages, table

FOLDERS = ("baseline", "C01", "C06", "C10", "C11", "C17", "C21")


@pytest.mark.parametrize("name", FOLDERS)
def test_folder_holds_what_the_manifest_names_and_nothing_else(clean: Path, name: str) -> None:
    named = {file["name"] for file in manifest(clean / name)["file"]}
    assert {path.name for path in (clean / name).iterdir()} == {*named, "delivery.toml"}


@pytest.mark.parametrize("name", FOLDERS)
def test_size_and_hash_are_those_of_the_file(clean: Path, name: str) -> None:
    for file in manifest(clean / name)["file"]:
        content = (clean / name / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def entry(folder: Path, name: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = next(
        file for file in manifest(folder)["file"] if file["name"].endswith(name)
    )
    return found


def test_totals_of_a_table(clean: Path) -> None:
    rows = table(clean / "C06", "UPW_DETAILS")
    ordered = sum(int(row["UPW_LENGTH_MINUTES"]) for row in rows)
    assert entry(clean / "C06", "UPW_DETAILS.txt")["totals"] == {"upw_minutes_ordered": ordered}


def test_totals_of_a_manager_table_count_active_rows(clean: Path) -> None:
    rows = table(clean / "C06", "RQMNT_MANAGER")
    active = sum(row["ACTIVE_FLAG"] == "1" for row in rows)
    assert entry(clean / "C06", "_RQMNT_MANAGER.txt")["totals"] == {"active_rows": active}
    assert active < len(rows)


def test_parts_of_an_interchange_add_up(clean: Path) -> None:
    file = entry(clean / "C17", "spg_001.xml")
    found = messages(clean / "C17" / "C17_spg_001.xml")
    assert sum(file["rows_by_part"].values()) == file["rows"] == len(found)


def test_totals_of_a_schedule_are_minutes(clean: Path) -> None:
    rows = csv_rows(clean / "C17" / "C17_upw_sessions.csv")
    credited = sum(int(row["minutes_credited"] or 0) for row in rows)
    assert entry(clean / "C17", "upw_sessions.csv")["totals"]["upw_minutes_credited"] == credited
