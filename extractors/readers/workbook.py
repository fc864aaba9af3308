"""Workbooks: every cell as text, rows numbered as the spreadsheet shows them, sheets in any order."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import fastexcel
import polars as pl

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.cells import as_written
from extractors.readers.chunk import RAGGED, UNREADABLE, chunk_of
from extractors.readers.header import Header, match_header
from extractors.readers.odd_cells import OddCells, odd_cells
from extractors.readers.source import Chunk, Source
from vocabulary.findings import collect, findings_of
from vocabulary.source import source_words

DATE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']""")


UNREADABLE_BOOK = (fastexcel.FastExcelError, zipfile.BadZipFile, OSError, KeyError, ValueError, SyntaxError)
"""What the libraries raise when a workbook, or the XML in it, is not what it should be."""


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The sheets of a workbook, one part each. One that cannot be opened is F10, a missing sheet F11."""
    try:
        yield from _sheets(source)
    except UNREADABLE_BOOK:
        yield source.problem("F10", f"cannot be read as a workbook. Ask {source.company} for the file again.")


def _sheets(source: Source) -> Iterator[Chunk | Problem]:
    book = fastexcel.read_excel(source.path)
    odd = odd_cells(source.path)
    system = _date_system(source)
    yield from _sheet_problems(book, source)
    for part in source.parts:
        if part.delivered_as in book.sheet_names:
            yield from _sheet(book, source, part, odd.get(part.delivered_as, OddCells()), system)


def _date_system(source: Source) -> str:
    """Which day a date cell counts from, as the workbook declares it."""
    with zipfile.ZipFile(source.path) as archive:
        return "1904" if DATE_1904.search(archive.read("xl/workbook.xml")) else "1900"


def _sheet_problems(book: fastexcel.ExcelReader, source: Source) -> Iterator[Problem]:
    expected = [part.delivered_as for part in source.parts]
    missing = [name for name in expected if name not in book.sheet_names]
    extra = [name for name in book.sheet_names if name not in expected and not _cells(book, name).is_empty()]
    if missing or extra:
        told = f"sheets missing: {', '.join(missing) or 'none'}; not agreed: {len(extra)}"
        yield source.problem(
            "F11", f"{told}. Ask {source.company} for the sheets {', '.join(expected)} and no other."
        )


def _cells(book: fastexcel.ExcelReader, sheet: str) -> pl.DataFrame:
    """All cells as text, row 1 first; the library leaves out columns before the first filled one."""
    return book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()


def _sheet(
    book: fastexcel.ExcelReader, source: Source, part: Part, odd: OddCells, system: str
) -> Iterator[Chunk | Problem]:
    cells = _shown(_cells(book, part.delivered_as).with_row_index("row_number", 1), odd)
    first = source.dialect.header_row
    named = cells.drop("row_number").row(first - 1) if cells.height >= first else ()
    header = match_header(_without_blank_end(named), source, part, f"sheet {part.delivered_as}, row {first}")
    if header.problem:
        yield header.problem
    if not header.positions:
        return
    rows = _rows(cells.slice(first), header, source, part, system)
    if not rows.is_empty():
        chunk = chunk_of(source, part, rows)
        yield replace(chunk, look=partial(_look, chunk, header, odd))


def _without_blank_end(cells: tuple[str | None, ...]) -> list[str]:
    names = [cell or "" for cell in cells]
    while names and not names[-1].strip():
        names.pop()
    return names


def _rows(cells: pl.DataFrame, header: Header, source: Source, part: Part, system: str) -> pl.DataFrame:
    """The filled rows. A filled cell right of the header makes a row too wide (T01)."""
    columns = [name for name in cells.columns if name != "row_number"]
    types = {word.name: word.type for word in source_words(source.export)[part.entity]}
    filled = cells.filter(pl.any_horizontal(_filled(name) for name in columns))
    too_wide = [_filled(name) for name in columns[header.width :]]
    words = {word: pl.col(columns[place]) for word, place in header.positions.items()}
    return (
        filled.select(
            pl.col("row_number").cast(pl.Int64),
            pl.format("{}!{}", pl.lit(part.delivered_as), "row_number").alias("source_row"),
            (pl.any_horizontal(too_wide) if too_wide else pl.lit(False)).alias(RAGGED),
            pl.lit(system).alias("date_system"),
            **words,
        )
        .with_columns(as_written(word, types.get(word, ""), system) for word in words)
        .with_columns(
            pl.any_horizontal(pl.col(word).str.contains("\0", literal=True) for word in words).alias(
                UNREADABLE
            )
        )
    )


def _filled(name: str) -> pl.Expr:
    return pl.col(name).fill_null("") != ""


def _shown(cells: pl.DataFrame, odd: OddCells) -> pl.DataFrame:
    """`cells` with the texts that the fast reader leaves blank."""
    for place, name in enumerate(name for name in cells.columns if name != "row_number"):
        here = {row: text for (row, column), text in odd.shown.items() if column == place}
        if here:
            text = pl.col("row_number").replace_strict(here, default=None, return_dtype=pl.String)
            cells = cells.with_columns(pl.coalesce(text, name).alias(name))
    return cells


def _look(chunk: Chunk, header: Header, odd: OddCells) -> pl.DataFrame:
    return collect([chunk.findings, *_formulas(chunk, header, odd)])


def _formulas(chunk: Chunk, header: Header, odd: OddCells) -> Iterator[pl.DataFrame]:
    """T09 on every formula: its stored result is the value."""
    for word, place in header.positions.items():
        rows = [row for row, column in odd.formulas if column == place]
        if rows:
            held = chunk.frame.filter(pl.col("row_number").is_in(rows))
            yield findings_of(held, "T09", chunk.part.entity, word)
