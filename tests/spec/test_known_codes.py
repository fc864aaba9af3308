"""Codes of nDelius that our lists, a sample, do not have: known from the client's lists or the baseline."""

from collections.abc import Iterator, Mapping

import polars as pl
import pytest

from mappings.parsing.convert import convert
from mappings.parsing.known_codes import UsedCodes, known_codes, used_codes
from tests.spec.drawn_tables import drawn, label
from tests.spec.valid_rows import text_rows
from vocabulary.source import Word, source_words

FOREIGN = 500


def coded(export: str) -> Iterator[Word]:
    """The coded words of a case system that nDelius has a list for."""
    for words in source_words(export).values():
        yield from (word for word in words if word.code_list and word.code_list != "spg_message_type")


def baseline(used: Mapping[tuple[str, ...], list[str]]) -> UsedCodes:
    """nDelius, using these codes in a column; every other coded column is blank."""
    frames: dict[str, list[pl.DataFrame]] = {}
    for word in coded("delius"):
        codes = used.get((word.entity, word.name), [])
        frames.setdefault(word.entity, []).append(pl.DataFrame({word.name: codes}, {word.name: pl.String}))
    found: dict[tuple[str, str], frozenset[str]] = {}
    for entity, columns in frames.items():
        found |= used_codes(entity, pl.concat(columns, how="diagonal"))
    return found


def test_of_500_foreign_codes_that_the_baseline_uses_none_is_set_aside_or_left_out() -> None:
    words = list(coded("delius"))
    used: dict[Word, list[str]] = {}
    for number in range(FOREIGN):
        used.setdefault(words[number % len(words)], []).append(f"Z{number:03}")
    known = known_codes(baseline({(word.entity, word.name): codes for word, codes in used.items()}), {})
    carried = 0
    for word, codes in used.items():
        text = text_rows("delius", word.entity, "C06", *({word.name: code} for code in codes))
        found = convert(text, "delius", word.entity, "C06", known=known)
        assert found.findings.filter(pl.col("column") == word.name).is_empty()
        assert found.frame[f"{word.name}_target"].to_list() == codes
        carried += found.frame[word.name].is_in(codes).sum()
    assert carried == FOREIGN


CASES = drawn("""
case                         | place                     | code  | used in                   | held in | rules
known nowhere, required      | delius disposal type      | SD7   |                           |         | Q01
known nowhere, optional      | delius disposal end_reason | E77  |                           |         | Q02
the baseline uses it         | delius disposal type      | SD7   | disposal type             |         |
in another column            | delius disposal end_reason | E77  | requirement end_reason    |         | Q02
the client's list holds it   | delius disposal type      | SD7   |                           | DISPOSAL TYPE |
another list holds it        | delius disposal type      | SD7   |                           | NSI TYPE | Q01
a record, the same word      | spg requirement main_category | Q7 | requirement main_category |         |
a record, another word       | spg event type            | SD7   | disposal type             |         |
a record, its own event      | spg event offence_code    | 77701 | offence offence_code      |         |
junk is junk though used     | delius registration type  | 1test | registration type         |         | Q01
retired is told of           | delius offender tier      | B1    | offender tier             |         | Q03
""")


@pytest.mark.parametrize("case", CASES, ids=label)
def test_what_is_known_is_carried_as_itself_and_a_row_of_ours_counts_first(case: dict[str, str]) -> None:
    export, entity, word = case["place"].split()
    used = {tuple(case["used in"].split()): [case["code"]]} if case["used in"] else {}
    held = {case["held in"]: frozenset([case["code"]])} if case["held in"] else {}
    company = "C17" if export == "spg" else "C06"
    text = text_rows(export, entity, company, {word: case["code"]})
    converted = convert(text, export, entity, company, known=known_codes(baseline(used), held))
    assert converted.findings["rule"].to_list() == case["rules"].split()
    if not case["rules"]:
        assert converted.frame[f"{word}_target"].to_list() == [case["code"]]


def test_an_owners_list_is_no_sample_of_ndelius() -> None:
    known = known_codes(
        baseline({("upw_session", "outcome"): ["QQ"]}), {"CONTACT OUTCOME TYPE": frozenset(["QQ"])}
    )
    text = text_rows("upw", "upw_session", "C06", {"outcome": "QQ"})
    assert convert(text, "upw", "upw_session", "C06", known=known).findings["rule"].to_list() == ["Q01"]


def test_every_coded_element_of_a_record_is_written_to_a_column_that_the_baseline_has() -> None:
    known = known_codes(baseline({(word.entity, word.name): ["ZZZ"] for word in coded("delius")}), {})
    without = {(word.entity, word.name) for word in coded("spg") if not known["spg", word.entity, word.name]}
    assert without == {
        ("contact", "enforcement"),
        ("custody_release", "type"),
        ("key_date", "type"),
        ("pss_requirement", "end_reason"),
    }
