"""A clean file of lines, to damage line by line; what becomes of each row follows its line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.hostile.pair import ASIDE, EITHER, NOTHING, RIGHT, Cells, Clean, Pair, Row

BREAK = b"\r\n"


@dataclass(frozen=True)
class Line:
    """A line without its end, and what must become of its row. The header has no fate. `end`: where it is
    its own."""

    raw: bytes
    fate: str = RIGHT
    cells: Cells | None = None
    end: bytes | None = None


Lines = list[Line]
Damage = Callable[[Lines, int], Lines]
"""Lines of a file, the header among them where it has one, and the place of a row in them."""


def lines_of(clean: Clean) -> Lines:
    """The lines of a clean file without line breaks in its fields."""
    end = BREAK if BREAK in clean.content else b"\n"
    raws = clean.content.split(end)[:-1]
    return [Line(raw, cells=clean.rows[""].get(number)) for number, raw in enumerate(raws, 1)]


def pair_of(
    name: str, clean: Clean, lines: Sequence[Line], end: bytes | None = None, last: bytes | None = None
) -> Pair:
    """The pair of a file of `lines`. `end`: of every line; `last`: of the last one where it is another."""
    end = end if end is not None else (BREAK if BREAK in clean.content else b"\n")
    ends = [end if line.end is None else line.end for line in lines[:-1]] + [end if last is None else last]
    content = b"".join(line.raw + one for line, one in zip(lines, ends, strict=True))
    has_header = 1 not in clean.rows[""]
    rows = {
        number: Row(line.fate, line.cells or {})
        for number, line in enumerate(lines, 1)
        if not (has_header and number == 1)
    }
    return Pair(name, clean, content, {"": rows})


def put(lines: Lines, place: int, *new: Line) -> Lines:
    """`new` in the place of one line."""
    return [*lines[:place], *new, *lines[place + 1 :]]


def rewritten(lines: Lines, place: int, change: Callable[[bytes], bytes], fate: str = ASIDE) -> Lines:
    """One line with other bytes and another fate."""
    return put(lines, place, replace(lines[place], raw=change(lines[place].raw), fate=fate))


def inserted(lines: Lines, place: int, raw: bytes) -> Lines:
    """A line that is nobody's row before another."""
    return [*lines[:place], Line(raw, NOTHING), *lines[place:]]


__all__ = [
    "ASIDE",
    "EITHER",
    "NOTHING",
    "RIGHT",
    "Damage",
    "Line",
    "Lines",
    "inserted",
    "lines_of",
    "pair_of",
    "put",
    "rewritten",
]
