"""How one cell looks, settled once per workbook: openpyxl compares whole fonts and fills for every cell it is
given them for, which took longer than writing the cells."""

from copy import copy
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from reports.workbook.style import (
    BOLD,
    HEADER,
    HEADER_FILL,
    HEADING,
    NUMBER,
    PLAIN,
    QUIET,
    RULE,
    TEXT,
    UNINDENTED,
    WORD_FILLS,
    WRAPPED,
)


class Look(NamedTuple):
    """A cell of a table: with a hair line below, its text wrapped, in the colour of a telling `word`; or of a
    `part` of the sheet that is no line of a table."""

    is_ruled: bool = False
    is_wrapped: bool = False
    word: str = ""
    part: str = ""


PLAINLY = Look()
HEADING_OF_TABLE, NOTE, EMPTY = (Look(part=part) for part in ("heading", "note", "empty"))
HEADER_OF_TEXT, HEADER_OF_NUMBERS = Look(part="header of text"), Look(part="header of numbers")

_PARTS = {
    HEADING_OF_TABLE.part: (HEADING, UNINDENTED),
    NOTE.part: (PLAIN, UNINDENTED),
    EMPTY.part: (QUIET, TEXT),
    HEADER_OF_TEXT.part: (HEADER, TEXT),
    HEADER_OF_NUMBERS.part: (HEADER, NUMBER),
}
"""Font and alignment of each part; what has the font of a header has its fill."""

_settled: WeakKeyDictionary[Workbook, dict[tuple[Look, str, bool], Any]] = WeakKeyDictionary()


def dress(cell: Cell, look: Look, number_format: str, *, is_quoted: bool = False) -> None:
    """Give `cell` its look. `number_format`: blank for text. `is_quoted`: text, whatever it begins with."""
    known = _settled.setdefault(cast(Workbook, cell.parent.parent), {})
    key, styled = (look, number_format, is_quoted), cast(Any, cell)
    if key not in known:
        _settle(cell, look, number_format, is_quoted=is_quoted)
        known[key] = styled._style
    styled._style = copy(known[key])  # a copy: whoever changes one cell afterwards changes that one alone


def _settle(cell: Cell, look: Look, number_format: str, *, is_quoted: bool) -> None:
    cell.font = BOLD if look.word else PLAIN
    cell.alignment = NUMBER if number_format else WRAPPED if look.is_wrapped else TEXT
    if number_format:
        cell.number_format = number_format
    else:
        cell.quotePrefix = is_quoted
    if look.is_ruled:
        cell.border = RULE
    if look.word:
        cell.fill = WORD_FILLS[look.word]
    if look.part:
        cell.font, cell.alignment = _PARTS[look.part]
        if cell.font == HEADER:
            cell.fill = HEADER_FILL
