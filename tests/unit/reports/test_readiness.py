"""Go or no go, and why."""

from dataclasses import replace

import pytest
from planted import BARE, HELD, UNPROVEN

from reports.data import (
    CompanyReconciliation,
    DifferenceCount,
    EntityCount,
    FileAccount,
    Reconciliation,
    SampleInUse,
    Total,
)
from reports.readiness import problem_table, readiness, reason_table

ACCESS = DifferenceCount("access", "", 1)


def with_company(reconciliation: Reconciliation, **changed: object) -> Reconciliation:
    """The clean company alone, with something changed."""
    return replace(reconciliation, companies=(replace(reconciliation.companies[1], **changed),))


def test_a_clean_company_without_questions_is_a_go(reconciliation: Reconciliation) -> None:
    clean = with_company(reconciliation)
    assert (readiness(clean).answer, readiness(clean).reasons) == ("go", ())


def test_rows_set_aside_and_questions_are_decided_first(reconciliation: Reconciliation) -> None:
    answer = readiness(reconciliation)
    assert answer.answer == "go once decided"
    assert [(one.what, one.count, one.companies) for one in answer.reasons] == [
        ("Rows set aside", 2, ("C17",)),
        ("Points to decide or look at", 1, ("C17",)),
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"verdict": "blocked", "problems": ("F02: a file is missing",)}, "Deliveries refused"),
        ({"files": (FileAccount("upw", "a.csv", 5, 4, 0, 0),)}, "Files whose row account does not close"),
        ({"totals": (Total("persons", "C06", 5, 4, 0),)}, "Totals that nothing explains"),
        ({"entities": (EntityCount("event", 5, 4, 0, 1, 0),)}, "Target rows not as expected"),
        ({"left": (BARE,)}, "Rows that stay with a closing company"),
        ({"left": (HELD,)}, "Rows that stay with a closing company"),
        ({"changed_otherwise": 1}, "Rows changed that Day 1 does not change"),
        ({"differences": (ACCESS,)}, "Differences that a proof found"),
        ({"problems": ("L03: held",)}, "Points that hold sign-off"),
    ],
)
def test_what_forbids_to_go(reconciliation: Reconciliation, changed: dict[str, object], reason: str) -> None:
    answer = readiness(with_company(reconciliation, **changed))
    assert (answer.answer, [one.what for one in answer.reasons]) == ("no go", [reason])


def test_an_unproven_row_is_no_go(reconciliation: Reconciliation) -> None:
    answer = readiness(with_company(reconciliation, files=(UNPROVEN,)))
    assert answer.answer == "no go"
    assert ("Carried rows that the target does not show", 2) in [
        (one.what, one.count) for one in answer.reasons
    ]


def test_the_reasons_are_told_with_the_companies(reconciliation: Reconciliation) -> None:
    rows = reason_table(reconciliation).rows
    assert rows[0][:2] == (2, "Rows set aside")
    assert str(rows[0][2]).endswith("(C17)")


def test_what_holds_sign_off_is_told_in_words(reconciliation: Reconciliation) -> None:
    company: CompanyReconciliation = replace(reconciliation.companies[0], problems=("L03: held",))
    assert problem_table(replace(reconciliation, companies=(company,))).rows == (("C17", "L03: held"),)


def test_a_row_that_is_left_holds_sign_off(reconciliation: Reconciliation) -> None:
    left = with_company(reconciliation, left=(HELD,))
    assert problem_table(left).rows == (("C06", "1 rows stay with the company, see Left"),)


@pytest.mark.parametrize(("holds", "rows"), [(True, (("C06", "12 teams, see Basis"),)), (False, ())])
def test_a_sample_figure_is_told_where_it_holds_sign_off(
    reconciliation: Reconciliation, holds: bool, rows: tuple[tuple[str, str], ...]
) -> None:
    sampled = with_company(reconciliation, samples=(SampleInUse("routing", "teams", 12, holds),))
    assert problem_table(sampled).rows == rows
