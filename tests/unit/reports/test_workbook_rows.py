"""The rows behind the counts: as many as a person reads, no rule crowded out, all of them as CSV."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from planted import BARE, HELD

from reports.data import Reconciliation
from reports.workbook import rows as workbook_rows
from reports.workbook.rows import difference_rows, finding_rows, rows_left


@pytest.fixture(autouse=True)
def _small_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_rows, "CAP", 10)


def test_the_cap_is_stated_and_the_list_is_whole(findings: pl.DataFrame, tmp_path: Path) -> None:
    table = finding_rows(pl.concat([findings] * 20), tmp_path / "many.xlsx")
    assert table.title == "Findings row by row: 10 of 40. All of them: many.findings.csv"
    assert len(table.rows) == 10
    assert pl.read_csv(tmp_path / "many.findings.csv").height == 40


def test_a_rule_with_many_rows_leaves_room_for_the_others(findings: pl.DataFrame, tmp_path: Path) -> None:
    worst, other = findings.filter(pl.col("rule") == "T05"), findings.filter(pl.col("rule") == "O05")
    table = finding_rows(pl.concat([*[worst] * 30, *[other] * 2]), tmp_path / "many.xlsx")
    rules = [row[table.header.index("rule")] for row in table.rows]
    assert rules == ["T05"] * 8 + ["O05"] * 2


def test_a_file_name_that_looks_like_a_formula_is_harmless_in_the_csv(
    findings: pl.DataFrame, tmp_path: Path
) -> None:
    finding_rows(findings.with_columns(source_file=pl.lit("=1+1.csv")), tmp_path / "day-1.xlsx")
    written = pl.read_csv(tmp_path / "day-1.findings.csv", infer_schema=False)
    assert written["source_file"].unique().to_list() == ["'=1+1.csv"]


def test_differences_of_an_earlier_run_do_not_stay(differences: pl.DataFrame, tmp_path: Path) -> None:
    difference_rows(differences, tmp_path / "day-1.xlsx")
    assert (tmp_path / "day-1.differences.csv").exists()
    table = difference_rows(differences.clear(), tmp_path / "day-1.xlsx")
    assert (table.title, table.empty) == ("Differences, row by row: 0 of 0", "none")
    assert not (tmp_path / "day-1.differences.csv").exists()


def test_a_table_with_many_differences_leaves_room_for_the_others(
    differences: pl.DataFrame, tmp_path: Path
) -> None:
    contact = differences.with_columns(proof=pl.lit("unchanged"), table=pl.lit("CONTACT"))
    table = difference_rows(pl.concat([*[differences] * 30, *[contact] * 2]), tmp_path / "many.xlsx")
    assert table.title == "Differences, row by row: 10 of 32. All of them: many.differences.csv"
    assert [row[1] for row in table.rows] == ["field"] * 8 + ["unchanged"] * 2


def test_every_row_that_is_left_lies_beside(reconciliation: Reconciliation, tmp_path: Path) -> None:
    company = replace(reconciliation.companies[0], left=(HELD, BARE) * 8)
    table = rows_left(replace(reconciliation, companies=(company,)), tmp_path / "many.xlsx")
    assert table.title == "Rows that stay with a closing company: 10 of 16. All of them: many.left.csv"
    written = pl.read_csv(tmp_path / "many.left.csv", infer_schema=False)
    assert (written.height, written["person"].unique().sort().to_list()) == (16, ["1200", "1201"])
    rows_left(reconciliation, tmp_path / "many.xlsx")
    assert not (tmp_path / "many.left.csv").exists()
