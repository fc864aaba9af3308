"""The manifest of a copy: right where it was right, and wrong as it was wrong."""

import hashlib
import re
from pathlib import Path

import pytest

from pseudonyms.manifest import Bytes, copied

TEXT = """spec_version = "2.0"  # checked by Jane Roe
company = "C04"
contact = "Jane Roe"

[[file]]
name = "a.txt"
rows = 7
bytes = {size}
sha256 = "{sha}"
rows_by_part = {{ Staff = 3 }}

[file.totals]
persons = 12
"""


@pytest.fixture
def file(tmp_path: Path) -> Bytes:
    """A file of nine bytes and its copy of eight."""
    (tmp_path / "a").write_bytes(b"Jane Roe\xe9")
    (tmp_path / "b").write_bytes(b"Qxwv Rty")
    return Bytes(tmp_path / "a", tmp_path / "b")


def lines(text: str, file: Bytes) -> dict[str, str]:
    """Key to value of the copy."""
    said = copied(
        text, {"a.txt": file}, lambda value: value.translate(dict.fromkeys(map(ord, "JaneRo"), "x"))
    )
    return dict(line.split(" = ", 1) for line in said.splitlines() if " = " in line)


def test_a_true_manifest_is_true_of_the_copy(file: Bytes) -> None:
    said = lines(TEXT.format(size=9, sha=hashlib.sha256(b"Jane Roe\xe9").hexdigest()), file)
    assert said["bytes"] == "8"
    assert said["sha256"] == f'"{hashlib.sha256(b"Qxwv Rty").hexdigest()}"'
    assert (said["rows"], said["rows_by_part"], said["persons"]) == ("7", "{ Staff = 3 }", "12")


def test_a_wrong_size_and_checksum_stay_as_wrong(file: Bytes) -> None:
    said = lines(TEXT.format(size=11, sha="0" * 64), file)
    assert said["bytes"] == "10"
    assert said["sha256"] == f'"{"0" * 64}"'


def test_remarks_and_unknown_keys_say_nothing(file: Bytes) -> None:
    said = copied(
        TEXT.format(size=9, sha=""), {"a.txt": file}, lambda value: value.replace("Jane Roe", "Qxwv Rty")
    )
    assert "Jane" not in said
    assert 'company = "C04"' in said


def test_one_that_is_no_toml_stays_none(file: Bytes) -> None:
    said = copied(
        'company = "C04\n[[file\nname Jane\n',
        {"a.txt": file},
        lambda value: re.sub("[a-z]", "x", value.lower()),
    )
    assert said == 'company = "C04\n[[xxxx\nxxxx xxxx\n'
