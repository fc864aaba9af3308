"""Bad input: a message that names the file and what to do, the right exit code, nothing half written."""

import resource
import shutil
import subprocess
from pathlib import Path

import pytest
from resealed import reseal
from sample_runs import DAY1, assert_clear, changed_tables, day1, dump_of

from samples.make import make

GATEWAY, PROVIDER = "deliveries/day-1/C17", "deliveries/day-1/C06"
BASELINE = "deliveries/day-1/baseline"
ROOM = 300_000
"""Bytes that a file may have when the disk is as good as full: less than the target needs."""
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with few people, not yet run. Not to be changed."""
    workspace = tmp_path_factory.mktemp("small") / "w"
    make(workspace / "deliveries", companies=("C06", "C17"), people=12)
    return workspace


@pytest.fixture
def workspace(small: Path, tmp_path: Path) -> Path:
    """A workspace of one's own."""
    return Path(shutil.copytree(small, tmp_path / "w"))


def refused(workspace: Path, company: str) -> str:
    """Receive refuses the delivery; what it said on stderr."""
    result = day1(workspace, "receive", "--company", company)
    assert_clear(result, 4)
    return result.stderr


def test_a_delivery_without_manifest(workspace: Path) -> None:
    (workspace / GATEWAY / "delivery.toml").unlink()
    assert "delivery.toml" in refused(workspace, "C17")


def test_a_file_with_another_hash(workspace: Path) -> None:
    file = workspace / PROVIDER / "C06_delius_CONTACT.txt"
    file.write_bytes(file.read_bytes().replace(b"2021", b"2020", 1))
    assert file.name in refused(workspace, "C06")


def test_xml_that_is_cut_off(workspace: Path) -> None:
    whole = (workspace / GATEWAY / "C17_spg_001.xml").read_bytes()
    reseal(workspace / GATEWAY, "C17_spg_001.xml", whole[: len(whole) // 2])
    assert "C17_spg_001.xml" in refused(workspace, "C17")


def test_xml_with_entities(workspace: Path) -> None:
    whole = (workspace / GATEWAY / "C17_spg_001.xml").read_bytes()
    declaration, end, rest = whole.partition(b"?>")
    reseal(workspace / GATEWAY, "C17_spg_001.xml", declaration + end + LAUGHS + rest)
    assert "C17_spg_001.xml" in refused(workspace, "C17")


def test_a_workbook_that_is_no_zip(workspace: Path) -> None:
    reseal(workspace / PROVIDER, "C06_upw.xlsx", b"not a workbook" * 100)
    assert "C06_upw.xlsx" in refused(workspace, "C06")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_in_another_encoding(workspace: Path, encoding: str) -> None:
    file = workspace / PROVIDER / "C06_delius_ALIAS.txt"
    reseal(file.parent, file.name, file.read_bytes().decode("cp1252").encode(encoding))
    assert file.name in refused(workspace, "C06")


def test_csv_in_another_encoding(workspace: Path) -> None:
    file = workspace / GATEWAY / "C17_upw_projects.csv"
    reseal(file.parent, file.name, file.read_bytes().decode().encode("utf-16"))
    assert file.name in refused(workspace, "C17")


def test_an_empty_file(workspace: Path) -> None:
    reseal(workspace / PROVIDER, "C06_delius_ALIAS.txt", b"")
    assert "C06_delius_ALIAS.txt" in refused(workspace, "C06")


def test_a_manifest_that_is_no_toml(workspace: Path) -> None:
    (workspace / GATEWAY / "delivery.toml").write_bytes(b"\xff\xfe company = ")
    assert "delivery.toml" in refused(workspace, "C17")


def test_a_baseline_that_is_broken_stops_everybody(workspace: Path) -> None:
    (workspace / BASELINE / "N00_delius_OFFENDER.txt").unlink()
    result = day1(workspace, "run")
    assert_clear(result, 4)
    assert "N00_delius_OFFENDER.txt" in result.stderr
    assert not (workspace / "target.db").exists()


def test_no_baseline(workspace: Path) -> None:
    shutil.rmtree(workspace / BASELINE)
    result = day1(workspace, "run")
    assert_clear(result, 4)
    assert "baseline" in result.stderr
    assert not (workspace / "target.db").exists()


def test_a_company_that_does_not_exist(workspace: Path) -> None:
    result = day1(workspace, "run", "--company", "C99")
    assert result.returncode == 2
    assert "C99" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_company_without_delivery(workspace: Path) -> None:
    result = day1(workspace, "run", "--company", "C08")
    assert_clear(result, 4)
    assert "C08" in result.stderr


@pytest.mark.parametrize("folder", ["deliveries", "deliveries/day-1"])
def test_deliveries_that_are_empty(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    result = day1(tmp_path, "run")
    assert_clear(result, 3)
    assert "deliveries" in result.stderr


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/none",
        "sqlite:////no/such/folder/target.db",
        "mysql://x/y",
        "nonsense",
    ],
)
def test_a_target_that_cannot_be_reached(workspace: Path, url: str) -> None:
    result = day1(workspace, "run", "--target", url)
    assert_clear(result, 5)
    assert len(result.stderr.strip().splitlines()[-1]) > len("day1: ")


def test_a_target_that_is_something_else(loaded: Path) -> None:
    (loaded / "target.db").write_bytes(b"Sample text, not a database. " * 100)
    assert_clear(day1(loaded, "run"), 5)


def test_a_full_disk_leaves_the_target_as_it_was(loaded: Path) -> None:
    assert day1(loaded, "undo", "--company", "C17").returncode == 0
    before = dump_of(loaded / "target.db")
    result = subprocess.run(
        [DAY1, "load"],
        cwd=loaded,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)),
    )
    assert_clear(result, 5)
    assert "target.db" in result.stderr
    assert changed_tables(before, dump_of(loaded / "target.db")) == []
    assert day1(loaded, "run").returncode == 0
