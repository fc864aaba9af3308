"""`target create --reference`: the client's tables reach the target, and a bad folder leaves none behind."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cli.app import main


def exit_code(monkeypatch: pytest.MonkeyPatch, workspace: Path, reference: Path) -> int | str | None:
    """What `day1 target create --reference` ends with."""
    words = ["target", "create", "--workspace", str(workspace), "--reference", str(reference)]
    monkeypatch.setattr(sys, "argv", ["day1", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of one table."""
    found = tmp_path / "reference"
    found.mkdir()
    (found / "R_CONTACT_TYPE.csv").write_text("CODE,DESCRIPTION\nQX01,Invented\n")
    return found


def test_the_clients_rows_stand_in_the_target(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    assert not exit_code(monkeypatch, tmp_path, folder)
    with closing(sqlite3.connect(tmp_path / "target.db")) as target:
        found = target.execute("SELECT DESCRIPTION FROM R_CONTACT_TYPE WHERE CODE = 'QX01'").fetchall()
    assert found == [("Invented",)]
    kept = tmp_path / "reference" / "R_CONTACT_TYPE.csv"
    assert kept.read_text() == (folder / "R_CONTACT_TYPE.csv").read_text()  # later runs ask it what is known


def test_a_bad_table_is_our_configuration_and_makes_no_target(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "R_CONTACT_TYPE.csv").write_text("CODE\nQX01\n")
    assert exit_code(monkeypatch, tmp_path, folder) == 3
    assert "R_CONTACT_TYPE.csv: the column DESCRIPTION is missing" in capsys.readouterr().err
    assert not (tmp_path / "target.db").exists()
