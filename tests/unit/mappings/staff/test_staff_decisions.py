"""Answers change what they answer, and nothing else."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from staff_returns import completed

from mappings.staff.accounts import ACCOUNT_SCHEMA
from mappings.staff.decisions import DECISION_SCHEMA, decide, open_questions, unused_account_answers
from vocabulary.errors import ConfigError

SIGNED = {"who": "Zz Lead", "when": "2021-06-20", "why": "agreed with the manager"}


def people() -> pl.DataFrame:
    """A mixed role, an open appeal, nobody's region, an open pension, and one plain employee."""
    return completed(
        {"outcome": "mixed_role", "rule": "S04"},
        {"outcome": "appeal_open", "rule": "S07"},
        {"region": None},
        {"pension_scheme": "OTHER", "share_corporate": 50},
        {},
    )


def answers(*lines: dict[str, str]) -> pl.DataFrame:
    """Signed answers."""
    return pl.DataFrame([{**SIGNED, **line} for line in lines], schema=DECISION_SCHEMA)


def test_what_waits_is_asked() -> None:
    assert open_questions(people()).rows() == [
        ("E1", "mixed_role"),
        ("E2", "appeal_open"),
        ("E3", "region"),
        ("E4", "pension"),
    ]


def test_an_answer_is_applied() -> None:
    decided = decide(
        people(),
        answers(
            {"employee_ref": "E1", "decision": "mixed_role", "function": "AP"},
            {"employee_ref": "E2", "decision": "appeal_open", "function": "CORP"},
            {"employee_ref": "E3", "decision": "region", "region": "N51"},
            {"employee_ref": "E4", "decision": "pension", "pension": "PCSPS"},
        ),
        "C07",
    ).assigned
    assert decided.select("outcome", "function", "goes_to", "region", "pension").rows() == [
        ("AP", "AP", "NPS interventions", "N50", "LGPS"),
        ("CORP", "CORP", "NPS corporate", "N50", "LGPS"),
        ("SM", "SM", "NPS sentence management", "N51", "LGPS"),
        ("SM", "SM", "NPS sentence management", "N50", "PCSPS"),
        ("SM", "SM", "NPS sentence management", "N50", "LGPS"),
    ]
    assert decided["decided_by"].to_list() == [*["Zz Lead"] * 4, None]
    assert open_questions(decided).is_empty()


def test_a_role_that_was_answered_is_asked_no_more_and_says_who_decided() -> None:
    roles = completed(
        {"outcome": "sub_contracted"},
        {"outcome": "sub_contracted", "role_answer": "no_service"},
        {"outcome": "SM", "role_answer": "SM"},
        {"outcome": "set_aside", "role_answer": "SM"},
        {"outcome": "objected"},
    )
    given = [
        {"employee_ref": ref, "decision": "sub_contracted", "function": answer}
        for ref, answer in (("E2", "no_service"), ("E3", "SM"), ("E4", "SM"), ("E5", "SM"))
    ]
    assert open_questions(roles).rows() == [("E1", "sub_contracted")]
    decided = decide(roles, answers(*given), "C07")
    assert decided.assigned["outcome"].to_list() == roles["outcome"].to_list()
    assert decided.assigned["decided_by"].to_list() == [None, *["Zz Lead"] * 3, None]
    assert decided.unused["employee_ref"].to_list() == ["E5"]


def test_answers_about_accounts_change_no_assignment_and_are_used_by_whoever_waits() -> None:
    given = answers(
        *({"employee_ref": ref, "decision": "account", "account": "none"} for ref in ("E1", "E5"))
    )
    decided = decide(people(), given, "C07")
    assert decided.unused.is_empty()
    assert decided.assigned["decided_by"].null_count() == 5
    accounts = pl.DataFrame(
        [{"employee_ref": "E1", "answer": "none"}, {"employee_ref": "E5", "answer": None}],
        schema=ACCOUNT_SCHEMA,
    )
    assert unused_account_answers(given, accounts)["employee_ref"].to_list() == ["E5"]


def test_nothing_else_changes() -> None:
    before = people()
    answer = answers({"employee_ref": "E1", "decision": "mixed_role", "function": "AP"})
    after = decide(before, answer, "C07").assigned
    given = ["outcome", "function", "goes_to"]
    assert_frame_equal(after[1:].select(before.columns), before[1:])
    assert_frame_equal(after[:1].select(before.columns).drop(given), before[:1].drop(given))


def test_a_blank_line_is_still_open() -> None:
    blank = answers({"employee_ref": "E1", "decision": "mixed_role", "function": "  "})
    assert decide(people(), blank, "C07").assigned["outcome"].to_list()[0] == "mixed_role"


@pytest.mark.parametrize(
    "line",
    [
        {"employee_ref": "E5", "decision": "mixed_role", "function": "AP"},
        {"employee_ref": "E1", "decision": "appeal_open", "function": "AP"},
        {"employee_ref": "E9", "decision": "region", "region": "N51"},
    ],
)
def test_an_answer_to_no_question_is_handed_back(line: dict[str, str]) -> None:
    decided = decide(people(), answers(line), "C07")
    assert decided.unused["employee_ref"].to_list() == [line["employee_ref"]]
    assert decided.assigned["outcome"].to_list() == people()["outcome"].to_list()
    assert decided.assigned["decided_by"].null_count() == 5


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (
            [{"employee_ref": "E1", "decision": "mixed_role", "function": "AP", "why": ""}],
            "who, when and why",
        ),
        ([{"employee_ref": "E1", "decision": "mixed_role", "function": "XX"}], "none of the choices"),
        ([{"employee_ref": "E3", "decision": "region", "region": "N07"}], "none of the choices"),
        ([{"employee_ref": "E1", "decision": "mixed_role", "function": "no_service"}], "none of the choices"),
        ([{"employee_ref": "E1", "decision": "sub_contracted", "function": "XX"}], "none of the choices"),
        ([{"employee_ref": "E1", "decision": "account", "account": "zz.first"}], "none of the choices"),
        ([{"employee_ref": "E1", "decision": "mixed_role", "function": "AP"}] * 2, "given twice"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused(lines: list[dict[str, str]], fault: str) -> None:
    with pytest.raises(ConfigError, match=fault):
        decide(people(), answers(*lines), "C07")


def test_a_list_of_functions_only_will_do() -> None:
    short = answers({"employee_ref": "E1", "decision": "mixed_role", "function": "AP"}).drop(
        "region", "pension"
    )
    assert decide(people(), short, "C07").assigned["outcome"].to_list()[0] == "AP"
