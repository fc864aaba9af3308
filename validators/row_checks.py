"""Checks of the dictionary that look at several columns of a row, before the database sees it."""

from collections.abc import Callable

import polars as pl

from target.schema.record import record
from target.schema.shape import constraints
from vocabulary.stacking import stack

_SCHEMA = {"row": pl.Int64, "column": pl.String, "check": pl.String}
_NO_FAILURES = pl.DataFrame(schema=_SCHEMA)


def row_failures(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of `frame` that break a check of `table`: row, column (words, joined by `;`), check (its kind).

    A check is judged when every column it names is filled from a word of the frame as it is.
    """
    words = {
        fill.column: fill.source
        for fill in record(table)
        if fill.fill in ("value", "ref") and fill.source in frame.columns
    }
    rules = {
        str(number): rule
        for number, rule in enumerate(constraints(table))
        if rule.kind in _BROKEN and all(column in words for column in rule.columns)
    }
    if not rules:
        return _NO_FAILURES
    broken = frame.select(
        _BROKEN[rule.kind]([pl.col(words[column]) for column in rule.columns]).fill_null(False).alias(number)
        for number, rule in rules.items()
    )
    found = [
        pl.DataFrame(
            {
                "row": broken[number].arg_true(),
                "column": ";".join(words[column] for column in rule.columns),
                "check": rule.kind,
            },
            schema_overrides=_SCHEMA,
        )
        for number, rule in rules.items()
        if broken[number].any()
    ]
    return stack(found, _NO_FAILURES)


def _exactly_one(words: list[pl.Expr]) -> pl.Expr:
    one, other = words
    return one.is_null() == other.is_null()


def _zero_when_set(words: list[pl.Expr]) -> pl.Expr:
    flag, date = words
    return (flag == 0) != date.is_not_null()


def _not_after(words: list[pl.Expr]) -> pl.Expr:
    start, end = words
    return start > end


def _contact_level(words: list[pl.Expr]) -> pl.Expr:
    event, *components = words
    filled = pl.sum_horizontal(word.is_not_null() for word in components)
    under_event = pl.any_horizontal(word.is_not_null() for word in components[:-1])
    return (filled > 1) | (under_event & event.is_null())


_BROKEN: dict[str, Callable[[list[pl.Expr]], pl.Expr]] = {
    "exactly_one": _exactly_one,
    "zero_when_set": _zero_when_set,
    "not_after": _not_after,
    "contact_level": _contact_level,
}
