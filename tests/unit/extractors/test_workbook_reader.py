"""Workbooks: cells as text, rows as shown, dates right in both date systems, no formula computed."""

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from written_files import source

from extractors.problem import Problem
from extractors.readers import workbook
from extractors.readers.source import Chunk, Source

Rows = Sequence[dict[str, Any]]


def book(found: Source, *, is_1904: bool = False, titles: int = 0, **sheets: Rows) -> Workbook:
    """A workbook with all sheets of `found`; `sheets` are rows of word to cell by entity."""
    made = Workbook()
    made.remove(made.active)
    if is_1904:
        made.epoch = CALENDAR_MAC_1904
    for part in found.parts:
        sheet = made.create_sheet(part.delivered_as)
        for number in range(titles):
            sheet.append([f"title {number}"])
        sheet.append(list(part.headers))
        for row in sheets.get(part.entity, ()):
            sheet.append([row.get(word) for word in part.headers.values()])
    return made


def read(found: Source, made: Workbook, entity: str) -> tuple[pl.DataFrame, pl.DataFrame, list[Problem]]:
    """Rows and findings of one entity, problems of the whole file."""
    made.save(found.path)
    pieces = list(workbook.read(found))
    chunks = [piece for piece in pieces if isinstance(piece, Chunk) and piece.part.entity == entity]
    frame = chunks[0].frame if chunks else pl.DataFrame()
    findings = chunks[0].findings if chunks else pl.DataFrame()
    return frame, findings, [piece for piece in pieces if isinstance(piece, Problem)]


def rewrite(path: Path, pattern: bytes, by: bytes) -> None:
    """Rewrites what fits `pattern` in the sheets of the workbook, as another program would have saved it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            changed = re.sub(pattern, by, content) if name.startswith("xl/worksheets/") else content
            archive.writestr(name, changed)


@pytest.fixture
def sodexo(tmp_path: Path) -> Source:
    return source(tmp_path / "C01_upw.xlsx", "C01", "upw")


@pytest.mark.parametrize(
    ("company", "is_1904", "titles"), [("C01", False, 0), ("C08", False, 2), ("C11", True, 2)]
)
def test_date_and_time_cells(tmp_path: Path, company: str, is_1904: bool, titles: int) -> None:
    found = source(tmp_path / f"{company}_upw.xlsx", company, "upw")
    row = {
        "date": dt.date(2021, 1, 12),
        "start_time": dt.time(9, 30),
        "end_time": dt.time(0, 0),
        "offered": 7.5,
    }
    made = book(found, is_1904=is_1904, titles=titles, upw_session=[row])
    frame, findings, problems = read(found, made, "upw_session")
    assert frame.select("date", "start_time", "end_time", "offered").row(0) == (
        "2021-01-12",
        "09:30",
        "00:00",
        "7.5",
    )
    assert frame["date_system"].item() == ("1904" if is_1904 else "1900")
    assert frame["row_number"].item() == titles + 2
    assert findings.is_empty()
    assert problems == []


@pytest.mark.parametrize("is_1904", [False, True])
def test_a_number_in_a_date_column_stays_a_number(sodexo: Source, is_1904: bool) -> None:
    made = book(sodexo, is_1904=is_1904, upw_session=[{"date": 44197, "offered": 120}])
    assert read(sodexo, made, "upw_session")[0].select("date", "offered").row(0) == ("44197", "120")


@pytest.mark.parametrize("is_1904", [False, True])
def test_a_duration_beyond_a_day(sodexo: Source, is_1904: bool) -> None:
    made = book(sodexo, is_1904=is_1904, upw_placement=[{"ordered": dt.timedelta(hours=120, minutes=5)}])
    assert read(sodexo, made, "upw_placement")[0]["ordered"].item() == "120:05"


@pytest.mark.parametrize("stored", [b"><v>%s</v>", b"><f>C2</f><v>%s</v>"], ids=["number", "formula"])
@pytest.mark.parametrize(
    ("noisy", "read_as"),
    [
        (b"21500.000000000004", "21500"),
        (b"22.200000000000003", "22.2"),
        (b"0.79999999999999993", "0.8"),
        (b"2.1500000000000004E4", "21500"),
    ],
)
def test_the_noise_of_a_computed_number_is_no_part_of_it(
    tmp_path: Path, noisy: bytes, read_as: str, stored: bytes
) -> None:
    found = source(tmp_path / "C01_staff.xlsx", "C01", "staff")
    book(found, employee=[{"employee_ref": "P1", "salary": 77, "fte": 77}]).save(found.path)
    rewrite(found.path, rb' t="n"><v>77</v>', stored % noisy)
    (chunk,) = (piece for piece in workbook.read(found) if isinstance(piece, Chunk))
    assert chunk.frame.select("salary", "fte").row(0) == (read_as, read_as)


def test_rows_are_numbered_as_shown_and_blank_ones_skipped(sodexo: Source) -> None:
    made = book(sodexo, upw_session=[{"session_ref": "S1"}, {}, {"session_ref": "S2"}])
    frame, _, _ = read(sodexo, made, "upw_session")
    assert frame.select("source_row", "session_ref").rows() == [("Sessions!2", "S1"), ("Sessions!4", "S2")]


def test_leading_zeros_and_blanks_stay(sodexo: Source) -> None:
    frame, _, _ = read(
        sodexo, book(sodexo, upw_session=[{"session_ref": "007", "note": " x "}]), "upw_session"
    )
    assert frame.select("session_ref", "note", "outcome").row(0) == ("007", " x ", "")


def test_a_cell_right_of_the_header(sodexo: Source) -> None:
    made = book(sodexo, upw_session=[{"session_ref": "S1"}, {"session_ref": "S2"}])
    made["Sessions"].cell(row=3, column=40, value="more")
    _, findings, _ = read(sodexo, made, "upw_session")
    assert findings.select("source_row", "rule").rows() == [("Sessions!3", "T01")]


def test_text_like_a_formula(sodexo: Source) -> None:
    made = book(sodexo, upw_project=[{"code": "P1"}])
    cell = made["Projects"]["B2"]
    cell.value, cell.data_type = "=SUM(A1)", "s"
    frame, findings, _ = read(sodexo, made, "upw_project")
    assert frame["name"].item() == "=SUM(A1)"
    assert findings.select("rule", "column").rows() == [("T09", "name")]


def test_a_formula_without_a_stored_result_is_shown_and_not_computed(sodexo: Source) -> None:
    made = book(sodexo, upw_project=[{"code": "P1", "name": '=HYPERLINK("x")', "capacity": "=2*4"}])
    frame, findings, _ = read(sodexo, made, "upw_project")
    assert frame.select("name", "capacity").row(0) == ('=HYPERLINK("x")', "=2*4")
    assert findings.select("rule", "column").rows() == [("T09", "name;capacity")]


@pytest.mark.parametrize(
    ("stored", "read_as"),
    [
        (b' t="str"><f>A1</f><v>Sample hall</v>', "Sample hall"),
        (b"><f>A1</f><v>7</v>", "7"),
        (b' t="b"><f>A1</f><v>1</v>', "true"),
        (b' t="str"><f>A1</f><v></v>', ""),
        (b' t="e"><f>A1</f><v>#N/A</v>', "#N/A"),
        (b"><f>A1</f>", "=A1"),
    ],
)
def test_the_stored_result_of_a_formula_is_the_value(sodexo: Source, stored: bytes, read_as: str) -> None:
    book(sodexo, upw_project=[{"code": "P1", "name": "=A1"}]).save(sodexo.path)
    rewrite(sodexo.path, rb"><f>A1</f><v ?/?>(</v>)?", stored)
    (chunk,) = (piece for piece in workbook.read(sodexo) if isinstance(piece, Chunk))
    assert chunk.frame["name"].item() == read_as
    assert chunk.findings.select("rule", "column").rows() == [("T09", "name")]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"])
def test_a_cell_that_failed_is_no_blank(sodexo: Source, error: str) -> None:
    made = book(sodexo, upw_session=[{}, {"session_ref": "S1"}])
    cell = made["Sessions"]["J2"]
    cell.value, cell.data_type = error, "e"
    frame, _, problems = read(sodexo, made, "upw_session")
    assert [error in row for row in frame.rows()] == [True, False]
    assert problems == []


def test_odd_cells_are_counted_from_the_first_filled_column(sodexo: Source) -> None:
    made = book(sodexo, upw_project=[{"code": "P1", "name": "=A1"}])
    made["Projects"].insert_cols(1, 2)
    frame, findings, _ = read(sodexo, made, "upw_project")
    assert frame.select("code", "name").row(0) == ("P1", "=A1")
    assert findings.select("rule", "column").rows() == [("T09", "name")]


def test_a_missing_sheet(sodexo: Source) -> None:
    made = book(sodexo)
    made.remove(made["Sessions"])
    _, _, (problem,) = read(sodexo, made, "upw_session")
    assert problem.rule == "F11"
    assert "Sessions" in problem.message


def test_a_filled_sheet_that_was_not_agreed(sodexo: Source) -> None:
    made = book(sodexo)
    made.create_sheet("Notes")["A1"] = "x"
    assert [problem.rule for problem in read(sodexo, made, "upw_session")[2]] == ["F11"]


def test_an_empty_sheet_does_no_harm(sodexo: Source) -> None:
    made = book(sodexo, upw_session=[{"session_ref": "S1"}])
    made.create_sheet("Sheet1")
    frame, _, problems = read(sodexo, made, "upw_session")
    assert frame.height == 1
    assert problems == []


def test_a_sheet_without_its_header(sodexo: Source) -> None:
    made = book(sodexo)
    made["Sessions"].delete_rows(1)
    assert [problem.rule for problem in read(sodexo, made, "upw_session")[2]] == ["F11"]
