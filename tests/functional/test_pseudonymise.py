"""`day1 pseudonymise`: what it refuses, what it writes, and that nothing of the source stands in it."""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from personal_values import personal_values, text_of
from sample_runs import assert_clear, day1

from samples.defects.plan import CARRIED
from samples.deltas import CHANGED, Edit, make_delta
from samples.make import make

KEY = "a key of the tests, of no use elsewhere"
COMPANIES = ("C03", "C04", "C17")
"""One for every container: text, CSV, JSON, XML and workbooks."""


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Damaged deliveries."""
    folder = tmp_path_factory.mktemp("source") / "deliveries"
    make(folder, companies=COMPANIES, people=60, defects=CARRIED)
    return folder


@pytest.fixture(scope="module")
def copy(deliveries: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their copy."""
    return copied(deliveries, tmp_path_factory.mktemp("copy"))


def key_file(folder: Path, key: str = KEY) -> Path:
    """A file with a key."""
    file = folder / "pseudonym.key"
    file.write_text(key, "utf-8")
    file.chmod(0o600)
    return file


def copied(deliveries: Path, folder: Path, key: str = KEY) -> Path:
    """The copy of `deliveries` in `folder`."""
    result = day1(folder, "pseudonymise", str(deliveries), "copy", "--key-file", str(key_file(folder, key)))
    assert_clear(result, 0)
    return folder / "copy"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_personal_value_stands_in_any_byte_of_the_copy(deliveries: Path, copy: Path) -> None:
    values = personal_values(deliveries)
    assert len(values) > 5_000
    texts = {path: text_of(path) for path in copy.rglob("*") if path.is_file()}
    assert {value: path.name for path, text in texts.items() for value in values if value in text} == {}


def test_nobody_keeps_his_date_of_birth(deliveries: Path, copy: Path) -> None:
    name = "day-1/baseline/N00_delius_OFFENDER.txt"
    before, after = (
        (folder / name).read_bytes().decode("cp1252").split("\r\n") for folder in (deliveries, copy)
    )
    born = before[0].split("|").index("DATE_OF_BIRTH_DATE")
    pairs = [
        (one.split("|")[born], other.split("|")[born])
        for one, other in zip(before[1:-1], after[1:-1], strict=True)
    ]
    assert [one for one, other in pairs if one == other and one[:5] not in ("01/01", "29/02")] == []
    assert [one for one, other in pairs if one[6:] != other[6:]] == []


def test_every_file_of_a_delivery_is_there_and_its_manifest_is_true(deliveries: Path, copy: Path) -> None:
    expected = {name for name in contents(deliveries) if name != "expected_findings.csv"}
    assert {*contents(copy)} == expected
    for manifest in copy.rglob("delivery.toml"):
        for file in tomllib.loads(manifest.read_text("utf-8"))["file"]:
            content = (manifest.parent / file["name"]).read_bytes()
            assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_texts_keep_their_bytes_but_for_letters_and_digits(deliveries: Path, copy: Path) -> None:
    before, after = contents(deliveries), contents(copy)
    other = [name for name in after if name.endswith((".txt", ".jsonl")) and "CONTACT" not in name]
    assert [name for name in other if len(before[name]) != len(after[name])] == []
    marks = bytes(one for one in range(128) if not chr(one).isalnum())
    signs = bytes(one for one in range(256) if one not in marks)
    assert [
        name for name in other if before[name].translate(None, signs) != after[name].translate(None, signs)
    ] == []


def test_the_same_key_gives_the_same_bytes_and_another_key_others(
    deliveries: Path, copy: Path, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one = contents(copied(deliveries / "day-1/C04", tmp_path / "one"))
    assert one == contents(copy / "day-1/C04")
    other = contents(copied(deliveries / "day-1/C04", tmp_path / "other", KEY[::-1]))
    assert other["C04_delius_OFFENDER.txt"] != one["C04_delius_OFFENDER.txt"]


def test_without_a_key_nothing_is_written(deliveries: Path, tmp_path: Path) -> None:
    result = day1(tmp_path, "pseudonymise", str(deliveries), "copy")
    assert_clear(result, 2)
    assert result.stderr.startswith("day1: There is no key")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("day-1", "there", "there is there already"),
        ("nowhere", "copy", "nowhere is no folder"),
        ("day-1", "day-1/copy", "day-1/copy lies in day-1"),
        ("there", "copy", "No delivery is below there"),
    ],
)
def test_a_wrong_folder_is_refused(source: str, target: str, told: str, tmp_path: Path) -> None:
    for name in ("day-1/C04", "there"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "day-1/C04/delivery.toml").write_text('company = "C04"\n', "utf-8")
    before = {*tmp_path.rglob("*")} | {key_file(tmp_path)}
    result = day1(tmp_path, "pseudonymise", source, target, "--key-file", "pseudonym.key")
    assert_clear(result, 2)
    assert told in result.stderr
    assert {*tmp_path.rglob("*")} == before


def test_a_new_column_is_refused_and_nothing_is_left(deliveries: Path, tmp_path: Path) -> None:
    (tmp_path / "C04").mkdir()
    for name, content in contents(deliveries / "day-1/C04").items():
        lines = content.split(b"\r\n")
        if name == "C04_delius_TEAM.txt":
            content = b"\r\n".join([lines[0] + b"|HOME_TELEPHONE", *(line + b"|077" for line in lines[1:])])
        (tmp_path / "C04" / name).write_bytes(content)
    result = day1(tmp_path, "pseudonymise", "C04", "copy", "--key-file", str(key_file(tmp_path)))
    assert_clear(result, 4)
    assert "HOME_TELEPHONE" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["C04", "pseudonym.key"]


def test_what_nobody_agreed_to_is_left_empty(deliveries: Path, tmp_path: Path) -> None:
    source = tmp_path / "C04"
    source.mkdir()
    (source / "delivery.toml").write_bytes((deliveries / "day-1/C04/delivery.toml").read_bytes())
    (source / "Jane Roe.docx").write_text("Jane Roe", "utf-8")
    (source / "C04_estates.xlsx").symlink_to(tmp_path / "elsewhere")
    result = day1(
        tmp_path, "pseudonymise", "C04", "copy", "--key-file", str(key_file(tmp_path)), "--format", "json"
    )
    assert_clear(result, 0)
    assert json.loads(result.stdout)[0]["emptied"] == 1
    (other,) = (
        path for path in (tmp_path / "copy").rglob("*") if path.name != "delivery.toml" and path.is_file()
    )
    assert (other.suffix, other.stat().st_size, "Jane" in other.name) == (".docx", 0, False)


def test_a_delta_names_whom_its_full_delivery_names(deliveries: Path, copy: Path, tmp_path: Path) -> None:
    edits = [
        Edit(name, CHANGED, lambda _: True)
        for name in ("C04_delius_OFFENDER.txt", "C04_documents.csv", "C04_staff.xlsx")
    ]
    make_delta(deliveries / "day-1/C04", tmp_path / "late/delta-01/C04", "delta-01", edits)
    full, delta = copy / "day-1/C04", copied(tmp_path / "late", tmp_path) / "delta-01/C04"
    changed, first = (
        (folder / "C04_delius_OFFENDER.txt").read_bytes().split(b"\r\n")[1] for folder in (delta, full)
    )
    assert changed.split(b"|", 1)[1].split(b"|")[:3] == first.split(b"|")[:3]
    values = personal_values(tmp_path / "late")
    texts = [text_of(path) for path in delta.iterdir()]
    assert len(values) > 10
    assert [value for value in values if any(value in text for text in texts)] == []
