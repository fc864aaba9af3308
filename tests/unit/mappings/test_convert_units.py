"""Unpaid work time in minutes, whatever the owner's unit."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.parsing.time_units import whole_minutes
from vocabulary.errors import ConfigError


def minutes(text: str, unit: str, mark: str = ".") -> int | None:
    value = pl.select(whole_minutes(pl.lit(text), unit, mark)).item()
    return None if value is None else int(value)


@given(st.decimals(min_value=0, max_value=999, places=4))
def test_a_fraction_of_a_minute_is_rounded_half_up(hours: Decimal) -> None:
    expected = int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))
    assert minutes(str(hours), "decimal hours") == expected


@pytest.mark.parametrize(
    ("text", "unit", "mark", "expected"),
    [
        ("120:00", "HH:MM", ".", 7200),
        ("7:30", "HH:MM", ".", 450),
        ("07:60", "HH:MM", ".", None),
        ("7.5", "HH:MM", ".", None),
        ("-1:30", "HH:MM", ".", -90),
        ("7,5", "decimal hours", ",", 450),
        ("7.5", "decimal hours", ",", None),
        ("7,5", "decimal hours", ".", None),
        ("1e2", "decimal hours", ".", None),
        ("450", "minutes", ".", 450),
        ("450.5", "minutes", ".", 451),
        ("1,200", "minutes", ".", None),
    ],
)
def test_time_is_read_in_its_unit_only(text: str, unit: str, mark: str, expected: int | None) -> None:
    assert minutes(text, unit, mark) == expected


def test_an_unknown_unit_is_our_mistake() -> None:
    with pytest.raises(ConfigError, match="'days'"):
        minutes("1", "days")
