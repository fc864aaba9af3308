"""Lists of answers are written together: all of them or none."""

from pathlib import Path

import pytest

from pipeline.decisions import write as decision_write
from pipeline.decisions.write import COMING, READY, finish_interrupted, write_all

OLD, NEW = {"codes.csv": "old", "staff.csv": "old"}, {"codes.csv": "new", "staff.csv": "new"}


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_all_lists_are_written_and_nothing_else_stays(tmp_path: Path) -> None:
    write_all(tmp_path, OLD)
    write_all(tmp_path, NEW)
    assert texts(tmp_path) == NEW


def test_a_crash_before_all_are_whole_leaves_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(tmp_path, OLD)
    write = decision_write._write

    def full(path: Path, text: str) -> None:
        if path.name.startswith("staff"):
            raise OSError("no space left")
        write(path, text)

    monkeypatch.setattr(decision_write, "_write", full)
    with pytest.raises(OSError, match="no space"):
        write_all(tmp_path, NEW)
    finish_interrupted(tmp_path)
    assert {name: text for name, text in texts(tmp_path).items() if not name.endswith(COMING)} == OLD


def test_a_crash_after_all_are_whole_is_brought_to_its_end(tmp_path: Path) -> None:
    write_all(tmp_path, OLD)
    for name, text in NEW.items():
        (tmp_path / (name + COMING)).write_text(text, encoding="utf-8")
    (tmp_path / READY).touch()
    finish_interrupted(tmp_path)
    assert texts(tmp_path) == NEW


def test_what_a_cut_import_left_is_not_taken_into_the_next(tmp_path: Path) -> None:
    (tmp_path / f"teams.csv{COMING}").write_text("half", encoding="utf-8")
    write_all(tmp_path, NEW)
    assert texts(tmp_path) == NEW
