"""Which reader reads which agreed type (exports/README, Types)."""

import re
from collections.abc import Callable

import polars as pl

from mappings.parsing import dates, numbers
from mappings.parsing.blanks import is_error_value
from mappings.parsing.time_units import whole_minutes
from vocabulary.dialects import Dialect
from vocabulary.errors import ConfigError
from vocabulary.source import Word

FLAGS = {"Y/N": ("Y", "N"), "Yes/No": ("Yes", "No")}
"""The two words of a flag, per `flags` of dialects.csv."""

MONEY = (12, 2)
"""Precision and scale of an amount in pounds."""

TEXTS = ("sha256", "char", "text")
"""Types that take any text."""

DATES = ("date", "isodate", "datetime", "isodatetime")

Reader = Callable[[pl.Expr, Dialect], pl.Expr]

READERS: dict[str, Reader] = {
    "id": lambda text, _: numbers.key(text),
    "int": lambda text, _: numbers.whole(text),
    "minutes": lambda text, _: numbers.whole(text),
    "unit": lambda text, style: whole_minutes(text, style.unit, style.decimal),
    "percent": lambda text, style: numbers.percent(text, style.decimal),
    "money": lambda text, style: numbers.decimal(text, style.decimal, *MONEY),
    "date": lambda text, style: dates.date(text, style.date_format),
    "isodate": lambda text, _: dates.date(text, dates.ISO_DATE),
    "datetime": lambda text, style: dates.date_and_time(text, f"{style.date_format} %H:%M:%S"),
    "isodatetime": lambda text, _: dates.date_and_time(text, dates.ISO_DATETIME),
    # delius: 01/01/1970 09:30:00, of which the day is ignored
    "time": lambda text, style: dates.date_and_time(text, f"{style.date_format} %H:%M:%S").dt.time(),
    "isotime": lambda text, _: dates.time_of_day(text),
    "hh:mm": lambda text, _: dates.time_of_day(text),
    "flag01": lambda text, _: _flag(text, "1", "0"),
    "flagYN": lambda text, style: _flag(text, *FLAGS[style.flags]),
    "flagYNU": lambda text, _: pl.when(text.is_in(["Y", "N", "U"])).then(text),
    "bool": lambda text, _: _flag(text, "true", "false"),
    "sha256": lambda text, _: text,
    "char": lambda text, _: text,
    "text": lambda text, _: text,
}


def typed(word: Word, style: Dialect) -> pl.Expr:
    """The column of `word`, already without blanks, as its type; null where it cannot be read.

    Raises:
        ConfigError: fields.csv names a type that nobody reads.
    """
    text = pl.col(word.name)
    if is_text(word):  # to every other type an error value is a text like any that it does not read
        text = pl.when(~is_error_value(text)).then(text)
    digits = re.fullmatch(r"decimal\((\d+),(\d+)\)", word.type)
    if digits:
        return numbers.decimal(text, style.decimal, int(digits[1]), int(digits[2]))
    kind = word.type.split("(")[0]
    if kind not in READERS:
        where = f"{word.export} {word.entity}.{word.name}"
        raise ConfigError(f"extractors/{word.export}/fields.csv: type {word.type!r} of {where} is not known.")
    value = READERS[kind](text, style)
    if kind not in DATES or word.is_birth_date:
        return value
    # In a workbook the agreed form is what a date cell shows, and a date cell is a day number.
    is_day_number = style.container == "xlsx" and kind in ("date", "isodate")
    return dates.no_earlier(value, dates.FIRST_DAY_NUMBER if is_day_number else dates.AFTER_ZERO)


def is_text(word: Word) -> bool:
    """True for a type that is read as it stands, whatever it says."""
    return word.type.split("(")[0] in TEXTS


def _flag(text: pl.Expr, yes: str, no: str) -> pl.Expr:
    return pl.when(text == yes).then(True).when(text == no).then(False)
