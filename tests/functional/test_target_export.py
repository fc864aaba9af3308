"""`day1 target export`: files which make of the target of the evening before what the loads made of it."""

import csv
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_runs import day1

from target.bulk import schema_of
from target.database import connect, transaction
from target.derived.persons import all_persons
from target.derived.rebuild import rebuild
from target.ledger import OWN_TABLES
from target.schema.shape import table_names
from tests.target_dump import dump
from vocabulary.file_hash import file_hash

FIELD = re.compile(r"^  (\w+) (?:CHAR|DATE|INTEGER|DECIMAL)", re.MULTILINE)


@pytest.fixture(scope="module")
def exported(clean_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the clean run. Not to be changed."""
    workspace = tmp_path_factory.mktemp("exporting") / "w"
    shutil.copytree(clean_run, workspace)
    folder = workspace.parent / "export"
    result = day1(workspace, "target", "export", str(folder))
    assert result.returncode == 0, result.stderr
    assert "target export" in (workspace / "work" / "audit.jsonl").read_text("utf-8")
    return folder


def listed(folder: Path) -> list[dict[str, str]]:
    with (folder / "files.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_file(connection: sqlite3.Connection, control: Path, name: str) -> int:
    """What SQL*Loader does: the fields of the control file, an empty one as NULL."""
    fields = FIELD.findall(control.read_text("utf-8"))
    with control.with_suffix(".dat").open(encoding="utf-8", newline="") as lines:
        rows = [[value or None for value in row] for row in csv.reader(lines)]
    places = ", ".join("?" * len(fields))
    connection.executemany(f"INSERT INTO {name} ({', '.join(fields)}) VALUES ({places})", rows)
    return len(rows)


def apply_export(connection: sqlite3.Connection, folder: Path) -> list[int]:
    """Everything in the order of the numbers; how many rows were not as they were, per table."""
    drifted = []
    for one in listed(folder):
        path = folder / one["file"]
        if path.suffix == ".ctl":
            assert load_file(connection, path, one["table"]) == int(one["rows"])
        elif path.suffix == ".sql":
            statement = path.read_text("utf-8").strip().rstrip(";")
            found = connection.execute(
                re.sub(r"\bDATE\b", "TEXT", statement) if "CREATE" in statement else statement
            )
            if "-drifted" in path.name:
                drifted.append(found.fetchone()[0])
            if "-apply" in path.name:
                assert found.rowcount == int(one["rows"])
    return drifted


def evening(before: Callable[[Path], Path], run: Path, place: Path) -> Path:
    """A copy of the target as it stood on the evening before."""
    return Path(shutil.copy(before(run), place / "target.db"))


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with connect(f"sqlite:///{path}").connect() as connection:
        return {name: rows for name, rows in dump(connection).items() if name not in OWN_TABLES}


def test_the_files_make_what_the_loads_made(
    exported: Path, clean_run: Path, ndelius_before: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = evening(ndelius_before, clean_run, tmp_path)
    with sqlite3.connect(path) as connection:
        assert set(apply_export(connection, exported)) == {0}
    with transaction(connect(f"sqlite:///{path}")) as derived:  # what nDelius works out for itself
        rebuild(derived, all_persons(derived))
    made, loaded = contents(path), contents(clean_run / "target.db")
    assert [name for name in table_names() if made[name] != loaded[name]] == []


def test_a_row_that_has_moved_on_is_counted_before_anything_is_written(
    exported: Path, clean_run: Path, ndelius_before: Callable[[Path], Path], tmp_path: Path
) -> None:
    changed = next(
        one for one in listed(exported) if one["table"] == "RQMNT_MANAGER" and "apply" in one["file"]
    )
    path = evening(ndelius_before, clean_run, tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE RQMNT_MANAGER SET ROW_VERSION = ROW_VERSION + 1")
        assert int(changed["rows"]) in apply_export(connection, exported)


def test_every_file_is_listed_with_its_hash(exported: Path) -> None:
    files = {one["file"]: one["sha256"] for one in listed(exported)}
    there = {path.name for path in exported.iterdir()} - {"files.csv", "README.txt"}
    assert there == files.keys()
    assert all(file_hash(exported / name) == told for name, told in files.items())


def test_every_column_of_a_table_is_exported_or_worked_out_by_ndelius(exported: Path) -> None:
    for path in exported.glob("*.ctl"):
        name = path.stem[4:]
        if name in table_names():
            left = schema_of(name).keys() - {*FIELD.findall(path.read_text("utf-8"))}
            assert {column for column in left if "ARRAY" not in column and "ORGANISATIONS" not in column} <= {
                column for column, kind in schema_of(name).items() if str(kind) == "Binary"
            }


def test_nobody_else_may_read_it(exported: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in (exported, *exported.iterdir())} == {0}


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--company", "C18"), "C18 is not in"), ((), "is not empty")],
    ids=["a company that is not loaded", "a folder with something in it"],
)
def test_what_cannot_be_exported_is_refused(
    words: tuple[str, ...], told: str, clean_run: Path, tmp_path: Path
) -> None:
    (tmp_path / "there").touch()
    result = day1(clean_run, "target", "export", str(tmp_path), *words)
    assert result.returncode in (2, 3)
    assert told in result.stderr


def test_it_refers_to_nothing_that_is_not_there(
    exported: Path, clean_run: Path, ndelius_before: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = evening(ndelius_before, clean_run, tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        apply_export(connection, exported)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
