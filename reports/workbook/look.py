"""How one cell looks, settled once per workbook: openpyxl compares whole fonts and fills for every cell it is
given them for, which took longer than writing the cells."""

from copy import copy
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from reports.workbook.style import BOLD, NUMBER, PLAIN, RULE, TEXT, WORD_FILLS, WRAPPED


class Look(NamedTuple):
    """A cell of a table: with a hair line below, its text wrapped, in the colour of a telling `word`."""

    is_ruled: bool = False
    is_wrapped: bool = False
    word: str = ""


PLAINLY = Look()

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
