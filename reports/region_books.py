"""The lists of one region: a workbook per subject with a sheet per list, and each list as CSV beside it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
from openpyxl import Workbook

from reports.atomic_write import atomic_write
from reports.cell_text import escape_formulas
from reports.sharing import sharing_of
from reports.tables import Cell, Table
from reports.workbook.file import save
from reports.workbook.table import table_sheet
from vocabulary.resources import text_table

PERSONAL = (
    "surname",
    "first_name",
    "om_surname",
    "om_forename",
    "ni_number",
    "user",
    "login",
    "document_name",
)
"""Columns whose values are shown on request only. CRN and payroll number stay: an answer names them."""

MASK = "***"
BASIS = "basis"
"""The column that says what of a row is public, assumed or sample; a list that has it prints it last."""

PENCE = 2
"""Decimals of money."""

CAP = 5_000
"""Rows of a list that the workbook shows; the CSV beside it has them all."""


@dataclass(frozen=True)
class ListPage:
    """How a list is shown: its book, its title, what its reader does next, and the columns that the sheet
    shows (all when none is named; the CSV always has all).

    `person`: the column that names the person each row is about; None where no row is about one. `stays`:
    what stays of the row of a person with limited access: what is the region's, a team's or a place's."""

    book: str
    name: str
    title: str
    action: str
    shown: tuple[str, ...]
    person: str | None
    stays: tuple[str, ...]


@dataclass(frozen=True)
class IndexLine:
    """One list of a pack."""

    workbook: str
    sheet: str
    title: str
    rows: int
    action: str


INDEX = "index.xlsx"
RECONCILIATION = IndexLine(
    "reconciliation.xlsx", "Summary", "What the run came to for this region", 1, "Read it first."
)
"""The book that stands beside the lists (pipeline.stages.report)."""

MASKED_NOTE = "Names are masked; ask for the revealed pack if you must see them. csv/ holds every list whole."
REVEALED_NOTE = "Names are shown; who asked for them is in the audit log. csv/ holds every list whole."


@cache
def list_pages() -> tuple[ListPage, ...]:
    """Every list of reports/region_lists.csv, in the order of books and sheets."""
    return tuple(
        ListPage(
            book=row["book"],
            name=row["list"],
            title=row["title"],
            action=row["action"] or "",
            shown=_words(row["shown"]),
            person=row["person"],
            stays=_words(row["stays"]),
        )
        for row in text_table("reports", "region_lists.csv").iter_rows(named=True)
    )


def _words(cell: str | None) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def write_book(
    region: str, book: str, lists: Mapping[str, pl.DataFrame], folder: Path, *, reveal: bool
) -> list[IndexLine]:
    """Write `<book>.xlsx` and `csv/<book>-<list>.csv` into the region's `folder`; gives its index lines.

    Personal values are masked unless `reveal`. Same input, same bytes.
    """
    (folder / "csv").mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    index = []
    for page in list_pages():
        if page.book != book or page.name not in lists:
            continue
        shown = lists[page.name] if reveal else masked(lists[page.name])
        with atomic_write(folder / "csv" / f"{book}-{page.name}.csv") as beside:
            plain_numbers(escape_formulas(shown)).write_csv(beside)
        title = f"{region}: {page.title}"
        if shown.height > CAP:
            title += f" (first {CAP:,} of {shown.height:,}; all in csv/{book}-{page.name}.csv)"
        sheet = workbook.create_sheet(page.name[:1].upper() + page.name[1:].replace("_", " "))
        names = printed_columns(page, shown)
        printed = shown if names == shown.columns else shown[names]
        printed = printed.head(CAP) if printed.height > CAP else printed
        table_sheet(sheet, as_table(title, printed), f"{page.action} {sharing_of(book).sentence}".strip())
        index.append(IndexLine(f"{book}.xlsx", sheet.title, page.title, shown.height, page.action))
    save(workbook, folder / f"{book}.xlsx")
    return index


def printed_columns(page: ListPage, rows: pl.DataFrame) -> list[str]:
    """What the sheet shows: the page's columns, and what routing, codes and pay in them stand on."""
    if not page.shown:
        return rows.columns
    return [*page.shown, *({BASIS} & {*rows.columns})]


def write_index(region: str, lines: Sequence[IndexLine], folder: Path, *, reveal: bool) -> None:
    """Write INDEX: every list of the pack, how long it is, and what to do with it."""
    header = ("workbook", "sheet", "what it lists", "rows", "what to do", "for whom", "under which agreement")
    rows = tuple(
        (line.workbook, line.sheet, line.title, line.rows, line.action, *_shared_with(line)) for line in lines
    )
    note = REVEALED_NOTE if reveal else MASKED_NOTE
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Index"
    table_sheet(sheet, Table(f"{region}: what is in this folder", header, rows), note)
    save(workbook, folder / INDEX)


def _shared_with(line: IndexLine) -> tuple[str, str]:
    known = sharing_of(line.workbook.removesuffix(".xlsx"))
    return known.for_whom, f"{known.agreement} ({known.certainty})"


def masked(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` without personal values; a blank stays blank."""
    personal = [name for name in PERSONAL if name in frame.columns]
    if not personal:
        return frame
    return frame.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in personal
    )


def plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Shares and hours as text without the zeros that only their type demands; money keeps its pence."""
    fine = _fine(frame)
    if not fine:
        return frame
    return frame.with_columns(pl.col(fine).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end("."))


def as_table(title: str, frame: pl.DataFrame) -> Table:
    """`frame` as a table: dates as text, amounts as numbers."""
    header = tuple(name.replace("_", " ") for name in frame.columns)
    whole = _whole(frame)
    shown = frame.with_columns(pl.col(whole).cast(pl.Int64)) if whole else frame
    return Table(title, header, tuple(tuple(as_cell(value) for value in row) for row in shown.iter_rows()))


def _whole(frame: pl.DataFrame) -> list[str]:
    """Shares and hours that are whole numbers all the way down; money keeps its pence."""
    return [name for name in _fine(frame) if (frame[name].drop_nulls() % 1 == 0).all()]


def _fine(frame: pl.DataFrame) -> list[str]:
    """Columns with more decimals than money has."""
    return [
        name for name, kind in frame.schema.items() if isinstance(kind, pl.Decimal) and kind.scale > PENCE
    ]


def as_cell(value: object) -> Cell:
    """One value as a cell; nothing is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
