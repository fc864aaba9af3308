"""Results to exit codes."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cli.exit_codes import of_reconciliation, of_status
from reports.data import CompanyReconciliation, DifferenceCount, FileAccount, Left, Reconciliation


def reconciled(*verdicts: str, set_aside: int = 0) -> Reconciliation:
    """One company per verdict."""
    files = (FileAccount("upw", "f.csv", 1, 1 - set_aside, set_aside, 0, written=1 - set_aside),)
    companies = tuple(CompanyReconciliation("C17", "London", verdict, files) for verdict in verdicts)
    return Reconciliation("run", "day-1", max(verdicts), companies)


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        (("clean",), 0),
        (("clean", "differences"), 1),
        (("blocked", "clean"), 4),
        (("blocked", "differences"), 4),
    ],
)
def test_the_worst_company_decides(verdicts: tuple[str, ...], code: int) -> None:
    assert of_reconciliation(reconciled(*verdicts)) == code


def test_a_row_set_aside_is_never_clean() -> None:
    assert of_reconciliation(reconciled("clean", set_aside=1)) == 1


@pytest.mark.parametrize(
    "found",
    [
        {"left": (Left("future contact", "CONTACT", "9", "area", "1201"),)},
        {"changed_otherwise": 1},
        {"differences": (DifferenceCount("access", "", 1),)},
        {"files": (FileAccount("upw", "f.csv", 1, 1, 0, 0, unproven=1),)},
    ],
)
def test_what_no_proof_holds_is_never_clean(found: dict[str, Any]) -> None:
    whole = reconciled("clean")
    company = replace(whole.companies[0], **found)
    assert of_reconciliation(replace(whole, companies=(company,))) == 1


@pytest.mark.parametrize(("blocks", "set_aside", "code"), [(0, 0, 0), (0, 2, 1), (1, 2, 4)])
def test_a_single_stage_ends_as_its_findings_say(blocks: int, set_aside: int, code: int) -> None:
    assert of_status([SimpleNamespace(blocks=blocks, set_aside=set_aside)]) == code  # type: ignore[list-item]
