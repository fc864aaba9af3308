"""CSV by RFC 4180: quotes doubled, line breaks inside quotes. Rows are records, the header being 1.

Where a quotation mark stands inside an unquoted field, or text after a closing one, two programs read two
different texts, and the csv module says nothing: such a record is T01.
"""

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice

from extractors.problem import Problem
from extractors.readers.chunk import chunk_of
from extractors.readers.header import match_header
from extractors.readers.mark import encoding, skip_mark
from extractors.readers.records import Record, clean, record_rows
from extractors.readers.source import ROWS_AT_A_TIME, Chunk, Source

QUOTE = '"'
csv.field_size_limit(10_000_000)  # the module gives up at 131,072: a long note is no fault of its file


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The records of a CSV file with one part."""
    (part,) = source.parts
    with source.path.open("rb") as file:
        mark = skip_mark(file, source)
        if mark:
            yield mark
        # surrogateescape keeps an undecodable byte in its record, so that only that row is set aside (T02).
        stream = TextIOWrapper(file, encoding=encoding(source), errors="surrogateescape", newline="")
        records = _records(stream, source.dialect.delimiter)
        first = next(records, Record(1, [], True))
        header = match_header([clean(cell) for cell in first.fields], source, part)
        if header.problem:
            yield header.problem
        if not header.positions:
            return
        while found := list(islice(records, ROWS_AT_A_TIME)):
            yield chunk_of(source, part, record_rows(found, header))


def _records(stream: TextIOWrapper, delimiter: str) -> Iterator[Record]:
    """The records, each held against the lines that it was read from.

    A quotation mark that is never closed swallows the rest of the file until the csv module gives up: that
    record counts as one of the wrong width, and the row count of the manifest then fails (F04).
    """
    grammar, lines, number = _grammar(delimiter), [], 0

    def taken() -> Iterator[str]:
        for line in stream:
            lines.append(line)
            yield line

    try:
        for number, fields in enumerate(csv.reader(taken(), delimiter=delimiter), 1):
            record = "".join(lines)
            lines.clear()
            yield Record(number, fields, QUOTE not in record or grammar.fullmatch(record) is not None)
    except csv.Error:
        yield Record(number + 1, [], False)


def _grammar(delimiter: str) -> re.Pattern[str]:
    """One record as RFC 4180 writes it. No part gives back what it took: a long field costs no more."""
    field = rf'(?:"(?:[^"]++|"")*+"|[^"{delimiter}\r\n]*+)'
    return re.compile(rf"(?:{field}{re.escape(delimiter)})*+{field}(?:\r\n|\r|\n)?")
