"""No code is mapped without a source, and none that blames a person unless the owner's word says as much."""

import re

import pytest

from mappings.parsing.code_lists import list_names
from pipeline.decisions.outcomes import with_meaning
from reports.decisions.question import Choice
from target.schema.record import plain_list_name
from vocabulary.resources import text_table

Row = dict[str, str]

DICTIONARY = (("reference_codes.csv",), ("sample_codes.csv",), ("oasys", "elements.csv"))
BLAMING = {"behaviour", "unacceptable", "failed to comply"}
"""What an owner's label must say of a person before it may stand for an outcome that can be enforced."""

NEUTRAL = re.compile(r"sent home$|no show|absent|not attended|failed to attend", re.IGNORECASE)
"""Words that say what happened and not whose fault it was (codes.md)."""


def described() -> dict[tuple[str, str], str]:
    """List and code of the dictionary to its description."""
    found: dict[tuple[str, str], str] = {}
    for path in DICTIONARY:
        for row in text_table("target", "dictionary", *path).iter_rows(named=True):
            found.setdefault((plain_list_name(row["list_name"]), row["code"]), row["description"] or "")
    return found


DESCRIBED = described()


def mapped(name: str) -> list[Row]:
    """The rows of a list that stand for a code of the target."""
    rows = text_table("mappings", "codes", f"{name}.csv").filter(decision="mapped")
    is_code = [row for row in rows.iter_rows(named=True) if row["target_list"]]
    return [row for row in is_code if row["target_list"] not in ("toolkit", "open or closed")]


def words(text: str) -> set[str]:
    """The words of a label, one or many alike."""
    return {word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", text.casefold())}


def has_source(row: Row) -> bool:
    """A note says why; or it is the same code; or the target's description says all that the label says."""
    meant = DESCRIBED.get((plain_list_name(row["target_list"]), row["target_code"]), "")
    label = re.sub(r"\(.*\)", "", row["source_label"])
    is_same = row["source_code"] == row["target_code"] or words(label) <= words(meant)
    return bool(row["note"]) or is_same


@pytest.mark.parametrize("name", list_names())
def test_a_mapped_code_has_a_source(name: str) -> None:
    assert [(row["scope"], row["source_code"]) for row in mapped(name) if not has_source(row)] == []


OUTCOMES = [
    row
    for name in list_names()
    for row in text_table("mappings", "codes", f"{name}.csv").iter_rows(named=True)
    if row["target_list"] == "CONTACT OUTCOME TYPE"
]


def test_an_outcome_that_can_be_enforced_is_mapped_only_where_the_owner_says_as_much() -> None:
    lines = text_table("mappings", "outcomes.csv").filter(enforceable="Y")["outcome"]
    blaming = [row for row in OUTCOMES if row["target_code"] in lines and row["decision"] == "mapped"]
    silent = [row for row in blaming if not any(word in row["source_label"].lower() for word in BLAMING)]
    assert [(row["scope"], row["source_code"]) for row in silent] == []


def test_a_neutral_word_waits() -> None:
    excused = ("AAME", "AACL")  # absent, and why: nobody is blamed
    neutral = [row for row in OUTCOMES if NEUTRAL.search(row["source_label"])]
    assert {row["decision"] for row in neutral if row["target_code"] not in excused} == {"needed"}
    assert len([row for row in neutral if row["decision"] == "needed"]) == 12


@pytest.mark.parametrize(
    ("outcome", "meaning"),
    [
        ("ATSH", "attended, did not comply; can be enforced against the person"),
        ("ATSS", "attended, complied; cannot be enforced"),
        ("UAAB", "did not attend, did not comply; can be enforced against the person"),
        ("AFTA", "did not attend, did not comply; whether it can be enforced is not known"),
    ],
)
def test_a_choice_says_what_it_means_for_the_person(outcome: str, meaning: str) -> None:
    assert with_meaning(Choice(outcome, "Label")).shown == f"{outcome}: Label ({meaning})"
