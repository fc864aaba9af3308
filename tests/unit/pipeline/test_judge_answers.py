"""Which answers of a workbook are taken, and why the others are not."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from pipeline.decisions.judge import Key, Line, judge
from reports.decisions.question import Choice, Question
from reports.decisions.read import Answer
from vocabulary.decisions import ACCESS, CODES, INTERVENTIONS, MATCHES, PROGRAMMES

TODAY = dt.date(2021, 6, 25)
KEY = ("X", "gender", "M")
QUESTION = Question(CODES, KEY, 3, "", (Choice("1", "Male"), Choice("drop")))
PERSON = Question(
    MATCHES, ("C17", "spg", "offender", "abc"), 1, "", (Choice("7"), Choice("new")), is_open=True
)
GIVEN = Answer("a.xlsx", "Codes", 5, CODES, KEY, "1", "it is so", "A. Manager", "2021-06-20")


def judged(*given: Answer, held: Mapping[Key, str] | None = None) -> list[Line]:
    questions = {(one.kind, one.key): one for one in (QUESTION, PERSON)}
    return judge(given, questions, held or {}, {"X000009": "9", "9": "9"}.get, TODAY)


@pytest.mark.parametrize("text", ["1", "1: Male"])
def test_a_choice_is_taken_as_shown_or_by_its_code(text: str) -> None:
    (line,) = judged(replace(GIVEN, answer=text))
    assert (line.outcome, line.given.answer) == ("taken", "1")


@pytest.mark.parametrize(
    ("word", "value", "why"),
    [
        ("answer", "2", "not one of the choices"),
        ("answer", "", "answer blank"),
        ("reason", "", "reason blank"),
        ("who", "", "who blank"),
        ("when", "", "when blank"),
        ("when", "soon", "no date"),
        ("when", "2021-02-30", "no date"),
        ("when", "2021-06-26", "no date up to today"),
        ("who", "=cmd()", "formula"),
        ("reason", "@SUM(1)", "formula"),
        ("key", ("X", "gender", "F"), "nobody asks"),
    ],
)
def test_what_is_not_taken_says_why(word: str, value: object, why: str) -> None:
    (line,) = judged(replace(GIVEN, **{word: value}))
    assert line.outcome == "refused"
    assert why in line.why


@pytest.mark.parametrize("text", ["2021-06-20", "20/06/2021"])
def test_a_date_is_kept_in_one_form(text: str) -> None:
    (line,) = judged(replace(GIVEN, when=text))
    assert line.given.when == "2021-06-20"


@pytest.mark.parametrize(
    ("text", "answer"), [("X000009", "9"), ("9", "9"), ("7", "7"), ("new", "new"), ("X000001", None)]
)
def test_a_person_is_looked_up_where_others_may_be_named(text: str, answer: str | None) -> None:
    (line,) = judged(replace(GIVEN, kind=MATCHES, key=PERSON.key, answer=text))
    assert (line.given.answer if line.outcome == "taken" else None) == answer


@pytest.mark.parametrize(
    ("kind", "key", "choice", "text", "outcome"),
    [
        (ACCESS, ("C06", "9"), Choice("zz.user", "N51, N51A001"), "zz.user: N51, N51A001", "taken"),
        (ACCESS, ("C06", "9"), Choice("zz.user", "N51, N51A001"), "zz.user", "taken"),
        (ACCESS, ("C06", "9"), Choice("zz.user", "N51, N51A001"), "9", "refused"),
        (INTERVENTIONS, ("C06", "RAR-1"), Choice("APPROVED"), "APPROVED", "taken"),
        (INTERVENTIONS, ("C06", "RAR-1"), Choice("APPROVED"), "yes", "refused"),
        (PROGRAMMES, ("C06", "N51", "BSR"), Choice("stops"), "stops", "taken"),
        (PROGRAMMES, ("C06", "N51", "BSR"), Choice("stops"), "", "refused"),
    ],
)
def test_where_nobody_else_may_be_named_the_list_alone_counts(
    kind: str, key: tuple[str, ...], choice: Choice, text: str, outcome: str
) -> None:
    questions = {(kind, key): Question(kind, key, 1, "", (choice,))}
    given = replace(GIVEN, kind=kind, key=key, answer=text)
    (line,) = judge([given], questions, {}, {"9": "9"}.get, TODAY)
    assert line.outcome == outcome
    assert outcome == "refused" or line.given.answer == choice.answer


def test_the_same_answer_of_two_workbooks_is_taken() -> None:
    assert {line.outcome for line in judged(GIVEN, replace(GIVEN, file="b.xlsx"))} == {"taken"}


def test_different_answers_of_two_workbooks_are_both_refused() -> None:
    lines = judged(GIVEN, replace(GIVEN, file="b.xlsx", answer="drop"))
    assert {line.outcome for line in lines} == {"refused"}


def test_a_refused_answer_conflicts_with_nobody() -> None:
    lines = judged(GIVEN, replace(GIVEN, answer="drop", who=""))
    assert [line.outcome for line in lines] == ["taken", "refused"]


@pytest.mark.parametrize(("held", "outcome"), [("1", "known already"), ("drop", "refused")])
def test_an_answer_that_counts_already_stays(held: str, outcome: str) -> None:
    (line,) = judged(GIVEN, held={(CODES, KEY): held})
    assert line.outcome == outcome


@pytest.mark.parametrize(("held", "outcome"), [("9", "known already"), ("8", "refused")])
def test_so_does_one_that_the_run_has_used_since(held: str, outcome: str) -> None:
    used = replace(GIVEN, kind=MATCHES, key=("C17", "spg", "offender", "used"), answer="X000009")
    (line,) = judged(used, held={(MATCHES, used.key): held})
    assert line.outcome == outcome
