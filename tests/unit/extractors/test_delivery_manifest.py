"""F01: the manifest is present, readable, complete, and of this company, cycle and version."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from delivery_copies import Copy

from extractors.delivery import read_delivery
from extractors.receive import receive

CopyOf = Callable[[str], Copy]
MANIFEST = "delivery.toml"


def test_a_clean_manifest_gives_a_delivery(copy_of: CopyOf) -> None:
    delivery, problems = read_delivery(copy_of("C06").folder, "C06", "day-1")
    assert problems == ()
    assert delivery is not None
    assert [file.name for file in delivery.of("upw")] == ["C06_upw.xlsx"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    receipt = receive(tmp_path / "nowhere", "C06", "day-1")
    assert receipt.is_blocked
    assert receipt.findings.select("rule", "source_file").rows() == [("F01", MANIFEST)]
    assert "is missing" in receipt.problems[0]


@pytest.mark.parametrize(
    "content", [b"", b"company = ", b"\xff\xfe\x00", b"file = 3", b"[[file]]", b"x = nan"]
)
def test_a_manifest_that_cannot_be_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    assert receive(tmp_path, "C06", "day-1").findings["rule"].to_list() == ["F01"]


def test_a_manifest_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    assert receive(tmp_path, "C06", "day-1").findings["rule"].to_list() == ["F01"]


@pytest.mark.parametrize("key", ["spec_version", "company", "cycle", "kind", "extract_taken_at"])
def test_a_missing_key_is_named(copy_of: CopyOf, key: str) -> None:
    copy = copy_of("C17")
    del copy.manifest[key]
    copy.save()
    assert copy.rules() == [("F01", MANIFEST)]
    assert any(key in problem for problem in copy.receive().problems)


@pytest.mark.parametrize("key", ["name", "export", "rows", "bytes", "sha256", "encoding"])
def test_a_missing_key_of_a_file_is_named(copy_of: CopyOf, key: str) -> None:
    copy = copy_of("C17")
    del copy.manifest["file"][1][key]
    copy.save()
    assert copy.rules() == [("F01", MANIFEST)]
    assert f"[[file]] number 2 has no key {key}" in copy.receive().problems[0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("company", "C16"),
        ("cycle", "day-2"),
        ("spec_version", "1.1"),
        ("kind", "half"),
        ("extract_taken_at", "soon"),
    ],
)
def test_another_company_cycle_version_or_kind(copy_of: CopyOf, key: str, value: str) -> None:
    copy = copy_of("C17")
    copy.manifest[key] = value
    copy.save()
    assert copy.rules() == [("F01", MANIFEST)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rows", "12"),
        ("rows", True),
        ("rows", -1),
        ("name", "../C17_spg_001.xml"),
        ("name", ""),
        ("totals", {"persons": '"eight"'}),
        ("totals", {"persons": "true"}),
        ("rows_by_part", {"Event": 1.5}),
    ],
)
def test_a_value_of_the_wrong_kind(copy_of: CopyOf, key: str, value: Any) -> None:
    copy = copy_of("C17")
    copy.manifest["file"][0][key] = value
    copy.save()
    assert ("F01", MANIFEST) in copy.rules()


def test_a_file_listed_twice(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    copy.manifest["file"].append(copy.manifest["file"][0])
    copy.save()
    assert copy.rules() == [("F01", MANIFEST)]


def test_an_encoding_that_was_not_agreed(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.entry("C06_delius_OFFENDER.txt")["encoding"] = "utf-16"
    copy.save()
    assert copy.rules() == [("F01", MANIFEST)]
    assert "C06_delius_OFFENDER.txt" in copy.receive().problems[0]


@pytest.mark.parametrize("spelling", ["UTF-8", "utf8", "utf-8-sig"])
def test_another_spelling_of_the_agreed_encoding(copy_of: CopyOf, spelling: str) -> None:
    copy = copy_of("C17")
    copy.entry("C17_spg_001.xml")["encoding"] = spelling
    copy.save()
    assert copy.rules() == []
