"""Holds a file against its limits while it is read: no line, row or second more than extractors/limits.toml
allows."""

import time
from collections.abc import Iterator
from typing import IO, AnyStr

from extractors.problem import Problem
from extractors.readers.source import Source


class LimitError(Exception):
    """The file is beyond a limit; the words say which, and what is allowed."""


def check_size(source: Source, rows: int) -> Iterator[Problem]:
    """F15, or F10, before anything of the file is read: its bytes, and the `rows` that the manifest
    states."""
    bounds = source.limits.of(source.dialect.container)
    size = source.path.stat().st_size
    if size > bounds["bytes"]:
        # Of a workbook it is that of an archive: what comes out of it is no smaller.
        rule = "F10" if source.dialect.container == "xlsx" else "F15"
        yield limit_problem(source, f"has {size:,} bytes, {bounds['bytes']:,} are allowed", rule)
    if rows > bounds["rows"]:
        yield limit_problem(source, f"is to hold {rows:,} rows, {bounds['rows']:,} are allowed")


def limit_problem(source: Source, told: str, rule: str = "F15") -> Problem:
    """The `rule` that the file breaks by its size, and what to do about it."""
    kind = source.dialect.container
    ask = f"Ask {source.company} what it is; where it is right, raise the limit: [limits.{kind}] of day1.toml"
    return source.problem(rule, f"{told}. {ask}.")


def lines(stream: IO[AnyStr], longest: int) -> Iterator[AnyStr]:
    """The lines of `stream`.

    Raises:
        LimitError: one is longer than `longest`; no more of it is read.
    """
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            raise LimitError(f"has a line of more than {longest:,} bytes")
        yield line


class Clock:
    """Counts the seconds and rows of one file."""

    def __init__(self, source: Source) -> None:
        self.bounds = source.limits.of(source.dialect.container)
        self.began, self.rows = time.monotonic(), 0

    def add(self, rows: int) -> None:
        """`rows` more were read.

        Raises:
            LimitError: they are more than may be, or it takes too long.
        """
        self.rows += rows
        if self.rows > self.bounds["rows"]:
            raise LimitError(f"has more than {self.bounds['rows']:,} rows")
        if time.monotonic() - self.began > self.bounds["seconds"]:
            raise LimitError(f"takes more than {self.bounds['seconds']:,} seconds to read")
