"""Turns records of CSV into rows."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from extractors.readers.chunk import MISWRITTEN, RAGGED, UNREADABLE
from extractors.readers.header import Header


class Record(NamedTuple):
    """One record: its number from 1, its fields, and whether its quoting is that of RFC 4180."""

    number: int
    fields: Sequence[str]
    is_well_quoted: bool


def record_rows(records: Sequence[Record], header: Header) -> pl.DataFrame:
    """Rows of the records; one of another width keeps its first field, the likely key (X01)."""
    ragged = [len(record.fields) != header.width for record in records]
    texts = [[clean(field) for field in record.fields] for record in records]
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
    }
    return pl.DataFrame({"row_number": numbers, "source_row": numbers.cast(pl.String), **marks, **words})


def clean(text: str) -> str:
    """`text` with the replacement character for each byte that could not be decoded."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _field(fields: Sequence[str], place: int, width: int) -> str | None:
    if len(fields) == width:
        return fields[place]
    return fields[0] if place == 0 and fields else None


def _is_unreadable(fields: Sequence[str]) -> bool:
    """True when a field holds a NUL or a byte that could not be decoded (T02)."""
    joined = "".join(fields)
    if joined.isascii():
        return "\0" in joined
    return "\0" in joined or any("\udc80" <= mark <= "\udcff" for mark in joined)
