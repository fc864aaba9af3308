"""Unpaid work time in the owner's unit, turned into whole minutes (BR33; units per owner in dialects.csv)."""

import polars as pl

from mappings.parsing.numbers import exact
from vocabulary.errors import ConfigError

MINUTES_PER_HOUR = 60


def whole_minutes(text: pl.Expr, unit: str, mark: str) -> pl.Expr:
    """Minutes as Int64, null where `text` is not time in `unit`; a fraction of a minute is rounded half up.

    `unit` is `minutes`, `decimal hours` (`mark` before the decimals) or `HH:MM`, whose hours may exceed 24.

    Raises:
        ConfigError: dialects.csv names another unit.
    """
    if unit == "minutes":
        return _half_up(exact(text, mark))
    if unit == "decimal hours":
        return _half_up(exact(text, mark) * MINUTES_PER_HOUR)
    if unit == "HH:MM":
        return _clock(text)
    raise ConfigError(f"vocabulary/dialects.csv: unit {unit!r} is not minutes, decimal hours or HH:MM.")


def _half_up(minutes: pl.Expr) -> pl.Expr:
    half = pl.lit("0.5").cast(pl.Decimal(38, 12))
    return (minutes + half).floor().cast(pl.Int64)


def _clock(text: pl.Expr) -> pl.Expr:
    parts = text.str.extract_groups(r"^(?<sign>-?)(?<hours>[0-9]{1,9}):(?<minutes>[0-5][0-9])$").struct
    minutes = parts.field("hours").cast(pl.Int64) * MINUTES_PER_HOUR + parts.field("minutes").cast(pl.Int64)
    return pl.when(parts.field("sign") == "-").then(-minutes).otherwise(minutes)
