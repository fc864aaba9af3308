"""The byte order mark: stepped over, and noted where the specification has it otherwise (F06)."""

from typing import BinaryIO

from extractors.problem import Problem
from extractors.readers.source import Source

MARK = b"\xef\xbb\xbf"

INNER_MARKS = ("\ufeff", "ï»¿")
"""The mark as text, in UTF-8 and in CP1252: inside a file, where two were put together, it is of no field
(T02)."""


def skip_mark(file: BinaryIO, source: Source) -> Problem | None:
    """Steps over a byte order mark at the start of `file`; F06 when the specification has it otherwise."""
    has_mark = file.read(len(MARK)) == MARK
    if not has_mark:
        file.seek(0)
    if has_mark == (source.dialect.encoding == "utf-8-sig"):
        return None
    told = "begins with a byte order mark, where none belongs" if has_mark else "has no byte order mark"
    return source.problem("F06", f"{told}; it was read all the same.")


def encoding(source: Source) -> str:
    """The encoding of the bytes after the mark."""
    return source.dialect.encoding.removesuffix("-sig")
