"""CSV by RFC 4180: quotes doubled, line breaks inside quotes. Rows are records, the header being 1."""

import csv
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import islice

from extractors.problem import Problem
from extractors.readers.chunk import chunk_of
from extractors.readers.header import match_header
from extractors.readers.mark import encoding, skip_mark
from extractors.readers.records import clean, record_rows
from extractors.readers.source import ROWS_AT_A_TIME, Chunk, Source

Record = tuple[int, list[str]]


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The records of a CSV file with one part."""
    (part,) = source.parts
    with source.path.open("rb") as file:
        mark = skip_mark(file, source)
        if mark:
            yield mark
        # surrogateescape keeps an undecodable byte in its record, so that only that row is set aside (T02).
        stream = TextIOWrapper(file, encoding=encoding(source), errors="surrogateescape", newline="")
        records = _numbered(csv.reader(stream, delimiter=source.dialect.delimiter))
        _, cells = next(records, (1, []))
        header = match_header([clean(cell) for cell in cells], source, part)
        if header.problem:
            yield header.problem
        if not header.positions:
            return
        while found := list(islice(records, ROWS_AT_A_TIME)):
            yield chunk_of(source, part, record_rows(found, header))


def _numbered(records: Iterable[list[str]]) -> Iterator[Record]:
    """Record number, from 1, and fields.

    A quotation mark that is never closed swallows the rest of the file until the csv module gives up: that
    record counts as one of the wrong width, and the row count of the manifest then fails (F04).
    """
    number = 0
    try:
        for number, fields in enumerate(records, 1):
            yield number, fields
    except csv.Error:
        yield number + 1, []
