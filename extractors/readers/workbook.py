"""Workbooks: every cell as text, rows numbered as the spreadsheet shows them, sheets in any order."""

import io
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
from extractors.readers.chunk import MISWRITTEN, RAGGED, UNREADABLE, chunk_of
from extractors.readers.header import Header, match_header
from extractors.readers.odd_cells import OddCells, odd_cells, sheet_parts
from extractors.readers.sheet_survey import SurveyError, check_well_formed, survey
from extractors.readers.source import Chunk, Source
from vocabulary.findings import collect, findings_of
from vocabulary.source import source_words

DATE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
SHARED = "xl/sharedStrings.xml"

NOBODYS_CELLS, NOBODYS_WIDTH = 1, 4
"""A row with this many filled cells, of a sheet with at least so many columns, is a note beside the table,
unless the cell is a code in the first column."""

UNREADABLE_BOOK = (fastexcel.FastExcelError, zipfile.BadZipFile, OSError, KeyError, ValueError, SyntaxError)
"""What the libraries raise when a workbook, or the XML in it, is not what it should be."""


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The sheets of a workbook, one part each. One that cannot be opened is F10, a missing sheet F11."""
    try:
        yield from _sheets(source)
    except SurveyError as error:
        ask = f"Ask {source.company} for the agreed sheets alone, saved by a spreadsheet program."
        yield source.problem(error.rule, f"{error}. {ask}")
    except UNREADABLE_BOOK:
        yield source.problem("F10", f"cannot be read as a workbook. Ask {source.company} for the file again.")


def _sheets(source: Source) -> Iterator[Chunk | Problem]:
    bounds = source.limits.of("xlsx")
    with zipfile.ZipFile(source.path) as archive:
        places = dict(sheet_parts(archive))
        surveyed = {name: survey(archive, part, bounds) for name, part in places.items()}
        if SHARED in archive.namelist():
            check_well_formed(archive, SHARED)
        system = "1904" if DATE_1904.search(archive.read("xl/workbook.xml")) else "1900"
        odd = {
            name: odd_cells(archive, places[name], one) if one.is_odd else OddCells()
            for name, one in surveyed.items()
        }
    book, odd = _opened(source, odd)
    yield from _sheet_problems(book, source)
    for part in source.parts:
        if part.delivered_as in book:
            yield from _sheet(book[part.delivered_as], source, part, odd[part.delivered_as], system)


Book = dict[str, pl.DataFrame]
"""Name of each sheet to its cells as text, row 1 first."""


def _opened(source: Source, odd: dict[str, OddCells]) -> tuple[Book, dict[str, OddCells]]:
    """The sheets, and their odd cells. A cell at which the library gives up is taken out of a copy, and its
    row is set aside: the others are read."""
    try:
        return _loaded(fastexcel.read_excel(source.path)), odd
    except fastexcel.FastExcelError:
        mended, odd = _mended(source)
        return _loaded(fastexcel.read_excel(mended)), odd


def _loaded(book: fastexcel.ExcelReader) -> Book:
    return {name: _cells(book, name) for name in book.sheet_names}


def _mended(source: Source) -> tuple[bytes, dict[str, OddCells]]:
    out = io.BytesIO()
    with zipfile.ZipFile(source.path) as archive, zipfile.ZipFile(out, "w") as copy:
        places = dict(sheet_parts(archive))
        bounds = source.limits.of("xlsx")
        odd = {name: odd_cells(archive, part, survey(archive, part, bounds)) for name, part in places.items()}
        unusable = {places[name]: one.unusable - {""} for name, one in odd.items()}
        if not any(unusable.values()):
            raise ValueError("no cell is known to be the reason")
        for name in archive.namelist():
            content = archive.read(name)
            for cell in unusable.get(name, ()):
                place = re.escape(cell).encode()
                whole = rb"""(<(?:\w+:)?c\b)[^>]*\br=["']%s["'][^>]*>.*?</(?:\w+:)?c>""" % place
                content = re.sub(whole, rb'\1 r="%s"/>' % cell.encode(), content, flags=re.DOTALL)
            copy.writestr(name, content)
    return out.getvalue(), odd


def _sheet_problems(book: Book, source: Source) -> Iterator[Problem]:
    expected = [part.delivered_as for part in source.parts]
    missing = [name for name in expected if name not in book]
    extra = [name for name, cells in book.items() if name not in expected and not cells.is_empty()]
    if missing or extra:
        told = f"sheets missing: {', '.join(missing) or 'none'}; not agreed: {len(extra)}"
        yield source.problem(
            "F11", f"{told}. Ask {source.company} for the sheets {', '.join(expected)} and no other."
        )


def _cells(book: fastexcel.ExcelReader, sheet: str) -> pl.DataFrame:
    """All cells as text, row 1 first; the library leaves out columns before the first filled one."""
    return book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()


def _sheet(
    found: pl.DataFrame, source: Source, part: Part, odd: OddCells, system: str
) -> Iterator[Chunk | Problem]:
    cells = _shown(found.with_row_index("row_number", 1), odd)
    first = source.dialect.header_row
    named = cells.drop("row_number").row(first - 1) if cells.height >= first else ()
    header = match_header(_without_blank_end(named), source, part, f"sheet {part.delivered_as}, row {first}")
    if header.problem:
        yield header.problem
    if not header.positions:
        return
    rows = _rows(cells.slice(first), header, source, part, system, {row for row, _ in odd.formulas})
    rows = rows.with_columns(
        (pl.col(RAGGED) | _repeats(header, source.headers(part))).alias(RAGGED),
        pl.col("row_number").is_in(sorted(odd.bad)).alias(MISWRITTEN),
    )
    if not rows.is_empty():
        chunk = chunk_of(source, part, rows)
        yield replace(chunk, look=partial(_look, chunk, header, odd))


def _without_blank_end(cells: tuple[str | None, ...]) -> list[str]:
    names = [cell or "" for cell in cells]
    while names and not names[-1].strip():
        names.pop()
    return names


def _rows(
    cells: pl.DataFrame, header: Header, source: Source, part: Part, system: str, formulas: set[int]
) -> pl.DataFrame:
    """The filled rows. A filled cell right of the header makes a row too wide (T01); one cell alone is no
    row, unless the row has `formulas`, of which some give a blank."""
    columns = [name for name in cells.columns if name != "row_number"]
    types = {word.name: word.type for word in source_words(source.export)[part.entity]}
    filled = cells.filter(pl.any_horizontal(_filled(name) for name in columns))
    too_wide = [_filled(name) for name in columns[header.width :]]
    words = {word: pl.col(columns[place]) for word, place in header.positions.items()}
    is_note = pl.lit(False)
    if header.width >= NOBODYS_WIDTH:
        count = pl.sum_horizontal(_filled(name).cast(pl.Int32) for name in columns)
        is_code = pl.col(columns[0]).fill_null("").str.contains(r"^\S+$")
        is_note = (count <= NOBODYS_CELLS) & ~is_code & ~pl.col("row_number").is_in(sorted(formulas))
    return (
        filled.select(
            pl.col("row_number").cast(pl.Int64),
            pl.format("{}!{}", pl.lit(part.delivered_as), "row_number").alias("source_row"),
            ((pl.any_horizontal(too_wide) if too_wide else pl.lit(False)) | is_note).alias(RAGGED),
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


def _repeats(header: Header, headers: dict[str, str]) -> pl.Expr:
    """The row is the header once more, as at the top of each printed page."""
    names = {word: name for name, word in headers.items()}
    return pl.all_horizontal(pl.col(word).str.strip_chars() == names[word] for word in header.positions)


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
