"""Compares a header with the columns a company agreed to deliver (F11), and finds the word of each column."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.source import Source

RECOGNISED_SHARE = 0.5
"""Below this share of known columns the line is taken for data, and not repeated in a message."""


@dataclass(frozen=True)
class Header:
    """`words` has one entry per column of the file: the shared word, or None for an unknown column."""

    words: tuple[str | None, ...]
    problem: Problem | None

    @property
    def width(self) -> int:
        """Number of columns of the file."""
        return len(self.words)

    @property
    def positions(self) -> dict[str, int]:
        """Column number, from 0, of each word that was found."""
        return {word: place for place, word in enumerate(self.words) if word is not None}


def match_header(cells: Sequence[str], source: Source, part: Part, where: str = "the header") -> Header:
    """The header made of `cells`. Columns may stand in any order; a repeated one counts the first time."""
    expected = source.headers(part)
    names = [cell.strip() for cell in cells]
    missing = [name for name in expected if name not in names]
    unknown = [name for name in names if name not in expected]
    twice = sorted({name for name in names if name in expected and names.count(name) > 1})
    words = tuple(
        expected.get(name) if name not in names[:place] else None for place, name in enumerate(names)
    )
    if not (missing or unknown or twice):
        return Header(words, None)
    if len(expected) - len(missing) < len(expected) * RECOGNISED_SHARE:
        message = f"{where} has {len(expected) - len(missing)} of the {len(expected)} expected columns"
        return Header(
            words, _problem(source, f"{message}; it is no header, or not in {source.dialect.encoding}.")
        )
    lists = {"missing": missing, "unknown": unknown, "twice": twice}
    told = "; ".join(f"{kind}: {', '.join(map(repr, found))}" for kind, found in lists.items() if found)
    return Header(words, _problem(source, f"{where} is not as agreed. Columns {told}."))


def _problem(source: Source, message: str) -> Problem:
    return source.problem("F11", f"{message} Ask {source.company} for the file with the agreed columns.")
