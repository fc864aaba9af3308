"""The workbook, opened again with openpyxl."""

import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.data import Reconciliation
from reports.tables import Table
from reports.workbook import write_workbook
from reports.workbook_file import save
from reports.workbook_rows import CAP
from reports.workbook_table import table_sheet


@pytest.fixture
def book(reconciliation: Reconciliation, findings: pl.DataFrame, tmp_path: Path) -> Workbook:
    """The workbook as a reader opens it."""
    path = tmp_path / "reports" / "day-1.xlsx"
    write_workbook(reconciliation, findings, path, {"program": "day1 test"})
    return openpyxl.load_workbook(path)


def words(sheet: Worksheet) -> set[object]:
    """Every value on a sheet."""
    return {value for row in sheet.iter_rows(values_only=True) for value in row if value is not None}


def test_the_summary_comes_first_and_is_marked(book: Workbook) -> None:
    assert book.sheetnames[0] == "Summary"
    assert {"OFFICIAL-SENSITIVE", "differences"} <= words(book["Summary"])


@pytest.mark.parametrize(
    "word", ["London", "practitioner objects (S06)", "default officer (O05)", "restricted person", 2052]
)
def test_the_summary_shows(book: Workbook, word: object) -> None:
    assert word in words(book["Summary"])


@pytest.mark.parametrize(
    "name", ["Account", "Totals", "Moves", "Tables", "Read back", "Waiting", "Findings", "Finding rows"]
)
def test_a_table_sheet_has_frozen_header_filter_and_landscape(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_every_cell_names_its_font(book: Workbook) -> None:
    fonts = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert fonts == {"Arial"}


def test_the_full_list_of_findings_lies_beside(
    reconciliation: Reconciliation, findings: pl.DataFrame, tmp_path: Path
) -> None:
    write_workbook(reconciliation, findings, tmp_path / "day-1.xlsx", {})
    assert pl.read_csv(tmp_path / "day-1.findings.csv", infer_schema=False).height == findings.height


def test_the_cap_is_stated(reconciliation: Reconciliation, findings: pl.DataFrame, tmp_path: Path) -> None:
    many = pl.concat([findings] * CAP)
    write_workbook(reconciliation, many, tmp_path / "many.xlsx", {})
    sheet = openpyxl.load_workbook(tmp_path / "many.xlsx")["Finding rows"]
    assert sheet["A1"].value == "Findings row by row: 5,000 of 10,000. All of them: many.findings.csv"
    assert sheet.max_row == CAP + 3


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@SUM(A1)", "\tx", "#REF!", "=cmd|' /C calc'!A0"])
def test_text_is_never_a_formula(text: str, tmp_path: Path) -> None:
    workbook = Workbook()
    table_sheet(workbook.worksheets[0], Table("title", ("column",), ((text,),)))
    save(workbook, tmp_path / "text.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "text.xlsx").worksheets[0]["A4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text.startswith("#")


def test_a_control_character_does_not_stop_the_report(tmp_path: Path) -> None:
    workbook = Workbook()
    table_sheet(workbook.worksheets[0], Table("title", ("column",), (("a\x00b",),)))
    save(workbook, tmp_path / "text.xlsx")
    assert openpyxl.load_workbook(tmp_path / "text.xlsx").worksheets[0]["A4"].value == "a?b"


def test_nothing_in_the_file_tells_when_it_was_written(book: Workbook, tmp_path: Path) -> None:
    assert (book.properties.created.year, book.properties.modified.year) == (1980, 1980)
    with zipfile.ZipFile(tmp_path / "reports" / "day-1.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_failed_save_leaves_the_old_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        save(Workbook(), path)
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]
    assert path.read_bytes() == b"old"


def refuse(_: Path, __: Path) -> None:
    """A disk that is full at the last moment."""
    raise OSError(28, "No space left on device")
