"""The books of a run: one for the nation, each company and each region, and nothing of others in them."""

import json
import re
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample_runs import day1, findings, rows_of

from samples.make import make

pytestmark = pytest.mark.runs

BOOKS = [
    "companies/C06.xlsx",
    "companies/C17.xlsx",
    "national.xlsx",
    "regions/N07/reconciliation.xlsx",
    "regions/N51/reconciliation.xlsx",
]
FORMULA = re.compile(rb"<f[ >/]")


@pytest.fixture(scope="module")
def reports(damaged_run: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """Where the books of a damaged run lie."""
    return damaged_run[0] / "reports" / "day-1"


def text_of(path: Path) -> str:
    """Everything that a workbook says."""
    rows = [row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def rows_below(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows of a sheet below its header."""
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[2] is not None]


def test_every_reader_has_a_book(reports: Path) -> None:
    found = {str(path.relative_to(reports)) for path in reports.rglob("*.xlsx")}
    assert set(BOOKS) <= found
    assert (reports / "national.html").stat().st_size


def test_no_workbook_holds_a_formula(reports: Path) -> None:
    for path in reports.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            assert sheets
            assert not [name for name in sheets if FORMULA.search(archive.read(name))], path.name


def test_every_sheet_name_is_one_that_excel_takes(reports: Path) -> None:
    for path in reports.rglob("*.xlsx"):
        for name in load_workbook(path, read_only=True).sheetnames:
            assert len(name) <= 31
            assert not set(name) & set("[]:*?/\\")


@pytest.mark.parametrize(
    ("book", "own", "other"),
    [
        ("companies/C06.xlsx", "C06", ("C17", "N07")),
        ("companies/C17.xlsx", "C17", ("C06", "N51")),
        ("regions/N51/reconciliation.xlsx", "N51", ("C17", "N07")),
        ("regions/N07/reconciliation.xlsx", "N07", ("C06", "N51")),
    ],
)
def test_a_book_tells_nothing_of_others(reports: Path, book: str, own: str, other: tuple[str, ...]) -> None:
    said = text_of(reports / book)
    assert own in said
    assert not [code for code in other if re.search(rf"\b{code}(?!\d)", said)]
    for beside in (reports / book).parent.glob(f"{Path(book).stem}.*.csv"):
        assert not [code for code in other if code in beside.read_text(encoding="utf-8")]


def test_reporting_again_gives_the_same_bytes(loaded: Path) -> None:
    reports = loaded / "reports" / "day-1"
    # Once first: others may have reconciled the run that was copied, which names it anew.
    assert day1(loaded, "report").returncode == 0
    before = {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()}
    assert day1(loaded, "report").returncode == 0
    assert {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()} == before


def changed_behind_our_back(workspace: Path) -> int:
    """Gives one order other hours in the target; gives its key."""
    target = workspace / "target.db"
    query = (
        "SELECT TARGET_ID FROM DAY1_CROSSWALK WHERE TABLE_NAME = 'UPW_APPOINTMENT' ORDER BY TARGET_ID LIMIT 1"
    )
    [(number,)] = rows_of(target, query)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute(
            "UPDATE UPW_APPOINTMENT SET MINUTES_OFFERED = 4711 WHERE UPW_APPOINTMENT_ID = ?", (number,)
        )
        connection.commit()
    return int(number)


def test_a_field_that_differs_is_listed_and_its_value_only_on_request(loaded: Path) -> None:
    number = changed_behind_our_back(loaded)
    assert day1(loaded, "reconcile").returncode == 1
    national = loaded / "reports" / "day-1" / "national.xlsx"
    day1(loaded, "report")
    [row] = differing(national, "MINUTES_OFFERED")
    assert row[2:4] == ("UPW_APPOINTMENT", str(number))
    assert "4711" not in text_of(national)
    day1(loaded, "report", "--reveal")
    assert "4711" not in text_of(national)
    [row] = differing(loaded / "reports" / "day-1-revealed" / "national.xlsx", "MINUTES_OFFERED")
    assert row[-1] == "4711"


def differing(book: Path, column: str) -> list[tuple[object, ...]]:
    """The rows of the sheet Differences about a column."""
    return [row for row in rows_below(load_workbook(book)["Differences"]) if row[4] == column]


def test_values_behind_findings_are_shown_on_request_only(loaded: Path) -> None:
    national = loaded / "reports" / "day-1" / "national.xlsx"
    assert "value" not in headers(load_workbook(national)["Finding rows"])
    day1(loaded, "report", "--reveal")
    revealed = loaded / "reports" / "day-1-revealed" / "national.xlsx"
    assert "value" in headers(load_workbook(revealed)["Finding rows"])
    assert "value" not in headers(load_workbook(national)["Finding rows"])
    [*_, last] = (loaded / "work" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(last)["command"], json.loads(last)["rows"]) == ("report", len(findings(loaded)))


def headers(sheet: Worksheet) -> list[object]:
    """The header of a sheet."""
    return [cell.value for cell in sheet[3]]


@pytest.mark.long
def test_the_trend_tells_of_the_rehearsal_before(fresh: Path) -> None:
    make(fresh / "deliveries", cycle="rehearsal-1", companies=("C06",), people=8)
    assert day1(fresh, "run", "--cycle", "rehearsal-1", "--target", "sqlite:///rehearsal.db").returncode == 0
    assert day1(fresh, "run", "--company", "C06").returncode == 0
    sheet = load_workbook(fresh / "reports" / "day-1" / "national.xlsx")["Chart data"]
    said = [row[0].value for row in sheet.iter_rows()]
    place = said.index("Rehearsals so far")
    assert said[place + 2 : place + 4] == ["rehearsal-1", "day-1"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the books of a run of one company lie that goes to two regions."""
    workspace = tmp_path_factory.mktemp("shared") / "w"
    make(workspace / "deliveries", companies=("C07",), people=24)
    assert day1(workspace, "run").returncode == 0
    return workspace / "reports" / "day-1"


@pytest.mark.parametrize(("region", "other"), [("N50", "N51"), ("N51", "N50")])
def test_a_region_reads_its_share_of_a_shared_company(shared: Path, region: str, other: str) -> None:
    said = text_of(shared / "regions" / region / "reconciliation.xlsx")
    assert region in said
    assert other not in said


def test_the_shares_of_two_regions_are_parts_of_the_company(shared: Path) -> None:
    places = ["companies/C07.xlsx", "regions/N50/reconciliation.xlsx", "regions/N51/reconciliation.xlsx"]
    whole, one, other = (delivered(load_workbook(shared / place)["Account"]) for place in places)
    offenders = "C07_delius_OFFENDER.txt"
    assert one[offenders] + other[offenders] == whole[offenders]
    assert all(one.get(file, 0) + other.get(file, 0) <= rows for file, rows in whole.items())
    assert min(one[offenders], other[offenders]) > 0


@pytest.mark.parametrize("region", ["N50", "N51"])
def test_a_region_reads_where_its_carried_rows_are(shared: Path, region: str) -> None:
    account = load_workbook(shared / "regions" / region / "reconciliation.xlsx")["Account"]
    place = headers(account).index("unproven")
    rows = rows_below(account)
    assert {row[place] for row in rows} == {0}
    assert {row[-1] for row in rows} == {"yes"}


def delivered(sheet: Worksheet) -> dict[object, int]:
    """File to delivered rows."""
    return {row[2]: int(str(row[3])) for row in rows_below(sheet)}
