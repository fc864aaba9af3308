"""Text from outside, made fit for a cell: no formula, no hidden character, no more than a cell holds (T09).

The only place that knows these limits: workbooks, CSV files and the web page all come here.
"""

import re
from decimal import Decimal

import polars as pl

from reports.tables import Cell

LONGEST = 32_767
"""UTF-16 units that a cell of a workbook holds."""

CUT = " [cut: the text has {:,} characters]"

FORMULA_LIKE = r"^\s*[=+\-@＝＋－＠]|^[\t\r]"
"""What a spreadsheet may take for a formula, at once or when the cell is edited or saved as CSV.

The full-width signs count: some spreadsheets fold them to the narrow ones. DDE calls begin with one of these.
"""

_FORMULA_LIKE = re.compile(FORMULA_LIKE)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""


def escape_control_characters(text: str) -> str:
    r"""`text` with every character that XML cannot hold as its escape, such as `\x0b`."""
    return _HIDDEN.sub(lambda found: _escaped(ord(found[0])), text)


def _escaped(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def truncate(text: str) -> str:
    """`text` visible, and cut with a note where it is longer than a cell holds."""
    shown_text = escape_control_characters(text)
    if _units(shown_text) <= LONGEST:
        return shown_text
    note = CUT.format(len(text))
    room = (LONGEST - len(note)) * 2
    return shown_text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + note


def _units(text: str) -> int:
    return len(text) if len(text) * 2 <= LONGEST else len(text.encode("utf-16-le")) // 2


def is_formula_like(text: str) -> bool:
    """True when a spreadsheet may take `text` for a formula."""
    return _FORMULA_LIKE.search(text) is not None


def escape_formulas(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` for a CSV: text that a spreadsheet would take for a formula stands behind an apostrophe."""
    text = pl.col(pl.String)
    return frame.with_columns(
        pl.when(text.str.contains(FORMULA_LIKE)).then(pl.lit("'") + text).otherwise(text).name.keep()
    )


def format_cell(value: Cell) -> str:
    """`value` as people read it: thousands apart, money with its pence."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else value
