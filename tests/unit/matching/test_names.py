"""Names as they are compared."""

import polars as pl
import pytest

from matching.names import name_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zo\u00eb", "ZOE"),
        ("Zoe\u0308", "ZOE"),
        ("O'Neil-Smith", "ONEILSMITH"),
        ("van der Zz", "VANDERZZ"),
        ("Łuk", "ŁUK"),
        ("123", None),
        ("", None),
    ],
)
def test_capitals_without_accents_letters_only(name: str, expected: str | None) -> None:
    assert pl.select(name_key(pl.lit(name))).item() == expected
