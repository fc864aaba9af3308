"""What a column becomes: each word of the catalogue as the new value of one column of one row."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from reconcile.selftest.other_rows import (
    as_before,
    closing,
    neighbour,
    of_neighbour,
    other_code,
    other_row,
    same_code,
)
from reconcile.selftest.place import Place, UnfitError, stored
from target.schema.tables import table
from vocabulary.errors import ConfigError

_LATER = {
    "+1 day": dt.timedelta(days=1),
    "+1 hour": dt.timedelta(hours=1),
    "+1 microsecond": dt.timedelta(microseconds=1),
}
_TURNED = {0: 1, 1: 0, "Y": "N", "N": "Y"}


def new_value(place: Place, word: str) -> Any:
    """What `word` makes of the column; never what stands there already.

    Raises:
        UnfitError: this row does not lend itself to it.
    """
    value = _made(place, word)
    if not isinstance(value, sa.ColumnElement) and value == place.row[place.column]:
        raise UnfitError
    return value


def _made(place: Place, word: str) -> Any:
    if word in _LATER:
        return _later(place.filled, _LATER[word])
    if word.startswith("+"):
        amount = Decimal(word)
        return place.filled + (int(amount) if amount == int(amount) else float(amount))
    if word in _WORDS:
        return _WORDS[word](place)
    if word.startswith("@"):
        raise ConfigError(
            f"reconcile/selftest/catalogue.csv: unknown word {word!r}. Known: {', '.join(_WORDS)}."
        )
    return stored(place, word)


def _later(value: Any, by: dt.timedelta) -> Any:
    """SQLite stores a moment as text, which may be none. The last day of the calendar has no day after it."""
    try:
        if isinstance(value, str):
            return (dt.datetime.fromisoformat(value) + by).isoformat(sep=" ")
        return value + by
    except (ValueError, OverflowError):
        raise UnfitError from None


def _trailing_blank(place: Place) -> str:
    text = f"{place.filled} "
    length = getattr(table(place.table).c[place.column].type, "length", None)
    if length is not None and len(text) > length:
        raise UnfitError
    return text


def _other_case(place: Place) -> str:
    return str(place.filled).swapcase()


def _without_first_line(place: Place) -> str | None:
    """The lines after the first; of a single one nothing is left."""
    return str(place.filled).partition("\n")[2] or None


def _turned(place: Place) -> Any:
    turned = _TURNED.get(place.filled)
    if turned is None:
        raise UnfitError
    return turned


_WORDS: Mapping[str, Callable[[Place], Any]] = {
    "@trailing blank": _trailing_blank,
    "@other case": _other_case,
    "@turned": _turned,
    "@nothing": lambda _: None,
    "@without first line": _without_first_line,
    "@other row": other_row,
    "@other code": other_code,
    "@neighbour": neighbour,
    "@of neighbour": of_neighbour,
    "@same code": same_code,
    "@closing": closing,
    "@as before": as_before,
    "@as first": lambda place: place.first,
    "@bytes": lambda _: b"\xff",
    "@undecodable": lambda _: sa.literal_column("CAST(X'FF' AS TEXT)"),
    "@no date": lambda _: "not a date",
    "@no number": lambda _: "many",
}
"""other row: another row of the table referred to, the one with the lowest key. other code: another code of
the same list. neighbour: the next row of the table referred to, of a code the next one of its list. of
neighbour: what the column holds in the next row. same code: the same code of another list. closing: a row of
a company that was loaded. as before: as it was before the load. as first: as the first of the columns.
without first line: the lines after it. Beside these: `+1`, `+1 day` and so on, and any text that does not
begin with + or @ stands for itself."""
