"""Text without quoting: physical lines, fields between a separator (delius.md). Read in blocks of lines."""

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from extractors.problem import Problem
from extractors.readers.bounds import LimitError
from extractors.readers.broken import HOLDS, MOST_KEPT, Fields
from extractors.readers.chunk import DOUBLE_MARKS, RAGGED, UNREADABLE, chunk_of
from extractors.readers.header import Header, match_header
from extractors.readers.mark import INNER_MARKS, encoding, skip_mark
from extractors.readers.source import Chunk, Source

BLOCK_BYTES = 8 * 1024 * 1024
"""Bytes read at a time; a block ends with the line it falls in."""

UNREADABLE_MARKS = ("\0", "\ufffd", *INNER_MARKS)
"""A NUL, what stands for a byte that could not be decoded, a byte order mark inside the text (T02)."""

LONGEST_HEADER = 1024 * 1024
"""Bytes of a header line at most: a file without any line end is not read into memory."""


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The lines of a text file with one part, numbered as in the file, the header being 1."""
    (part,) = source.parts
    with source.path.open("rb") as file:
        mark = skip_mark(file, source)
        if mark:
            yield mark
        line = file.readline(LONGEST_HEADER).decode(encoding(source), errors="replace")
        header = match_header(line.rstrip("\r\n").split(source.dialect.delimiter), source, part)
        if header.problem:
            yield header.problem
        if not header.positions:
            return
        bounds = source.limits.of("text")
        if header.width > bounds["columns"]:
            raise LimitError(f"has {header.width:,} columns, {bounds['columns']:,} are allowed")
        number = 2
        for block in _blocks(file, bounds["line_bytes"]):
            if len(block) > bounds["line_bytes"]:
                _demand_short(block, bounds["line_bytes"])
            text = block.decode(encoding(source), errors="replace")
            rows, fields = _rows(text, line.rstrip("\r\n"), header, source.dialect.delimiter, number)
            yield chunk_of(
                source,
                part,
                rows,
                looks_double=any(mark in text for mark in DOUBLE_MARKS),
                broken_fields=fields,
            )
            number += rows.height


def _demand_short(block: bytes, longest: int) -> None:
    """No line of `block` is longer than it may be.

    Raises:
        LimitError: one is.
    """
    start = 0
    while start + longest < len(block):
        # From one line end on, the next must be in reach; most lines are short, so few are looked at.
        end = block.rfind(b"\n", start, start + longest + 1)
        if end < 0:
            raise LimitError(f"has a line of more than {longest:,} bytes")
        start = end + 1


def _blocks(file: BinaryIO, longest: int) -> Iterator[bytes]:
    """Blocks of whole lines.

    Raises:
        LimitError: a line does not end where it should.
    """
    while block := file.read(BLOCK_BYTES):
        rest = file.readline(longest + 1)
        if len(rest) > longest:
            raise LimitError(f"has a line of more than {longest:,} bytes")
        yield block + rest


def _rows(
    text: str, head: str, header: Header, separator: str, first: int
) -> tuple[pl.DataFrame, tuple[Fields, ...]]:
    """One row per line: the marks, the words, and the number of the line, from `first` on; the fields of
    lines that do not split into as many as the header `head` has."""
    data = text.encode()
    separators = pl.col("line").str.count_matches(separator, literal=True)
    # Nearly every block can be read throughout: only where there is a mark at all each line is searched.
    has_marks = any(mark in text for mark in UNREADABLE_MARKS)
    is_unreadable = pl.col("line").str.contains("|".join(UNREADABLE_MARKS)) if has_marks else pl.lit(False)
    is_ragged = separators != header.width - 1
    if head in text:  # a file put together of two brings its header again
        is_ragged |= pl.col("line") == head
    lines = pl.read_lines(data, name="line").with_columns(
        is_ragged.alias(RAGGED),
        is_unreadable.alias(UNREADABLE),
    )
    fields_of_broken: tuple[Fields, ...] = ()
    if lines[RAGGED].any() or header.width == 1:
        lines = lines.with_columns((separators // max(header.width - 1, 1) + 1).alias(HOLDS))
        broken = lines.filter(RAGGED)["line"].head(MOST_KEPT)
        fields_of_broken = tuple(tuple(one.split(separator)) for one in broken)
        fields = _split(lines, header, separator)
    else:
        fields = _parse(data, separator)
    numbers = pl.int_range(first, first + lines.height, eager=True, dtype=pl.Int64)
    rows = pl.DataFrame(
        {
            RAGGED: lines[RAGGED],
            UNREADABLE: lines[UNREADABLE],
            **({HOLDS: lines[HOLDS]} if HOLDS in lines.columns else {}),
            **{word: fields.to_series(place) for word, place in header.positions.items()},
            "row_number": numbers,
            "source_row": numbers.cast(pl.String),
        }
    )
    return rows, fields_of_broken


def _parse(data: bytes, separator: str) -> pl.DataFrame:
    """The fields of lines that all have the same number of them."""
    return pl.read_csv(
        data,
        separator=separator,
        quote_char=None,
        has_header=False,
        infer_schema=False,
        empty_string_is_null=False,
    )


def _split(lines: pl.DataFrame, header: Header, separator: str) -> pl.DataFrame:
    """The fields of lines of which some are broken: these keep their first field, the likely key (X01)."""
    whole = pl.when(~pl.col(RAGGED)).then("line").str.split_exact(separator, header.width - 1)
    first = pl.col("line").str.split(separator).list.first()
    fields = lines.select(whole.alias("fields")).unnest("fields")
    return fields.with_columns(
        pl.coalesce(fields.to_series(0), lines.select(first).to_series()).alias(fields.columns[0])
    )
