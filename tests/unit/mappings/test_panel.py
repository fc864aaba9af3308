"""What an answer about an activity does to the rows as they were delivered."""

import polars as pl
import pytest

from mappings.parsing.panel_answers import UNDECIDED, with_panel_answers

ANSWERS = pl.DataFrame({"activity_ref": ["1"], "answer": ["APPROVED"]})


def delivered(*decisions: str, entity: str = "rar_activity", answers: pl.DataFrame = ANSWERS) -> list[str]:
    """The decisions after the answers, of activities 1, 2 and so on."""
    refs = [f" {number} " for number in range(1, len(decisions) + 1)]
    text = pl.DataFrame({"activity_ref": refs, "panel_decision": decisions, "note": refs})
    answered = with_panel_answers(text, entity, answers)
    assert answered.columns == text.columns
    assert answered["note"].to_list() == refs
    return answered["panel_decision"].to_list()


@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_decision_is_filled(blank: str) -> None:
    assert delivered(blank, blank) == ["APPROVED", blank]


def test_a_delivered_decision_counts_before_an_answer() -> None:
    assert delivered("ROLLED_DOWN") == ["ROLLED_DOWN"]


def test_other_entities_stay_as_they_are() -> None:
    assert delivered("", entity="programme_referral") == [""]


def test_without_answers_nothing_changes() -> None:
    assert delivered("", answers=UNDECIDED) == [""]
