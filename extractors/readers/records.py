"""Turns records of CSV into rows."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from extractors.readers.broken import HOLDS, MOST_KEPT, Fields
from extractors.readers.chunk import MISWRITTEN, RAGGED, UNREADABLE
from extractors.readers.header import Header
from extractors.readers.mark import INNER_MARKS


class Record(NamedTuple):
    """One record: its number from 1, its fields, whether its quoting is that of RFC 4180, and whether it is
    one at all: a line of which nobody can say where its record ends is none. `text`: as it is written."""

    number: int
    fields: Sequence[str]
    is_well_quoted: bool
    is_whole: bool = True
    text: str = ""


def record_rows(records: Sequence[Record], header: Header, head: Sequence[str]) -> pl.DataFrame:
    """Rows of the records; one of another width keeps its first field, the likely key (X01). One that
    repeats `head`, the header, is ragged too: it is nobody's row."""
    ragged = [_is_ragged(record, header.width, head) for record in records]
    texts = [
        [clean(field) for field in (record.fields[:1] if broken else record.fields)]
        for record, broken in zip(records, ragged, strict=True)
    ]
    words = {
        word: pl.Series(word, [_field(fields, place, header.width) for fields in texts], dtype=pl.String)
        for word, place in header.positions.items()
    }
    numbers = pl.Series("row_number", [record.number for record in records], dtype=pl.Int64)
    marks = {
        RAGGED: pl.Series(RAGGED, ragged, dtype=pl.Boolean),
        UNREADABLE: pl.Series(
            UNREADABLE, [_is_unreadable(record.fields) for record in records], dtype=pl.Boolean
        ),
        MISWRITTEN: pl.Series(
            MISWRITTEN, [not record.is_well_quoted for record in records], dtype=pl.Boolean
        ),
        HOLDS: pl.Series(HOLDS, [len(record.fields) // max(header.width - 1, 1) + 1 for record in records]),
    }
    return pl.DataFrame({"row_number": numbers, "source_row": numbers.cast(pl.String), **marks, **words})


def broken_fields(records: Sequence[Record], width: int) -> tuple[Fields, ...]:
    """The fields of records that are not of the width of the header."""
    broken = (record.fields for record in records if len(record.fields) != width or not record.is_whole)
    return tuple(tuple(fields) for fields, _ in zip(broken, range(MOST_KEPT), strict=False))


def clean(text: str) -> str:
    """`text` with the replacement character for each byte that could not be decoded."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_ragged(record: Record, width: int, head: Sequence[str]) -> bool:
    if len(record.fields) != width or not record.is_whole:
        return True
    # Where two files were put together, the second header may have kept its byte order mark.
    return record.fields[-1] == head[-1] and [field.lstrip("\ufeff") for field in record.fields] == [*head]


def _field(fields: Sequence[str], place: int, width: int) -> str | None:
    if len(fields) == width:
        return fields[place]
    return fields[0] if place == 0 and fields else None


def _is_unreadable(fields: Sequence[str]) -> bool:
    """True when a field holds a NUL, a byte that could not be decoded, or a byte order mark (T02)."""
    joined = "".join(fields)
    if joined.isascii():
        return "\0" in joined
    is_undecoded = any("\udc80" <= mark <= "\udcff" for mark in joined)
    return is_undecoded or "\0" in joined or any(mark in joined for mark in INNER_MARKS)
