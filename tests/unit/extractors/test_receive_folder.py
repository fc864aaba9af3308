"""F02, F03, F12, F13: the right files, unchanged, of the right exports, after the right delivery."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from delivery_copies import Copy

CopyOf = Callable[[str], Copy]


@pytest.mark.parametrize("company", ["C06", "C17"])
def test_a_clean_delivery_has_no_finding(copy_of: CopyOf, company: str) -> None:
    receipt = copy_of(company).receive()
    assert receipt.findings.is_empty()
    assert not receipt.is_blocked


def test_the_baseline_is_received_like_a_company(clean_cycle: Path) -> None:
    copy = Copy(clean_cycle / "baseline", "N00")
    assert copy.rules() == []


def test_rows_are_counted_by_file(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    assert copy.receive().rows == {file["name"]: file["rows"] for file in copy.manifest["file"]}


def test_a_file_that_is_missing(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    (copy.folder / "C06_delius_NSI.txt").unlink()
    assert copy.rules() == [("F02", "C06_delius_NSI.txt")]


def test_a_file_that_the_manifest_does_not_name(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    (copy.folder / "notes.txt").write_text("x", encoding="utf-8")
    assert copy.rules() == [("F02", "notes.txt")]


def test_a_folder_in_the_delivery(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    (copy.folder / "old").mkdir()
    assert copy.rules() == [("F02", "old")]


def test_the_baseline_may_bring_the_clients_tables_and_a_company_may_not(
    copy_of: CopyOf, clean_cycle: Path, tmp_path: Path
) -> None:
    baseline = Copy(Path(shutil.copytree(clean_cycle / "baseline", tmp_path / "baseline")), "N00")
    company = copy_of("C06")
    for copy in (baseline, company):
        (copy.folder / "reference").mkdir()
    assert (baseline.rules(), company.rules()) == ([], [("F02", "reference")])


def test_a_link_is_no_delivered_file(copy_of: CopyOf, tmp_path: Path) -> None:
    copy = copy_of("C06")
    path = copy.folder / "C06_upw.xlsx"
    path.rename(tmp_path / "elsewhere.xlsx")
    path.symlink_to(tmp_path / "elsewhere.xlsx")
    assert copy.rules() == [("F02", "C06_upw.xlsx")]


def test_a_file_changed_after_the_manifest_was_written(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    path = copy.folder / "C06_delius_TEAM.txt"
    path.write_bytes(path.read_bytes().replace(b"Y", b"N"))
    assert copy.rules() == [("F03", "C06_delius_TEAM.txt")]


def test_a_file_of_another_size(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.entry("C06_delius_TEAM.txt")["bytes"] += 1
    copy.save()
    assert copy.rules() == [("F03", "C06_delius_TEAM.txt")]


def test_a_checksum_in_capitals_is_the_same(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    copy.entry("C17_spg_001.xml")["sha256"] = copy.entry("C17_spg_001.xml")["sha256"].upper()
    copy.save()
    assert copy.rules() == []


@pytest.mark.parametrize(
    ("company", "name"),
    [("C06", "C06_delius_NSI.txt"), ("C06", "C06_upw.xlsx"), ("C17", "C17_upw_sessions.csv")],
)
def test_a_file_that_is_not_delivered_at_all(copy_of: CopyOf, company: str, name: str) -> None:
    copy = copy_of(company)
    (copy.folder / name).unlink()
    copy.manifest["file"].remove(copy.entry(name))
    copy.save()
    assert [rule for rule, _ in copy.rules()] == ["F12"]


@pytest.mark.parametrize("export", ["delius", "eoc", "payroll"])
def test_an_export_that_was_not_agreed(copy_of: CopyOf, export: str) -> None:
    copy = copy_of("C17")
    copy.entry("C17_upw_projects.csv")["export"] = export
    copy.save()
    assert ("F12", "C17_upw_projects.csv") in copy.rules()


def test_a_file_name_that_was_not_agreed(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    (copy.folder / "C17_upw_sessions.csv").rename(copy.folder / "C17_upw_Sessions.csv")
    copy.entry("C17_upw_sessions.csv")["name"] = "C17_upw_Sessions.csv"
    copy.save()
    assert copy.rules() == [("F12", "C17_upw_Sessions.csv"), ("F12", "C17_upw_sessions.csv")]


def delta_of(copy: Copy, previous: str) -> Copy:
    """`copy` as a delta without a changed file."""
    for file in copy.manifest["file"]:
        (copy.folder / file["name"]).unlink()
    copy.manifest.update(kind="delta", previous=previous, file=[])
    copy.save()
    return copy


def test_a_delta_follows_the_last_accepted_delivery(copy_of: CopyOf) -> None:
    assert delta_of(copy_of("C17"), "delta-01").rules("day-1", "delta-01") == []


@pytest.mark.parametrize("accepted", [(), ("day-1", "delta-01")])
def test_a_delta_that_follows_another_delivery(copy_of: CopyOf, accepted: tuple[str, ...]) -> None:
    assert delta_of(copy_of("C17"), "day-1").rules(*accepted) == [("F13", "delivery.toml")]


def test_a_delta_holds_changed_rows_with_their_change_in_front(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    entry = copy.entry("C17_upw_projects.csv")
    content = (copy.folder / entry["name"]).read_bytes()
    delta_of(copy, "day-1")
    first, second = content.split(b"\r\n")[:2]
    (copy.folder / entry["name"]).write_bytes(b"change," + first + b"\r\nC," + second + b"\r\n")
    copy.manifest["file"] = [entry]
    copy.sign(entry["name"], rows=1, totals={"projects": 1})
    assert copy.rules("day-1") == []
    assert copy.receive("day-1").rows == {entry["name"]: 1}
