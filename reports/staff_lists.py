"""The staff lists of one region: a workbook with a sheet per list, and each list as CSV beside it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import polars as pl
from openpyxl import Workbook

from reports.cell_text import defused
from reports.tables import Cell, Table
from reports.workbook_file import save
from reports.workbook_table import table_sheet

PERSONAL = ("surname", "first_name", "ni_number", "user")
"""Columns whose values are shown on request only. The payroll number stays: an answer names it."""

MASK = "***"
PENCE = 2
"""Decimals of money."""

TITLES = {
    "assignment": "Assignment of every employee",
    "counts": "Employees by outcome",
    "decisions": "Decisions that wait: fill in one answer, who, when and why",
    "suppliers": "Dynamic Framework (TUPE): employees and their supplier",
    "appeals": "Appeals",
    "objectors": "Employees who object",
    "payroll": "Payroll build",
    "vetting": "Vetting due",
    "officers": "New officers: STAFF, OFFICER, STAFF_TEAM and USER_",
}
"""List to its title, in the order of the sheets."""


def write_staff_lists(region: str, lists: Mapping[str, pl.DataFrame], folder: Path, *, reveal: bool) -> Path:
    """Write `<region>.xlsx` and `<region>-<list>.csv` into `folder`; gives the workbook's path.

    Names, National Insurance numbers and logins are masked unless `reveal`. Same input, same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, title in TITLES.items():
        shown = lists[name] if reveal else masked(lists[name])
        defused(plain_numbers(shown)).write_csv(folder / f"{region}-{name}.csv")
        table_sheet(workbook.create_sheet(name.capitalize()), as_table(f"{region}: {title}", shown))
    path = folder / f"{region}.xlsx"
    save(workbook, path)
    return path


def masked(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` without personal values; a blank stays blank."""
    personal = [name for name in PERSONAL if name in frame.columns]
    return frame.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in personal
    )


def plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Shares and hours as text without the zeros that only their type demands; money keeps its pence."""
    fine = [
        name for name, kind in frame.schema.items() if isinstance(kind, pl.Decimal) and kind.scale > PENCE
    ]
    return frame.with_columns(pl.col(fine).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end("."))


def as_table(title: str, frame: pl.DataFrame) -> Table:
    """`frame` as a table: dates as text, amounts as numbers."""
    header = tuple(name.replace("_", " ") for name in frame.columns)
    return Table(title, header, tuple(tuple(as_cell(value) for value in row) for row in frame.iter_rows()))


def as_cell(value: object) -> Cell:
    """One value as a cell; nothing is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
