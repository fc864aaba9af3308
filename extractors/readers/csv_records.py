"""CSV by RFC 4180: quotes doubled, line breaks inside quotes. Rows are records, the header being 1.

Where a quotation mark stands inside an unquoted field, or text after a closing one, two programs read two
different texts, and the csv module says nothing: such a record is T01. One over several lines that is
malformed, or
has another number of fields than the header, tells nobody where it ends: its first line is set aside, and
reading goes on with the next line. So a mark that is never closed costs one row and not the rest of the file.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice

from extractors.problem import Problem
from extractors.readers.bounds import LimitError, lines
from extractors.readers.chunk import chunk_of
from extractors.readers.header import match_header
from extractors.readers.mark import encoding, skip_mark
from extractors.readers.records import Record, broken_fields, clean, record_rows
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
        bounds = source.limits.of("csv")
        records = Records(lines(stream, bounds["line_bytes"]), source.dialect.delimiter)
        first = next(records.read(1), Record(1, [], True))
        if len(first.fields) > bounds["columns"]:
            raise LimitError(f"has {len(first.fields):,} columns, {bounds['columns']:,} are allowed")
        header = match_header([clean(cell) for cell in first.fields], source, part)
        if header.problem:
            yield header.problem
        if not header.positions:
            return
        rows = records.read(header.width)
        while found := list(islice(rows, ROWS_AT_A_TIME)):
            yield chunk_of(
                source,
                part,
                record_rows(found, header, first.fields),
                broken_fields=broken_fields(found, header.width),
            )


class Records:
    """The records of a stream, each held against the lines that it was read from."""

    def __init__(self, stream: Iterator[str], delimiter: str) -> None:
        self.stream, self.delimiter = stream, delimiter
        self.grammar = _grammar(delimiter)
        self.taken: list[str] = []
        self.given_back: deque[str] = deque()
        self.number = 0

    def read(self, width: int) -> Iterator[Record]:
        """The records from here on. One over several lines is one only where it is well quoted and has
        `width` fields; the header alone may have any number, and is asked for as 1."""
        while True:
            try:
                for fields in csv.reader(self._lines(), delimiter=self.delimiter):
                    text = "".join(self.taken)
                    is_well = QUOTE not in text or self.grammar.fullmatch(text) is not None
                    if len(self.taken) > 1 and not (is_well and (len(fields) == width or self.number == 0)):
                        break
                    self.taken.clear()
                    self.number += 1
                    yield Record(self.number, fields, is_well, text=text)
                else:
                    return
            except csv.Error:
                pass
            yield self._first_line()

    def _lines(self) -> Iterator[str]:
        while self.given_back:
            line = self.given_back.popleft()
            self.taken.append(line)
            yield line
        for line in self.stream:
            self.taken.append(line)
            yield line

    def _first_line(self) -> Record:
        """The first of the lines taken, as a record of no width; the others are given back."""
        line, *others = self.taken
        self.taken.clear()
        self.given_back.extendleft(reversed(others))
        self.number += 1
        return Record(
            self.number, line.rstrip("\r\n").split(self.delimiter), False, is_whole=False, text=line
        )


def _grammar(delimiter: str) -> re.Pattern[str]:
    """One record as RFC 4180 writes it. No part gives back what it took: a long field costs no more."""
    field = rf'(?:"(?:[^"]++|"")*+"|[^"{delimiter}\r\n]*+)'
    return re.compile(rf"(?:{field}{re.escape(delimiter)})*+{field}(?:\r\n|\r|\n)?")
