"""What a row adds to a control total: whole minutes in every unit, half up; the unreadable counts as zero."""

from decimal import Decimal

import pytest

from extractors.amounts import AMOUNTS
from extractors.totals import total_rules
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect
from vocabulary.source import source_words


@pytest.mark.parametrize(
    ("company", "text", "expected"),
    [
        ("C01", "7.5", 450), ("C01", "7.58", 455), ("C01", "0.0083", 0), ("C01", "0.0084", 1),
        ("C01", "", 0), ("C03", "7,5", 450), ("C06", "120:00", 7200), ("C06", "07:30", 450),
        ("C06", "7.5", 0), ("C06", "07:60", 0), ("C17", "420", 420), ("C17", "420.5", 421),
        ("C17", "N/A", 0), ("C17", "NaN", 0), ("C17", "Infinity", 0),
    ],
)  # fmt: skip
def test_minutes_in_the_owners_unit(company: str, text: str, expected: int) -> None:
    assert AMOUNTS["minutes"]([text], dialect("upw", company)) == expected


@pytest.mark.parametrize(("text", "expected"), [("12", 12), ("-3", -3), ("1.5", 0), ("x", 0), ("", 0)])
def test_whole_numbers(text: str, expected: int) -> None:
    assert AMOUNTS["sum"]([text], dialect("delius", "C06")) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("0.6", "", "37"), "0.60"),
        (("", "18.5", "37"), "0.50"),
        (("", "37", ""), "0"),
        (("", "1", "8"), "0.13"),
    ],
)
def test_fte_or_hours(values: tuple[str, str, str], expected: str) -> None:
    assert AMOUNTS["fte"](values, dialect("staff", "C06")) == Decimal(expected)


@pytest.mark.parametrize(("end", "expected"), [("", 1), ("26/06/2021", 1), ("25/06/2021", 0), ("soon", 0)])
def test_open_referrals(end: str, expected: int) -> None:
    assert AMOUNTS["still_open"]([end], dialect("referrals", "C06")) == expected


@pytest.mark.parametrize("export", EXPORTS)
def test_every_rule_reads_words_that_exist(export: str) -> None:
    words = {found[0].part: {word.name for word in found} for found in source_words(export).values()}
    for rule in total_rules(export):
        assert {*rule.words, *([rule.where] if rule.where else [])} <= words[rule.part]
        assert rule.how in AMOUNTS
