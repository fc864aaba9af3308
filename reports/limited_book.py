"""Writes the limited-access book of a region: for its owner alone, and nowhere as CSV."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from openpyxl import Workbook

from reports.region_books import IndexLine, as_table, masked
from reports.sharing import sharing_of
from reports.workbook.file import save
from reports.workbook.style import LIMITED_MARKING, mark_paper
from reports.workbook.table import table_sheet

LIMITED = "limited_access.xlsx"
ACTION = "For the owner alone: what is in it is for nobody who may not see the person."
SHEETS = {
    "persons": ("persons whom not everybody may see", ACTION),
    "users": (
        "who may see them, and who may not",
        "Where a person is restricted and nobody who may see them moves or stays, name a user before Day 1.",
    ),
    "moves": ("what comes to the region on Day 1", "See that each goes to somebody who may see the person."),
    "lists": (
        "rows of other lists that do not name them",
        "Do that work with who may see the person: no other list says whose it is.",
    ),
}
"""Sheet to its title and what its reader does. `no` is the person's number on the first sheet."""


def write_limited_book(
    region: str, sheets: Mapping[str, pl.DataFrame], folder: Path, *, reveal: bool
) -> list[IndexLine]:
    """Write LIMITED into the region's `folder`; gives its index lines. Names and logins are masked unless
    `reveal`. Same input, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    index = []
    for name, (title, action) in SHEETS.items():
        rows = sheets[name].drop("region")
        shown = rows if reveal else masked(rows)
        sheet = workbook.create_sheet(name.capitalize())
        note = f"{action} {sharing_of(LIMITED.removesuffix('.xlsx')).sentence}"
        table_sheet(sheet, as_table(f"{LIMITED_MARKING}. {region}: {title}", shown), note)
        mark_paper(sheet, LIMITED_MARKING)
        index.append(IndexLine(LIMITED, sheet.title, f"Limited access: {title}", shown.height, ACTION))
    save(workbook, folder / LIMITED)
    return index
