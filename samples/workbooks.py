"""Writes workbooks that are the same bytes every time: cells by type, no time stamps."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from samples import facts
from samples.csv_files import typed
from samples.delivery import Delivery
from samples.formats import Dialect
from samples.world import Row

STAMP = (2021, 6, 25, 18, 0, 0)
TITLES = ("Sample schedule", "Taken on 25 June 2021")
"""Rows above a header that does not stand in row 1."""


def write_workbook(
    delivery: Delivery,
    export: str,
    parts: list[str],
    form: Dialect,
    *,
    time_cells: bool = False,
    epoch_1904: bool = False,
) -> tuple[bytes, dict[str, int], dict[int, str]]:
    """The bytes of a workbook, the filled rows of each sheet, and the source row of each row."""
    owner, version = facts.companies()[delivery.company]["owner"], delivery.spec_version
    book = Workbook()
    book.remove(book.worksheets[0])
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    counts: dict[str, int] = {}
    positions: dict[int, str] = {}
    for part in parts:
        sheet = book.create_sheet(facts.part_name(export, part, owner))
        rows = delivery.rows(export, part)
        _fill_header(sheet, facts.header(export, part, owner, version), form)
        columns = facts.columns(export, part, version)
        _fill_rows(sheet, rows, columns, form, time_cells)
        counts[sheet.title] = len(rows)
        first = form.header_row + 1
        positions |= {id(row): f"{sheet.title}!{first + index}" for index, row in enumerate(rows)}
    return _bytes(book), counts, positions


def _fill_header(sheet: Worksheet, words: tuple[str, ...], form: Dialect) -> None:
    for number in range(form.header_row - 1):
        sheet.cell(number + 1, 1, TITLES[number])
    for place, word in enumerate(words, start=1):
        sheet.cell(form.header_row, place, word)


def _fill_rows(
    sheet: Worksheet, rows: list[Row], columns: tuple[facts.Line, ...], form: Dialect, time_cells: bool
) -> None:
    for line, row in enumerate(rows, start=form.header_row + 1):
        for number, column in enumerate(columns, start=1):
            value = _cell(typed(row.get(column["column"]), column["type"], form), form, time_cells)
            if value is None:
                continue
            cell = sheet.cell(line, number)
            cell.value = value
            if isinstance(value, str):
                # text that begins with = is text; a failed formula shows an error value
                cell.data_type = "e" if value in ERROR_CODES else "s"
            elif isinstance(value, dt.time):
                cell.number_format = "hh:mm"
            elif isinstance(value, dt.date):
                cell.number_format = "dd/mm/yyyy"


def _cell(value: Any, form: Dialect, time_cells: bool) -> Any:
    if isinstance(value, bool):
        return form.flags[0] if value else form.flags[1]
    if isinstance(value, dt.time) and not time_cells:
        return f"{value:%H:%M}"
    return None if value == "" else value


def _bytes(book: Workbook) -> bytes:
    """The workbook as a zip whose entries all bear the same date."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2021-06-25T18:00:00Z", content)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()
