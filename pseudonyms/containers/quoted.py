"""CSV: record by record, with the quotation marks that each field had, well or badly set."""

import re
from collections.abc import Iterator
from functools import cache
from io import TextIOWrapper

from extractors.readers.bounds import lines
from extractors.readers.csv_records import Records
from extractors.readers.mark import encoding
from extractors.readers.records import Record
from extractors.readers.source import Source
from pseudonyms.columns import Treatments
from pseudonyms.containers.delimited import LOSSLESS, skipped_mark
from pseudonyms.containers.header import columns_of
from pseudonyms.lines import Columns

QUOTE = '"'
PIECE = re.compile(r'("*)(.*?)("*)', re.DOTALL)
"""A field of a record whose quotation marks are wrong."""


def copied(source: Source, treatments: Treatments) -> Iterator[bytes]:
    """The records of the copy, one after the other.

    Raises:
        DeliveryError: a column was not agreed.
        LimitError: a line is longer than any may be.
    """
    (part,) = source.parts
    delimiter, coding = source.dialect.delimiter, encoding(source)
    with source.path.open("rb") as file:
        yield skipped_mark(file)
        stream = TextIOWrapper(file, encoding=coding, errors=LOSSLESS, newline="")
        records = Records(lines(stream, source.limits.of("csv")["line_bytes"]), delimiter)
        first = next(records.read(1), Record(1, [], True))
        yield first.text.encode(coding, LOSSLESS)
        columns = columns_of(first.fields, source, part, treatments)
        for record in records.read(len(first.fields)):
            is_header = [*record.fields] == [*first.fields]
            said = record.text if is_header else _said(record, columns, delimiter)
            yield said.encode(coding, LOSSLESS)


def _said(record: Record, columns: Columns, delimiter: str) -> str:
    body = record.text.rstrip("\r\n") if not record.text.endswith(QUOTE) else record.text
    end = record.text[len(body) :]
    pieces = _pieces(body, delimiter) if record.is_well_quoted else body.split(delimiter)
    values = [_value(piece) for piece in pieces]
    said = columns.treat([value for value, _ in values])
    return (
        delimiter.join(
            _spelt(is_quoted, other, piece)
            for piece, (_, is_quoted), other in zip(pieces, values, said, strict=True)
        )
        + end
    )


def _value(piece: str) -> tuple[str, bool]:
    """What a field says, and whether it is quoted as it should be."""
    inner = piece[1:-1]
    if len(piece) > 1 and piece[0] == piece[-1] == QUOTE and QUOTE not in inner.replace(QUOTE * 2, ""):
        return inner.replace(QUOTE * 2, QUOTE), True
    found = PIECE.fullmatch(piece)
    assert found is not None
    return found[2], False


def _spelt(is_quoted: bool, other: str, piece: str) -> str:
    if is_quoted:
        return QUOTE + other.replace(QUOTE, QUOTE * 2) + QUOTE
    found = PIECE.fullmatch(piece)
    assert found is not None
    return found[1] + other + found[3]


def _pieces(body: str, delimiter: str) -> list[str]:
    """The fields of a record that is well quoted, as they are written."""
    return [found[0] for found in _field(delimiter).findall(body + delimiter)]


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'("(?:[^"]|"")*"|[^"{mark}\r\n]*)({mark})')
