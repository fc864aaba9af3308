"""Dates of birth: another day and month of the same year. Every other date stays (docs/pseudonyms.md).

The year is kept because ages are looked at. Whoever has one date has one afterwards; what is told of two
dates stays where it is about whole years or about a day written for a month: of days up to 12 one order of
2 to 12 stands for days and for months, so that 03/04 and 04/03 are changed over still. 1 January stays: it
is what is written where nobody knows. A date that cannot be stays one that cannot be, in the same way.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable

from pseudonyms.kept import is_placeholder
from pseudonyms.key import Secret
from pseudonyms.permutations import moved
from pseudonyms.texts import text

ISO = re.compile(r"(\s*)(\d{4})([-/.])(\d{1,2})(?:\3)(\d{1,2})((?!\d).*)", re.DOTALL | re.ASCII)
BRITISH = re.compile(
    r"(\s*)(\d{1,2})([-/. ])(\d{1,2}|[A-Za-z]{3,9})(?:\3)(\d{4}|\d{2})((?!\d).*)", re.DOTALL | re.ASCII
)
SERIAL = re.compile(r"(\s*)(\d{4,5})((?:\.\d*)?\s*)", re.ASCII)
"""A day number of a workbook."""

MONTHS = [name.upper() for name in calendar.month_name]
BOTH, DAYS = range(2, 13), range(13, 29)
"""Numbers that are days and months, and days that every month has and no month is."""

EPOCHS = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}
"""Day 0 of the two date systems of workbooks."""


def birth(secret: Secret, value: str) -> str:
    """The pseudonym of a date of birth, in whatever form it is written; of what is no date, another text."""
    if is_placeholder(value):
        return value
    if found := ISO.fullmatch(value):
        before, year, mark, month, day, after = found.groups()
        other = _other(secret, int(year), int(month), int(day))
        return f"{before}{year}{mark}{_as(other[0], month)}{mark}{_as(other[1], day)}{after}"
    if found := BRITISH.fullmatch(value):
        before, day, mark, month, year, after = found.groups()
        named = _month(month)
        if named:
            other = _other(secret, int(year), named, int(day))
            return f"{before}{_as(other[1], day)}{mark}{_named(other[0], month)}{mark}{year}{after}"
    if SERIAL.fullmatch(value):
        return birth_serial(secret, value, "1900")
    return text(secret, value)


def birth_serial(secret: Secret, value: str, system: str) -> str:
    """The pseudonym of a date of birth that is a day number of a workbook in this date `system`."""
    found = SERIAL.fullmatch(value)
    if not found:
        return birth(secret, value)
    day = EPOCHS[system] + dt.timedelta(int(found[2]))
    month, number = _other(secret, day.year, day.month, day.day)
    moved_on = int(found[2]) + (dt.date(day.year, month, number) - day).days
    return f"{found[1]}{moved_on:0{len(found[2])}}{found[3]}"


def _other(secret: Secret, year: int, month: int, day: int) -> tuple[int, int]:
    """The other month and day."""
    if month in DAYS and day <= 12:  # written for each other, or as in America
        return tuple(reversed(_other(secret, year, day, month)))  # type: ignore[return-value]
    order = _order(secret, "both", BOTH)
    if day <= 12:
        return order(month), order(day)
    if day in DAYS:
        return _order(secret, "month", range(1, 13))(month), _order(secret, "day", DAYS)(day)
    last = _last_day(year, month) if 1 <= month <= 12 else 0
    fitting = [one for one in range(1, 13) if (day <= _last_day(year, one)) == (day <= last)]
    alike = [one for one in fitting if one != 2 or month == 2] if month != 2 else [2]
    return _order(secret, f"month/{day}/{alike}", alike)(month), day


def _order(secret: Secret, use: str, numbers: "range | list[int]") -> Callable[[int], int]:
    """Each of `numbers` to another of them; any other number to itself."""
    marks = "".join(map(chr, numbers))
    others = dict(zip(marks, moved(secret, f"birth/{use}", marks), strict=True))
    return lambda number: ord(others.get(chr(number), chr(number)))


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year if 1 <= year <= 9999 else 2000, month)[1]


def _month(month: str) -> int:
    """The number of a month as written; 0 where it is no month."""
    if month.isdecimal():
        return int(month)
    return (
        next((number for number, name in enumerate(MONTHS) if name.startswith(month.upper())), 0)
        if month
        else 0
    )


def _as(number: int, like: str) -> str:
    return f"{number:0{len(like)}}"


def _named(number: int, like: str) -> str:
    if like.isdecimal():
        return _as(number, like)
    name = MONTHS[number][: len(like)]
    return name if like.isupper() else name.lower() if like.islower() else name.capitalize()
