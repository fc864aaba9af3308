"""JSON lines: one object per line, numbered by physical line. Values become text; lists stay JSON.

A member that stands twice makes its line T01: programs differ in which of the two they take. So does a list
or object where one value was agreed, and NaN or Infinity, which are no JSON. One that nobody
agreed to is F11, like a column.

A number is a JSON number and a yes or no is `true` or `false` (eoc.md): a text in their place keeps its
quotation marks, so that nobody takes it for one.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import polars as pl

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.bounds import lines
from extractors.readers.broken import HOLDS
from extractors.readers.chunk import MISWRITTEN, RAGGED, UNREADABLE, chunk_of
from extractors.readers.header import RECOGNISED_SHARE
from extractors.readers.mark import encoding, skip_mark
from extractors.readers.source import ROWS_AT_A_TIME, Chunk, Source
from vocabulary.source import source_words

LIST_MARK = "[]."
"""`needs[].area` in fields.csv is the member `area` of every object in the list `needs`."""

NO_TEXTS = ("int", "bool")
"""Types that JSON has itself."""


SAYABLE = re.compile(r"[a-z_.\[\]]+")
"""Names that can be told: as agreed names are written."""

MOST_NAMES = 5

RUN_TOGETHER = re.compile(rb"\}\s*\{")
"""Where one object follows another without a line break."""


class _Number(str):
    """A JSON number as it is written."""


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The lines of a JSON lines file with one part. A line that is no complete object is T01."""
    (part,) = source.parts
    with source.path.open("rb") as file:
        mark = skip_mark(file, source)
        if mark:
            yield mark
        longest = source.limits.of("jsonl")["line_bytes"]
        numbered, unknown = enumerate(lines(file, longest), 1), set[str]()
        while found := list(islice(numbered, ROWS_AT_A_TIME)):
            yield chunk_of(source, part, _rows(found, source, part, unknown))
    if unknown:
        told = f"members that were not agreed{_names(unknown)}"
        yield source.problem("F11", f"{told}. Ask {source.company} for the file with the agreed members.")


def _names(unknown: set[str]) -> str:
    """The first of the names that are words and no more: a name may be somebody's, or a number of theirs."""
    words = sorted(name for name in unknown if SAYABLE.fullmatch(name))[:MOST_NAMES]
    return f": {', '.join(map(repr, words))}" if words else ""


def _rows(numbered: list[tuple[int, bytes]], source: Source, part: Part, unknown: set[str]) -> pl.DataFrame:
    """One row per line; the paths of members that nobody agreed to are added to `unknown`."""
    texts = [line.decode(encoding(source), errors="surrogateescape") for _, line in numbered]
    read = [_object(text) for text in texts]
    objects = [found for found, _ in read]
    agreed = source.headers(part).keys()
    lists = {path.split(LIST_MARK)[0] for path in agreed if LIST_MARK in path}
    is_miswritten = [is_twice or _is_nested(found or {}, lists) for found, is_twice in read]
    for found in objects:
        paths = _paths(found or {}, lists)
        # An object that has few of the agreed members may be keyed by what its values should be.
        is_ours = len(paths & agreed) >= len(agreed) * RECOGNISED_SHARE
        unknown.update(path if is_ours else "?" for path in paths - agreed)
    no_texts = {word.name for word in source_words(source.export)[part.entity] if word.type in NO_TEXTS}
    numbers = pl.Series("row_number", [number for number, _ in numbered], dtype=pl.Int64)
    columns = {
        HOLDS: pl.Series(
            HOLDS, [1 + len(RUN_TOGETHER.findall(line)) for _, line in numbered], dtype=pl.Int64
        ),
        RAGGED: pl.Series(RAGGED, [found is None for found in objects], dtype=pl.Boolean),
        MISWRITTEN: pl.Series(MISWRITTEN, is_miswritten, dtype=pl.Boolean),
        UNREADABLE: pl.Series(
            UNREADABLE,
            [_is_unreadable(text, found) for text, found in zip(texts, objects, strict=True)],
            dtype=pl.Boolean,
        ),
    }
    for path, word in source.headers(part).items():
        values = [_value(found or {}, path, word in no_texts) for found in objects]
        columns[word] = pl.Series(word, values, dtype=pl.String)
    return pl.DataFrame({"row_number": numbers, "source_row": numbers.cast(pl.String), **columns})


def _object(text: str) -> tuple[dict[str, Any] | None, bool]:
    """The object of a line, None where there is no complete one; and whether a member stands twice in it."""
    sizes: list[int] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        sizes.append(len(pairs) - len(found))
        return found

    try:
        found = json.loads(
            _plain(text),
            parse_float=_Number,
            parse_int=_Number,
            parse_constant=_refuse,
            object_pairs_hook=members,
        )
    except (ValueError, RecursionError):
        return None, False
    return (found, any(sizes)) if isinstance(found, dict) and found else (None, False)


def _refuse(constant: str) -> None:
    """NaN and Infinity are no JSON, whatever some programs write."""
    raise ValueError(constant)


def _plain(text: str) -> str:
    """`text` as the parser takes it: without a byte order mark, which two files put together leave inside."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode().lstrip("\ufeff")


def _paths(found: dict[str, Any], lists: set[str]) -> set[str]:
    """The path of every member as fields.csv writes it: of `lists` the members of their objects."""
    paths = found.keys() - lists
    for name in lists:
        items = found.get(name) or []
        objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        paths |= {f"{name}{LIST_MARK}{member}" for item in objects for member in item}
    return paths


def _is_nested(found: dict[str, Any], lists: set[str]) -> bool:
    """A list or an object where one value was agreed: whose text it would be, nobody said."""
    for name, value in found.items():
        if name in lists:
            items = value if isinstance(value, list) else [value]
            members = [member for item in items if isinstance(item, dict) for member in item.values()]
        else:
            members = [value]
        if any(isinstance(member, list | dict) for member in members):
            return True
    return False


def _is_unreadable(text: str, found: dict[str, Any] | None) -> bool:
    """An undecodable byte, a NUL, or half a character: JSON writes those beyond the first 65,536 in two."""
    if "\\u" in text and found is not None:
        try:
            told = json.dumps(found, ensure_ascii=False)
            told.encode()
        except (UnicodeEncodeError, RecursionError):
            return True
        if "\\u0000" in told.replace("\\\\", ""):
            return True
    return "\0" in text or (not text.isascii() and any("\udc80" <= mark <= "\udcff" for mark in text))


def _value(found: dict[str, Any], path: str, is_no_text: bool) -> str | None:
    """The member at `path` as text, null when absent; of a list, the members of its objects as JSON."""
    if LIST_MARK not in path:
        return _text(found.get(path), is_no_text)
    name, member = path.split(LIST_MARK)
    items = found.get(name)
    if items is None:
        return None
    if not isinstance(items, list):
        items = [items]  # no list: its members are missing, and that is told (T04)
    texts = [_text(item.get(member), is_no_text) if isinstance(item, dict) else None for item in items]
    return json.dumps(texts, ensure_ascii=False)  # so that T03 sees the letters themselves


def _text(value: object, is_no_text: bool) -> str | None:
    """The value as text; half a character becomes a question mark."""
    if value is None or isinstance(value, _Number):
        return value
    if isinstance(value, str) and not (is_no_text and value.strip()):
        return value.encode("utf-8", "replace").decode()
    return json.dumps(value)
