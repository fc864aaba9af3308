"""One new person and one document in two companies: both are asked about, and both companies load."""

import csv
from pathlib import Path

import polars as pl
import pytest
from sample_runs import assert_clear, by_company, day1, findings, reconciled

from samples.make import make

pytestmark = pytest.mark.runs


TWICE = {"M09", "H02"}


def held(workspace: Path) -> set[tuple[str, str]]:
    return {(row["company"], row["rule"]) for row in findings(workspace) if row["rule"] in TWICE}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    make(tmp_path / "deliveries", companies=("C16", "C17"), people=24, defects=("D71", "D72"))
    return tmp_path


def test_both_are_held_and_both_load(workspace: Path) -> None:
    assert_clear(day1(workspace, "run"), 1)
    assert held(workspace) == {(code, rule) for code in ("C16", "C17") for rule in TWICE}
    found = by_company(reconciled(workspace))
    assert [one["differences"] for one in found.values()] == [[], []]
    with (workspace / "deliveries/expected_findings.csv").open(encoding="utf-8", newline="") as file:
        expected = {(row["source_file"], row["source_row"]) for row in csv.DictReader(file)}
    assert sum(file["set_aside"] for one in found.values() for file in one["files"]) == len(expected)


@pytest.mark.long
def test_what_is_loaded_already_stays_until_somebody_answers(workspace: Path) -> None:
    assert day1(workspace, "run", "--company", "C17").returncode == 0
    assert_clear(day1(workspace, "run"), 1)
    assert held(workspace) == {("C16", rule) for rule in TWICE}
    assert_clear(day1(workspace, "run"), 1)
    assert held(workspace) == {("C16", rule) for rule in TWICE}
    assert day1(workspace, "decisions", "export").returncode == 0
    answers = ["rule,shared,answer,who,when,why"]
    answers += [f"{rule},{name},C16,Zed,2021-06-20,seen" for rule, name in asked(workspace)]
    (workspace / "decisions").mkdir(exist_ok=True)
    (workspace / "decisions" / "across.csv").write_text("\n".join(answers) + "\n", encoding="utf-8")
    assert_clear(day1(workspace, "run"), 1)
    assert held(workspace) == {("C17", rule) for rule in TWICE}
    assert [one["differences"] for one in by_company(reconciled(workspace)).values()] == [[], []]


def asked(workspace: Path) -> list[tuple[str, str]]:
    return pl.read_parquet(workspace / "work/day-1/across.parquet").select("rule", "shared").unique().rows()


def test_a_run_in_which_every_company_is_refused_ends_in_a_sentence(tmp_path: Path) -> None:
    make(tmp_path / "deliveries", companies=("C06",), people=24)
    (next((tmp_path / "deliveries/day-1/C06").glob("*_staff.xlsx"))).write_bytes(b"no workbook")
    assert_clear(day1(tmp_path, "run"), 4)
