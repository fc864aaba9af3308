"""Writes workbooks that are the same bytes every time: cells by type, no time stamps."""

import datetime as dt
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from samples import facts
from samples.csv_files import typed
from samples.delivery import Delivery
from samples.formats import Dialect
from samples.world import Row

STAMP = (2021, 6, 25, 18, 0, 0)
WRITTEN_AT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TITLES = ("Sample schedule", "Taken on 25 June 2021")
"""Rows above a header that does not stand in row 1."""


class Book:
    """A workbook that grows row by row. A long one keeps its rows on the disk until it is saved or closed."""

    def __init__(
        self,
        company: str,
        export: str,
        parts: Sequence[str],
        form: Dialect,
        *,
        spec_version: str = facts.LATEST_VERSION,
        time_cells: bool = False,
        epoch_1904: bool = False,
        is_long: bool = False,
    ) -> None:
        self._form, self._time_cells = form, time_cells
        self._book = Workbook(write_only=is_long)
        for sheet in self._book.worksheets:
            self._book.remove(sheet)
        if epoch_1904:
            self._book.epoch = CALENDAR_MAC_1904
        self._columns = {part: facts.columns(export, part, spec_version) for part in parts}
        self._sheets = {
            part: self._book.create_sheet(facts.part_name(export, part, company)) for part in parts
        }
        self.counts: dict[str, int] = {sheet.title: 0 for sheet in self._sheets.values()}
        for part, sheet in self._sheets.items():
            for title in TITLES[: form.header_row - 1]:
                sheet.append([title])
            sheet.append(facts.header(export, part, company, spec_version))

    def append(self, part: str, rows: list[Row]) -> dict[int, str]:
        """Add rows to the sheet of `part`; the source row of each row by its identity."""
        sheet = self._sheets[part]
        first = self._form.header_row + 1 + self.counts[sheet.title]
        for row in rows:
            sheet.append(list(self._cells(sheet, part, row)))
        self.counts[sheet.title] += len(rows)
        return {id(row): f"{sheet.title}!{first + index}" for index, row in enumerate(rows)}

    def _cells(self, sheet: Worksheet, part: str, row: Row) -> Iterator[Any]:
        for column in self._columns[part]:
            value = self._value(typed(row.get(column["column"]), column["type"], self._form))
            if isinstance(value, dt.date | dt.time):
                yield self._dated(sheet, value)
            elif isinstance(value, str) and value.startswith("="):
                text = WriteOnlyCell(sheet, value)
                text.data_type = "s"  # text that begins with = is text
                yield text
            else:
                yield value

    def _value(self, value: Any) -> Any:
        if isinstance(value, bool):
            return self._form.flags[0] if value else self._form.flags[1]
        if isinstance(value, dt.time) and not self._time_cells:
            return f"{value:%H:%M}"
        return None if value == "" else value

    def _dated(self, sheet: Worksheet, value: dt.date | dt.time) -> Cell:
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = "hh:mm" if isinstance(value, dt.time) else "dd/mm/yyyy"
        return cell

    def save(self, target: IO[bytes]) -> None:
        """Write the workbook as a zip whose entries all bear the same date."""
        # not closed when an interrupt comes: the library's own archive would still write to it, and complain
        raw = tempfile.TemporaryFile() if self._book.write_only else io.BytesIO()  # noqa: SIM115
        self._book.save(raw)
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name in sorted(source.namelist()):
                _copy(source, made, name)
        raw.close()

    def close(self) -> None:
        """Give up a long book that is not saved: its sheets are still open, and would complain at the end."""
        for sheet in self._sheets.values():
            rows, writer = sheet._rows, sheet._writer
            for generator in (rows, writer.xf if writer else None):
                if generator:
                    with suppress(BaseException):  # an interrupt may have left it between two elements
                        generator.close()


def _copy(source: zipfile.ZipFile, made: zipfile.ZipFile, name: str) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with source.open(name) as given, made.open(entry, "w") as taken:
        if name == "docProps/core.xml":
            taken.write(WRITTEN_AT.sub(b"2021-06-25T18:00:00Z", given.read()))
        else:
            shutil.copyfileobj(given, taken)


def write_workbook(
    delivery: Delivery, export: str, parts: Sequence[str], book: Book
) -> tuple[bytes, dict[int, str]]:
    """The bytes of `book` with the rows of these parts of a delivery, and the source row of each row."""
    positions: dict[int, str] = {}
    for part in parts:
        positions |= book.append(part, delivery.rows(export, part))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue(), positions
