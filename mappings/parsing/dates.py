"""Dates and times exactly as agreed, and Excel day numbers in date columns of workbooks and CSV (T12)."""

import datetime as dt

import polars as pl

_DIRECTIVES = {
    "%d": r"\d{2}",
    "%m": r"\d{2}",
    "%b": "[A-Za-z]{3}",
    "%Y": r"\d{4}",
    "%H": r"\d{2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
}
ISO_DATE = "%Y-%m-%d"
ISO_DATETIME = "%Y-%m-%dT%H:%M:%S"

LAST_EXCEL_DAY = 2_958_465
"""31 December 9999; a longer number, such as 20210125, is not a day number."""

FIRST_DAY_NUMBER = dt.date(1910, 1, 1)
"""A day number of an earlier day is another number, or a link to an empty cell; but for births."""

AFTER_ZERO = dt.date(1900, 1, 2)
"""1 January 1900 and what lies before it is how programs write no date; but for births."""

NO_SUCH_DAY = 60
"""Excel's 1900 system has a 29 February 1900 that never was: day 60 is no date, earlier days shift by one."""


def date(text: pl.Expr, pattern: str) -> pl.Expr:
    """A date written exactly as `pattern`: the parser alone would take `1/2/21` for the year 21."""
    return _exactly(text, pattern).str.to_date(pattern, strict=False)


def date_and_time(text: pl.Expr, pattern: str) -> pl.Expr:
    """A date with a time of day; local time, no zone."""
    return _exactly(text, pattern).str.to_datetime(pattern, strict=False, time_unit="us")


def time_of_day(text: pl.Expr) -> pl.Expr:
    """`HH:MM` or `HH:MM:SS`; a time cell of a workbook may show seconds."""
    has_seconds = text.str.len_chars() == len("HH:MM:SS")
    padded = pl.when(has_seconds).then(text).otherwise(text + ":00")
    return _exactly(padded, "%H:%M:%S").str.to_time("%H:%M:%S", strict=False)


def excel_day(text: pl.Expr, date_system: pl.Expr) -> pl.Expr:
    """The date of an Excel day number in the workbook's own date system, `1900` or `1904`; else null."""
    number = text.str.extract(r"^([0-9]{1,7})(\.[0-9]+)?$").cast(pl.Int64)
    is_day = (number >= 1) & (number <= LAST_EXCEL_DAY)
    late, early = _days_after(1899, 12, 30, number), _days_after(1899, 12, 31, number)
    in_1900 = pl.when(number > NO_SUCH_DAY).then(late).when(number < NO_SUCH_DAY).then(early)
    in_1904 = _days_after(1904, 1, 1, number)
    return pl.when(is_day & (date_system == "1904")).then(in_1904).when(is_day).then(in_1900)


def no_earlier(value: pl.Expr, first: dt.date) -> pl.Expr:
    """`value`, a date or a date with a time, where it is `first` or later."""
    return pl.when(value >= first).then(value)


def _days_after(year: int, month: int, day: int, number: pl.Expr) -> pl.Expr:
    return (pl.date(year, month, day).cast(pl.Int32) + number.cast(pl.Int32)).cast(pl.Date)


def _exactly(text: pl.Expr, pattern: str) -> pl.Expr:
    form = pattern
    for directive, digits in _DIRECTIVES.items():
        form = form.replace(directive, digits)
    return pl.when(text.str.contains(f"^{form}$")).then(text)
