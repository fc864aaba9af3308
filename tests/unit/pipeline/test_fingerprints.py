"""When an earlier result is still good."""

from pathlib import Path

from pipeline.storage.fingerprint import PACKAGES, ROOT, fingerprint, folder_fingerprint, program_files


def test_the_order_of_parts_counts() -> None:
    assert fingerprint("a", "b") != fingerprint("b", "a")


def test_a_folder_is_known_by_names_and_contents(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("1", "utf-8")
    first = folder_fingerprint(tmp_path)
    assert folder_fingerprint(tmp_path) == first
    file.write_text("2", "utf-8")
    changed = folder_fingerprint(tmp_path)
    file.rename(tmp_path / "b.csv")
    assert len({first, changed, folder_fingerprint(tmp_path)}) == 3


def test_an_absent_folder_is_like_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert folder_fingerprint(tmp_path / "absent") == folder_fingerprint(tmp_path / "empty")


def test_the_program_is_all_of_our_packages_that_judge_or_write() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in program_files()}
    rooms = {name.split("/")[0] for name in names}
    assert rooms == {*PACKAGES}
    assert {"vocabulary/rules.csv", "mappings/routing/teams.csv", "target/load.py"} <= names
