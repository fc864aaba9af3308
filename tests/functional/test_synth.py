"""`day1 synth`: what it refuses and prints; a run over what it draws is clean, or finds the damage."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from planted_defects import Damaged, beside, damaged_of, found_in, planted_in
from sample_runs import DAY1, assert_clear, by_company, day1, printed, run_into

COMPANIES = ("C06", "C21")
CHOSEN = [word for company in COMPANIES for word in ("--company", company)]


def synth(folder: Path, *words: str) -> str:
    """Draws into `deliveries` of the folder; what it printed."""
    result = day1(folder, "synth", "deliveries", *CHOSEN, *words)
    assert_clear(result, 0)
    return result.stdout


def test_every_company_is_told_with_rows_and_bytes(tmp_path: Path) -> None:
    told = json.loads(synth(tmp_path, "--people", "24", "--contacts-per-person", "20", "--format", "json"))
    assert [line["company"] for line in told] == [*COMPANIES, "N00"]
    for line in told:
        folder = tmp_path / "deliveries/day-1" / ("baseline" if line["company"] == "N00" else line["company"])
        files = [path for path in folder.iterdir() if path.name != "delivery.toml"]
        assert line["files"] == len(files)
        assert line["bytes"] == sum(path.stat().st_size for path in files)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "deliveries" / "notes.txt"
    kept.parent.mkdir()
    kept.write_text("ours", encoding="utf-8")
    result = day1(tmp_path, "synth", "deliveries", "--people", "30")
    assert_clear(result, 2)
    assert "deliveries is not empty" in result.stderr
    assert [*kept.parent.iterdir()] == [kept]


def test_force_replaces_the_cycle_and_nothing_else(tmp_path: Path) -> None:
    few = ("--people", "4", "--contacts-per-person", "0")
    synth(tmp_path, *few)
    kept, old = tmp_path / "deliveries/notes.txt", tmp_path / "deliveries/day-1/C01/C01_estates.xlsx"
    old.parent.mkdir()
    for path in (kept, old):
        path.write_text("ours", encoding="utf-8")
    synth(tmp_path, *few, "--force")
    assert kept.exists()
    assert sorted(path.name for path in (tmp_path / "deliveries/day-1").iterdir()) == [*COMPANIES, "baseline"]


def test_force_does_not_replace_what_somebody_delivered(tmp_path: Path) -> None:
    delivered = tmp_path / "deliveries/day-1/C01/delivery.toml"
    delivered.parent.mkdir(parents=True)
    delivered.write_text("ours", encoding="utf-8")
    result = day1(tmp_path, "synth", "deliveries", "--people", "30", "--force")
    assert_clear(result, 2)
    assert "was not drawn by synth" in result.stderr
    assert [path.name for path in (tmp_path / "deliveries").rglob("*")] == ["day-1", "C01", "delivery.toml"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--people", "0"), "greater than or equal to 1"),
        (("--people", "250001"), "250,001 people are too many"),
        (("--people", "100", "--damage", "all"), "2 companies need 60 each"),
        (("--people", "200", "--damage", "D00"), "Unknown damage D00"),
        (("--people", "200", "--company", "X99"), "Unknown company X99"),
        (("--people", "200", "--cycle", "../day-1"), "../day-1 is no cycle with a baseline"),
        (("--people", "200", "--wave", "1"), "synth knows no waves"),
        (("--people", "1"), "2 companies need 1 each"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_anything_is_written(
    words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    result = day1(tmp_path, "synth", "deliveries", *CHOSEN, *words)
    assert_clear(result, 2)
    assert told in " ".join(result.stderr.split())
    assert not (tmp_path / "deliveries").exists()


def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    words = [DAY1, "synth", str(tmp_path / "big"), *CHOSEN, "--people", "20000"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as running:
        while not any(tmp_path.glob("big/day-1/C06/*_CONTACT.txt")):
            time.sleep(0.05)
        time.sleep(0.5)
        os.kill(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in told


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with clean deliveries of several parts, run."""
    folder = tmp_path_factory.mktemp("synth_clean")
    synth(folder, "--people", "400")
    assert_clear(run_into(folder), 0)
    return folder


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    """A workspace with damaged deliveries of several parts, run."""
    folder = tmp_path_factory.mktemp("synth_damaged")
    synth(folder, "--people", "400", "--damage", "all")
    run_into(folder)
    return damaged_of(folder)


@pytest.mark.runs
def test_memory_does_not_grow_with_the_number_of_people(tmp_path: Path) -> None:
    few, many = (peak_megabytes(tmp_path / str(people), people) for people in (800, 4_000))
    # Five times the people would be some hundred MB more; what else the machine does moves the peak by 80.
    assert many < 600
    assert many - few < 150


MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A process in between: the peak of a child counts what its parent held when it began, here the tests'."""


def peak_megabytes(folder: Path, people: int) -> float:
    """The most memory that the command takes to draw so many people."""
    words = [DAY1, "synth", str(folder), *CHOSEN, "--people", str(people), "--quiet"]
    command = [sys.executable, "-c", MEASURED, *words]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(told.stdout) / 1024


@pytest.mark.runs
def test_a_run_over_it_is_clean(clean: Path) -> None:
    document = printed(clean)
    assert {code: one["verdict"] for code, one in by_company(document).items()} == dict.fromkeys(
        COMPANIES, "clean"
    )
    for company in document["companies"]:
        assert (company["left"], company["changed_otherwise"], company["differences"]) == ([], 0, [])
        assert {file["set_aside"] + file["unproven"] for file in company["files"]} == {0}


@pytest.mark.runs
def test_every_row_of_the_key_is_found_with_its_rule_and_nothing_else(damaged: Damaged) -> None:
    found, planted = found_in(damaged[0]), planted_in(damaged[0])
    assert planted
    assert set(planted) - found == set()
    assert beside(found, planted) == set()
