"""Workbook cells as text. The library gives `2021-01-12 00:00:00` for a date cell, `7` for 7.0."""

import polars as pl

DATE_TYPES = ("date", "isodate")
CLOCK_TYPES = ("hh:mm", "unit", "minutes", "time")
"""Types whose date cells are a time of day or a duration, counted from the start of the date system."""

EPOCH = {"1900": "1899-12-31 00:00:00", "1904": "1904-01-01 00:00:00"}
"""What midnight without a date looks like in each date system."""

CELL = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"


def as_written(word: str, word_type: str, date_system: str) -> pl.Expr:
    """The column `word` as the text frame has it: `2021-01-12`, `09:30`, `7.5`; a blank cell is ''."""
    text = pl.col(word).fill_null("")
    if word_type in DATE_TYPES:
        return text.str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "${1}")
    if word_type in CLOCK_TYPES:
        return pl.when(text.str.contains(CELL)).then(_clock(text, date_system)).otherwise(text).alias(word)
    return text


def _clock(text: pl.Expr, date_system: str) -> pl.Expr:
    """HH:MM, with seconds only when there are any; more than 24 hours are counted on (`120:00`)."""
    moment = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    # A day before the first is how the 1900 system shows some times: only the time of day counts then.
    first = pl.lit(EPOCH[date_system]).str.to_datetime("%Y-%m-%d %H:%M:%S")
    days = (moment.dt.truncate("1d") - first).dt.total_days().clip(lower_bound=0)
    hours = days * 24 + moment.dt.hour()
    clock = pl.format("{}:{}", _two(hours), _two(moment.dt.minute()))
    return (
        pl.when(moment.dt.second() > 0)
        .then(pl.format("{}:{}", clock, _two(moment.dt.second())))
        .otherwise(clock)
    )


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.pad_start(2, "0")
