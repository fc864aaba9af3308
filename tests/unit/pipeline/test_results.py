"""What a run came to, kept and added up."""

from pathlib import Path

import pytest

from pipeline.results import blocked_company, keep, kept, overall
from pipeline.store import begin, finish
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation, FileAccount, Move, Total, Waiting
from vocabulary.errors import ConfigError


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, tmp_path, "sqlite://", "day-1")


def result(company: str, verdict: str = "clean", *totals: Total) -> CompanyReconciliation:
    return CompanyReconciliation(
        company, "Zz", verdict, (FileAccount("upw", "f", 3, 1, 1, 1),), totals=totals,
        moves=(Move("OM", "N51", 1, 0, 0),), waiting=(Waiting("code", "GENDER: M", 2, "Decide."),),
        problems=("K01: 1 OM",),
    )  # fmt: skip


def test_a_reconciliation_is_read_as_it_was_kept(workspace: Workspace) -> None:
    one = result("C06", "differences", Total("persons", "C06", 2, 1, 1))
    keep(workspace, one)
    assert kept(workspace, "C06") == one


def test_what_was_never_reconciled_says_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(ConfigError, match="day1 run"):
        kept(workspace, "C06")


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [((), "clean"), (("clean", "differences"), "differences"), (("blocked", "differences"), "blocked")],
)
def test_the_worst_verdict_counts(verdicts: tuple[str, ...], worst: str) -> None:
    assert overall("day-1", "run", [result("C06", verdict) for verdict in verdicts]).verdict == worst


def test_totals_add_up_per_region_and_for_the_nation() -> None:
    one = result("C06", "clean", Total("persons", "C06", 3, 2, 1), Total("persons", "N51", 3, 2, 1))
    two = result("C07", "clean", Total("persons", "N51", 4, 4, 0), Total("persons", "N50", 1, 1, 0))
    assert overall("day-1", "run", [one, two]).totals == (
        Total("persons", "N50", 1, 1, 0),
        Total("persons", "N51", 7, 6, 1),
        Total("persons", "national", 8, 7, 1),
    )


def test_a_refused_company_says_why(workspace: Workspace) -> None:
    finish(begin(workspace.stage_folder("C06", "receive")), {"problems": ["F03: C06_upw.xlsx"]})
    blocked = blocked_company(workspace, "C06")
    assert (blocked.verdict, blocked.problems) == ("blocked", ("F03: C06_upw.xlsx",))
