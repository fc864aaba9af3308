"""The workbook, opened again with openpyxl."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from planted import with_faults

from reports.book import Book
from reports.tables import Table
from reports.workbook.file import save
from reports.workbook.table import shortened, table_sheet
from reports.workbook.write import write_workbook


@pytest.fixture
def path(book: Book, tmp_path: Path) -> Path:
    """Where the workbook lies."""
    write_workbook(book, tmp_path / "reports" / "day-1.xlsx")
    return tmp_path / "reports" / "day-1.xlsx"


@pytest.fixture
def opened(path: Path) -> Workbook:
    """The workbook as a reader opens it."""
    return openpyxl.load_workbook(path)


def words(sheet: Worksheet) -> set[object]:
    """Every value on a sheet."""
    return {value for row in sheet.iter_rows(values_only=True) for value in row if value is not None}


def test_the_summary_comes_first_and_is_marked(opened: Workbook) -> None:
    assert opened.sheetnames[0] == "Summary"
    assert {"OFFICIAL-SENSITIVE", "differences", "go once decided"} <= words(opened["Summary"])


@pytest.mark.parametrize(
    "word", ["London", "practitioner objects (S06)", "restricted person", "rehearsal-1", 2052]
)
def test_the_summary_shows(opened: Workbook, word: object) -> None:
    assert word in words(opened["Summary"])


TABLES = [
    "Account", "Left", "Totals", "Differences", "Findings", "Finding rows", "Findings by company",
    "Transfers", "Officers", "Staff", "Unpaid work", "Workload", "Open questions", "Target rows",
    "Tables", "Basis",
]  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_sheet_has_frozen_header_filter_and_landscape(opened: Workbook, name: str) -> None:
    sheet = opened[name]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_every_sheet_is_marked_at_its_head_and_foot(opened: Workbook) -> None:
    for sheet in opened:
        assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
        assert "OFFICIAL-SENSITIVE" in sheet.oddFooter.left.text


def test_every_cell_names_its_font(opened: Workbook) -> None:
    fonts = {cell.font.name for sheet in opened for row in sheet.iter_rows() for cell in row if cell.value}
    assert fonts == {"Arial"}


def test_key_figures_have_names(opened: Workbook) -> None:
    found = {}
    for name, defined in opened.defined_names.items():
        [(sheet, cell)] = defined.destinations
        found[name] = opened[sheet][cell].value
    assert (found["verdict"], found["rows_delivered"], found["rows_set_aside"]) == ("differences", 2112, 2)


def test_the_summary_has_its_four_charts(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 4


def linked(sheet: Worksheet, column: str) -> dict[object, str]:
    """The links of a column: what the cell says, and where it leads."""
    cells = [row[0] for row in sheet[f"{column}4:{column}{sheet.max_row}"]]
    return {cell.value: cell.hyperlink.location for cell in cells if cell.hyperlink}


def test_a_rule_leads_to_its_first_row(opened: Workbook) -> None:
    assert linked(opened["Findings"], "A") == {"T05": "'Finding rows'!A4", "O05": "'Finding rows'!A5"}


def test_an_entity_leads_to_its_field_and_the_field_to_its_finding(opened: Workbook) -> None:
    assert linked(opened["Target rows"], "B") == {"upw_appointment": "'Differences'!A4"}
    assert linked(opened["Differences"], "H") == {"Sessions!12": "'Finding rows'!A4"}


def test_a_row_that_is_left_stands_on_the_first_sheet_and_leads_to_its_finding(
    book: Book, tmp_path: Path
) -> None:
    write_workbook(replace(book, reconciliation=with_faults(book.reconciliation)), tmp_path / "left.xlsx")
    opened = openpyxl.load_workbook(tmp_path / "left.xlsx")
    said = words(opened["Summary"])
    assert {"CONTACT area", "9012", "1201", "future contact: NOTHING explains it", "no go"} <= said
    assert linked(opened["Left"], "I") == {"7": "'Finding rows'!A5"}


def test_no_sheet_holds_a_formula(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(TABLES) + 3
        assert not [name for name in sheets if re.search(rb"<f[ >/]", archive.read(name))]


def test_the_full_lists_lie_beside(path: Path, book: Book) -> None:
    findings = pl.read_csv(path.with_suffix(".findings.csv"), infer_schema=False)
    differences = pl.read_csv(path.with_suffix(".differences.csv"), infer_schema=False)
    assert (findings.height, differences.height) == (book.findings.height, book.differences.height)


def test_the_same_book_gives_the_same_bytes(path: Path, book: Book) -> None:
    again = path.parent / "again" / path.name
    write_workbook(book, again)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-5", "@SUM(A1)", "\tx", "＝1", "#REF!", "=cmd|' /C calc'!A0"]
)
def test_text_is_never_a_formula(text: str, tmp_path: Path) -> None:
    workbook = Workbook()
    table_sheet(workbook.worksheets[0], Table("title", ("column",), ((text,),)))
    save(workbook, tmp_path / "text.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "text.xlsx").worksheets[0]["A4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text.startswith("#")


def test_a_control_character_does_not_stop_the_report(tmp_path: Path) -> None:
    workbook = Workbook()
    table_sheet(workbook.worksheets[0], Table("title", ("column",), (("a\x0bb",),)))
    save(workbook, tmp_path / "text.xlsx")
    assert openpyxl.load_workbook(tmp_path / "text.xlsx").worksheets[0]["A4"].value == "a\\x0bb"


def test_more_rows_than_a_sheet_holds_are_cut_and_said() -> None:
    table = shortened(Table("Rows", ("row",), ((1,), (2,), (3,))), 2)
    assert (table.title, table.rows) == ("Rows (the first 2 of 3)", ((1,), (2,)))


def test_nothing_in_the_file_tells_when_it_was_written(opened: Workbook, path: Path) -> None:
    assert (opened.properties.created.year, opened.properties.modified.year) == (1980, 1980)
    with zipfile.ZipFile(path) as archive:
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
