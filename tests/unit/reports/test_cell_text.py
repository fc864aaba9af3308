"""Text from outside, made fit for a cell."""

from decimal import Decimal

import polars as pl
import pytest

from reports.cell_text import (
    LONGEST,
    escape_control_characters,
    escape_formulas,
    format_cell,
    is_formula_like,
    truncate,
)
from reports.tables import Cell

FORMULAS = [
    "=1+1", "+44", "-5", "@SUM(A1)", "\tx", "\rx", " =1", "＝1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_may_take_for_a_formula(text: str) -> None:
    assert is_formula_like(text)
    assert escape_formulas(pl.DataFrame({"a": [text]})).item() == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "C17_upw.xlsx", "12-3", "#REF!"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert not is_formula_like(text)
    assert escape_formulas(pl.DataFrame({"a": [text]})).item() == text


def test_defusing_leaves_numbers_and_blanks() -> None:
    frame = pl.DataFrame({"a": [-5], "b": [None]}, schema={"a": pl.Int64, "b": pl.String})
    assert escape_formulas(frame).equals(frame)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x0bb", "a\\x0bb"),
        ("\x00", "\\x00"),
        ("\ufffe", "\\ufffe"),
        ("\ud800", "\\ud800"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_what_xml_cannot_hold_is_shown_as_its_escape(text: str, expected: str) -> None:
    assert escape_control_characters(text) == expected


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(letter: str) -> None:
    cut = truncate(letter * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert cut.endswith("[cut: the text has 40,000 characters]")
    assert cut.startswith(letter * 1_000)


def test_a_text_that_just_fits_stays_whole() -> None:
    assert truncate("x" * LONGEST) == "x" * LONGEST


FIGURES: list[tuple[Cell, str]] = [(1234, "1,234"), (Decimal("1234.5"), "1,234.50"), ("1234", "1234")]


@pytest.mark.parametrize(("value", "expected"), FIGURES)
def test_figures_are_shown_with_thousands_apart(value: Cell, expected: str) -> None:
    assert format_cell(value) == expected
