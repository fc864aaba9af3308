"""Whatever happens to rows of a delivery: each has one outcome, and to load twice is to load once."""

import shutil
from pathlib import Path

import pytest
from damaged_rows import KINDS, Damage, damage
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sample_runs import changed_tables, dump_of

from pipeline.graph import COMMANDS
from pipeline.run import run_stages
from pipeline.target import undo
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation
from samples.make import make

pytestmark = pytest.mark.long

COMPANY = "C03"
"""A company that delivers both its cases and its unpaid work as text."""
TABLES = ("OFFENDER", "OFFENDER_MANAGER", "EVENT", "DISPOSAL", "RQMNT", "RQMNT_MANAGER", "UPW_DETAILS")
PARTS = (
    *(f"delius_{table}.txt" for table in (*TABLES, "UPW_APPOINTMENT", "NSI", "CONTACT", "STAFF_TEAM")),
    *(f"upw_{part}.csv" for part in ("projects", "placements", "sessions")),
)
DAMAGES = st.lists(
    st.builds(Damage, st.sampled_from(PARTS), st.integers(0, 200), st.sampled_from(KINDS)), max_size=8
)
STAGES = COMMANDS[:-1]
"""Without the reports."""
FEW = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""Each example is a whole run."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has been run once, so that the baseline is read and loaded. Not to be changed."""
    workspace = tmp_path_factory.mktemp("prepared") / "w"
    make(workspace / "deliveries", companies=(COMPANY,), people=8)
    run_stages(Workspace.open(workspace), STAGES)
    shutil.rmtree(workspace / "work/day-1" / COMPANY)
    assert undo(Workspace.open(workspace), COMPANY)
    return workspace


def run(prepared: Path, place: Path, damages: list[Damage]) -> tuple[dict[str, int], CompanyReconciliation]:
    """A run over damaged rows: the rows of each file as sent, and the reconciliation."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(prepared, place)
    sent = damage(place / "deliveries/day-1" / COMPANY, damages)
    reconciliation = run_stages(Workspace.open(place), STAGES)
    assert reconciliation is not None
    return sent, reconciliation.companies[0]


@FEW
@given(damages=DAMAGES)
@example(
    damages=[Damage("delius_UPW_APPOINTMENT.txt", 181, "broken")]
)  # nobody can tell which order it was of
def test_every_row_has_one_outcome_and_every_total_is_explained(
    prepared: Path, tmp_path: Path, damages: list[Damage]
) -> None:
    sent, company = run(prepared, tmp_path / "w", damages)
    assert company.verdict != "blocked"
    assert {file.file: file.delivered for file in company.files}.items() <= sent.items()
    assert [file.file for file in company.files if not file.closes] == []
    assert [total.name for total in company.totals if not total.agrees] == []


@FEW
@given(damages=DAMAGES)
def test_to_load_twice_is_to_load_once(prepared: Path, tmp_path: Path, damages: list[Damage]) -> None:
    run(prepared, tmp_path / "w", damages)
    once = dump_of(tmp_path / "w/target.db")
    run_stages(Workspace.open(tmp_path / "w"), STAGES)
    assert changed_tables(once, dump_of(tmp_path / "w/target.db")) == []
