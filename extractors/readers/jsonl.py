"""JSON lines: one object per line, numbered by physical line. Values become text; lists stay JSON."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import polars as pl

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.chunk import RAGGED, UNREADABLE, chunk_of
from extractors.readers.mark import encoding, skip_mark
from extractors.readers.source import ROWS_AT_A_TIME, Chunk, Source

LIST_MARK = "[]."
"""`needs[].area` in columns.csv is the member `area` of every object in the list `needs`."""


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The lines of a JSON lines file with one part. A line that is no complete object is T01."""
    (part,) = source.parts
    with source.path.open("rb") as file:
        mark = skip_mark(file, source)
        if mark:
            yield mark
        lines = enumerate(file, 1)
        while found := list(islice(lines, ROWS_AT_A_TIME)):
            yield chunk_of(source, part, _rows(found, source, part))


def _rows(lines: list[tuple[int, bytes]], source: Source, part: Part) -> pl.DataFrame:
    texts = [line.decode(encoding(source), errors="surrogateescape") for _, line in lines]
    objects = [_object(text) for text in texts]
    numbers = pl.Series("row_number", [number for number, _ in lines], dtype=pl.Int64)
    columns = {
        RAGGED: pl.Series(RAGGED, [found is None for found in objects], dtype=pl.Boolean),
        UNREADABLE: pl.Series(UNREADABLE, [_is_unreadable(text) for text in texts], dtype=pl.Boolean),
    }
    for path, word in source.headers(part).items():
        columns[word] = pl.Series(word, [_value(found or {}, path) for found in objects], dtype=pl.String)
    return pl.DataFrame({"row_number": numbers, "source_row": numbers.cast(pl.String), **columns})


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text.encode("utf-8", "replace"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_unreadable(text: str) -> bool:
    return "\0" in text or "\\u0000" in text or any("\udc80" <= mark <= "\udcff" for mark in text)


def _value(found: dict[str, Any], path: str) -> str | None:
    """The member at `path` as text, null when absent; of a list, the members of its objects as JSON."""
    if LIST_MARK not in path:
        return _text(found.get(path))
    name, member = path.split(LIST_MARK)
    items = found.get(name)
    if not isinstance(items, list):
        return None
    texts = [_text(item.get(member)) if isinstance(item, dict) else None for item in items]
    return json.dumps(texts, ensure_ascii=False)  # so that T03 sees the letters themselves


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)
