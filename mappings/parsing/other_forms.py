"""Values in another form than agreed whose meaning is not in doubt: they are read, and told (T12)."""

import datetime as dt

import polars as pl

from mappings.parsing import dates
from vocabulary.dialects import Dialect
from vocabulary.source import Word

TYPED_DATE = "%d/%m/%Y"
"""How a date is typed as text into a workbook (exports/README, Types)."""

WHOLE_TYPES = {"id": r"^(\d{1,18})\.0$", "int": r"^(-?\d{1,18})\.0$", "minutes": r"^(-?\d{1,18})\.0$"}
"""Types of whole numbers, and the number before a `.0`. More zeros could be thousands: they are refused."""

FLAG_TYPES = ("flagYN", "flagYNU")


def other_form(word: Word, style: Dialect) -> pl.Expr | None:
    """What `word` means where it is not in the agreed form, as its type, else null; None where none is taken.

    A workbook's frame has a column `date_system`.
    """
    text = pl.col(word.name)
    if word.type in ("date", "isodate") and style.container in ("csv", "xlsx"):
        return _date(text, word, style)
    if word.type in WHOLE_TYPES:
        return text.str.extract(WHOLE_TYPES[word.type]).cast(pl.Int64, strict=False)
    if word.type in FLAG_TYPES:
        yes, no = (True, False) if word.type == "flagYN" else (pl.lit("Y"), pl.lit("N"))
        capitals = text.str.to_uppercase()
        return pl.when(capitals == "TRUE").then(yes).when(capitals == "FALSE").then(no)
    return None


def _date(text: pl.Expr, word: Word, style: Dialect) -> pl.Expr:
    """An Excel day number; in a workbook also a date typed as text."""
    if style.container == "csv":
        return _possible(dates.excel_day(text, pl.lit("1900")), word, dates.FIRST_DAY_NUMBER)
    day = _possible(dates.excel_day(text, pl.col("date_system")), word, dates.FIRST_DAY_NUMBER)
    return pl.coalesce(day, _possible(dates.date(text, TYPED_DATE), word, dates.AFTER_ZERO))


def _possible(day: pl.Expr, word: Word, first: dt.date) -> pl.Expr:
    return day if word.is_birth_date else dates.no_earlier(day, first)
