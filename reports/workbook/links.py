"""Leads a reader from a count to the rows behind it, inside one workbook."""

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reports.tables import Table
from reports.workbook.style import LINK
from reports.workbook.table import HEADER_ROW

Key = tuple[str, ...]


class Anchors:
    """The first row of each key in `columns` on a sheet that holds `table`."""

    def __init__(self, sheet: Worksheet, table: Table, columns: Sequence[str]) -> None:
        self.title = sheet.title
        self.rows: dict[Key, int] = {}
        for row, key in keyed_rows(table, columns):
            self.rows.setdefault(key, row)

    def location(self, key: Key) -> str | None:
        """Where the key stands, as a link says it; None where it is not shown."""
        row = self.rows.get(key)
        return None if row is None else f"'{self.title}'!A{row}"


def link_rows(sheet: Worksheet, table: Table, columns: Sequence[str], anchors: Anchors) -> None:
    """Makes the last of `columns` a link to the anchor with the same key, in each row that has one."""
    place = table.header.index(columns[-1]) + 1
    for row, key in keyed_rows(table, columns):
        if (location := anchors.location(key)) is not None:
            cell = sheet.cell(row, place)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
            cell.font = LINK


def keyed_rows(table: Table, columns: Sequence[str]) -> Iterator[tuple[int, Key]]:
    """Row number on the sheet and key of each row; entities and tables differ in capitals only."""
    places = [table.header.index(column) for column in columns]
    for row, values in enumerate(table.rows, HEADER_ROW + 1):
        yield row, tuple(str(values[place]).lower() for place in places)
