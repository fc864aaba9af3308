"""Each owner's way of writing the unpaid work schedule and the satellite exports."""

import datetime as dt
import json
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sample_world import csv_rows

from samples import facts
from samples.formats import cell_text, dialect, unit_value


def test_hours_and_minutes_as_text(clean: Path) -> None:
    sheet = load_workbook(clean / "C06" / "C06_upw.xlsx")["SESSION LIST"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("Hrs Off") + 1).value in ("07:00", "07:30")


def test_time_cells_and_the_order_of_sheets(clean: Path) -> None:
    book = load_workbook(clean / "C01" / "C01_upw.xlsx")
    assert book.sheetnames == ["Sessions", "Placements", "Projects"]
    header = [cell.value for cell in book["Sessions"][1]]
    assert book["Sessions"].cell(2, header.index("Start") + 1).value == dt.time(9, 30)


def test_title_rows_and_the_1904_date_system(clean: Path) -> None:
    book = load_workbook(clean / "C11" / "C11_upw.xlsx")
    assert book.epoch == CALENDAR_MAC_1904
    sheet = book["Project register"]
    assert [cell.value for cell in sheet[3]] == list(facts.header("upw", "Projects", "RRP"))
    place = facts.header("upw", "Projects", "RRP").index("Start date") + 1
    assert sheet.cell(4, place).value == dt.datetime(2019, 4, 1)  # noqa: DTZ001


def test_decimal_comma() -> None:
    form = dialect("upw", "C03")
    assert cell_text(unit_value(450, form), form) == "7,5"


def test_month_names() -> None:
    assert cell_text(dt.date(2021, 3, 2), dialect("upw", "C12")) == "02-Mar-2021"


def test_a_semicolon_at_one_company() -> None:
    assert dialect("justice_star", "C18").delimiter == ";"


def test_programmes_bear_a_byte_order_mark(clean: Path) -> None:
    assert (clean / "C06" / "C06_programmes_rar.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_assessments_are_one_object_per_line(clean: Path) -> None:
    lines = (clean / "C06" / "C06_eoc.jsonl").read_text("utf-8").splitlines()
    assert all(json.loads(line)["assessment_ref"].startswith("EOC-C06-") for line in lines)


def test_schedule_and_case_system_agree(clean: Path) -> None:
    rows = csv_rows(clean / "C17" / "C17_upw_sessions.csv")
    referred = [row for row in rows if row["omnia_record_id"]]
    assert referred
    assert len(referred) < len(rows)
    assert all(not row["outcome_code"] for row in rows if row["session_date"] >= "2021-06-26")
