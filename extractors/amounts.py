"""Reads the amounts that control totals add up. What cannot be read counts as zero (exports/README)."""

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.dialects import Dialect

ZERO, ONE = Decimal(0), Decimal(1)
CENT = Decimal("0.01")
CLOCK = re.compile(r"([0-9]{1,9}):([0-5][0-9])")
NO_AMOUNT = re.compile(r"[^0-9.,:+\-\s]")
LARGEST = Decimal(10) ** 18
"""No amount of one row is larger: a number beyond it is read as none."""


Amount = Callable[[Sequence[str], Dialect], Decimal]
"""Values of one row, trimmed, '' when blank → what the row adds."""


def whole(values: Sequence[str], dialect: Dialect) -> Decimal:
    """A whole number as it stands."""
    number = _number(values[0], dialect)
    return number if number == number.to_integral_value() else ZERO


def minutes(values: Sequence[str], dialect: Dialect) -> Decimal:
    """Time in the owner's unit as whole minutes, a fraction rounded half up (exports/README, type `unit`)."""
    if dialect.unit == "HH:MM":
        clock = CLOCK.fullmatch(values[0])
        return Decimal(int(clock[1]) * 60 + int(clock[2])) if clock else ZERO
    number = _number(values[0], dialect)
    return _rounded(number * 60 if dialect.unit == "decimal hours" else number, ONE)


def money(values: Sequence[str], dialect: Dialect) -> Decimal:
    """An amount with two decimals."""
    return _rounded(_number(values[0], dialect), CENT)


def fte(values: Sequence[str], dialect: Dialect) -> Decimal:
    """Full-time equivalent; where blank, weekly by full-time hours. Rounded half up by row (staff.md)."""
    given, hours, full_time = (_number(value, dialect) for value in values)
    if values[0]:
        return _rounded(given, CENT)
    return _rounded(hours / full_time, CENT) if full_time else ZERO


def still_open(values: Sequence[str], dialect: Dialect) -> Decimal:
    """1 when the end date is blank or after the companies' last day (referrals.md)."""
    if not values[0]:
        return ONE
    try:
        ended = dt.datetime.strptime(values[0], dialect.date_format).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return ZERO
    return ONE if ended > LAST_CRC_DAY else ZERO


def items(values: Sequence[str], dialect: Dialect) -> Decimal:  # noqa: ARG001 - the same shape as the others
    """Length of a JSON list."""
    found = json.loads(values[0]) if values[0] else []
    return Decimal(len(found))


def one(values: Sequence[str], dialect: Dialect) -> Decimal:  # noqa: ARG001 - the same shape as the others
    """1 for every row."""
    return ONE


AMOUNTS: dict[str, Amount] = {
    "rows": one,
    "sum": whole,
    "minutes": minutes,
    "money": money,
    "fte": fte,
    "still_open": still_open,
    "items": items,
}
"""By the word in column `how` of totals.csv."""


def is_unread(how: str, text: str) -> bool:
    """Something stands where an amount belongs and it is none: an error value, a word. It counted as zero."""
    return how in ("sum", "minutes", "money", "fte") and bool(text) and NO_AMOUNT.search(text) is not None


def _number(text: str, dialect: Dialect) -> Decimal:
    try:
        number = Decimal(text.replace(",", ".") if dialect.decimal == "," else text)
    except InvalidOperation:
        return ZERO
    return number if number.is_finite() and abs(number) < LARGEST else ZERO


def _rounded(number: Decimal, unit: Decimal) -> Decimal:
    return number.quantize(unit, ROUND_HALF_UP)
