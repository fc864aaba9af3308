"""Whatever goes wrong with one company, at whatever stage, leaves the others going to the end."""

from pathlib import Path
from typing import Any

import pytest

from cli.exit_codes import of_reconciliation
from pipeline import run
from pipeline.failures import failure_of
from pipeline.graph import COMMANDS
from pipeline.run import run_stages
from pipeline.stages import plan, source_stages
from pipeline.status import status
from pipeline.workspace import Workspace
from reconcile import prove
from reports.data import Reconciliation
from vocabulary.errors import BUG, DeliveryError, TargetError

pytestmark = pytest.mark.runs


STOPPED, OTHER = "C06", "C17"
PLACES: dict[str, tuple[Any, str]] = {
    "plan": (plan, "_plan"),
    "load": (run, "_load_company"),
    "reconcile": (prove, "prove_company"),
}
"""Stage to a function of it that is called once for each company."""


def break_stage(patch: pytest.MonkeyPatch, stage: str, error: Exception) -> None:
    """From now on `stage` of STOPPED raises `error`."""
    if stage not in PLACES:
        right = source_stages.COMPANY_STAGES[stage]
        patch.setitem(source_stages.COMPANY_STAGES, stage, broken(right, error))
        return
    place, name = PLACES[stage]
    patch.setattr(place, name, broken(getattr(place, name), error))


def broken(right: Any, error: Exception) -> Any:
    """`right`, but for STOPPED."""

    def wrong(*words: Any) -> Any:
        if STOPPED in (getattr(words[0], "company", ""), *words[1:2]):
            raise error
        return right(*words)

    return wrong


def verdicts(reconciliation: Reconciliation | None) -> dict[str, str]:
    assert reconciliation is not None
    return {one.company: one.verdict for one in reconciliation.companies}


@pytest.mark.parametrize(
    ("stage", "error", "exit_code"),
    [
        pytest.param("extract", DeliveryError("Zz_file: send it again."), 4, marks=pytest.mark.long),
        pytest.param("map", KeyError("planted"), BUG, marks=pytest.mark.long),
        pytest.param("plan", KeyError("planted"), BUG, marks=pytest.mark.long),
        ("load", TargetError("The target refused rows: EVENT. Nothing was written."), 5),
        pytest.param("reconcile", KeyError("planted"), BUG, marks=pytest.mark.long),
    ],
)
def test_one_company_stops_no_other(
    stage: str, error: Exception, exit_code: int, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(fresh)
    break_stage(monkeypatch, stage, error)
    result = run_stages(workspace, COMMANDS)
    assert verdicts(result)[STOPPED] == "failed"
    assert result is not None
    assert of_reconciliation(result) == exit_code
    if stage != "reconcile":  # whose rows nobody proved, the country's proofs find
        assert verdicts(result)[OTHER] == "clean"
    (stopped,) = [one for one in result.companies if one.company == STOPPED]
    assert stopped.problems[0].startswith(f"{stage}: ")
    assert {line.company: line.verdict for line in status(workspace)}[STOPPED] == "failed"
    assert "error stopped" in (workspace.reports / "national.html").read_text("utf-8")
    monkeypatch.undo()
    assert verdicts(run_stages(workspace, COMMANDS)) == {STOPPED: "clean", OTHER: "clean"}


def test_a_dry_run_loads_the_others_and_keeps_no_failure(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(fresh)
    break_stage(monkeypatch, "load", TargetError("The target refused rows."))
    result = run_stages(workspace, COMMANDS, dry_run=True)
    assert verdicts(result) == {STOPPED: "failed", OTHER: "clean"}
    assert failure_of(workspace, STOPPED) is None
