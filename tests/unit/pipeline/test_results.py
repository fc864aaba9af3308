"""What a run came to, kept and added up."""

import json
import os
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipeline.storage.results import (
    DIFFERENCES,
    KEPT,
    blocked_company,
    differences,
    keep,
    kept,
    overall,
    require_reconciled,
)
from pipeline.storage.store import ENTRY, commit_stage, start_stage
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation, DifferenceCount, FileAccount, Left, Move, Total, Waiting
from vocabulary.differences import no_differences
from vocabulary.errors import ConfigError


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, tmp_path, "sqlite://", "day-1")


def result(company: str, verdict: str = "clean", *totals: Total) -> CompanyReconciliation:
    return CompanyReconciliation(
        company, "Zz", verdict, (FileAccount("upw", "f", 3, 1, 1, 1, written=1),), totals=totals,
        moves=(Move("OM", "N51", 1, 0, 0, 1),), waiting=(Waiting("code", "GENDER: M", 2, "Decide."),),
        problems=("K01: 1 OM",), left=(Left("future contact", "CONTACT", "9", "area", "1201"),),
        changed_otherwise=2,
    )  # fmt: skip


def test_a_reconciliation_is_read_as_it_was_kept(workspace: Workspace) -> None:
    one = result("C06", "differences", Total("persons", "C06", 2, 1, 1))
    keep(workspace, one)
    assert kept(workspace, "C06") == one


def test_differences_are_counted_from_the_list_that_names_them(workspace: Workspace) -> None:
    rows = pl.DataFrame({"company": ["C06"], "proof": ["unchanged"], "table": ["CONTACT"], "key": ["9"]})
    keep(workspace, result("C06"), {DIFFERENCES: pl.concat([no_differences(), rows], how="diagonal")})
    assert kept(workspace, "C06").differences == (DifferenceCount("unchanged", "CONTACT", 1),)
    found = differences(replace(workspace, chosen=("C06",)))
    assert found.select("company", "table", "key").rows() == [("C06", "CONTACT", "9")]


def test_a_cycle_from_before_the_proofs_is_still_read(workspace: Workspace) -> None:
    """Nobody looked where its carried rows are, so none of them is proven."""
    old = {"table": ["EVENT"], "id": [4], "column": ["NOTES"], "expected": ["a"], "found": ["b"]}
    keep(workspace, result("C06"), {DIFFERENCES: pl.DataFrame(old)})
    path = workspace.stage_folder("C06", "reconcile") / KEPT
    values = json.loads(path.read_text("utf-8"))
    for name in ("left", "changed_otherwise"):
        del values[name]
    del values["moves"][0]["not_added"]
    for name in ("written", "already_there", "list_only", "unproven"):
        del values["files"][0][name]
    path.write_text(json.dumps(values), "utf-8")
    read = kept(workspace, "C06")
    assert read.files == (FileAccount("upw", "f", 3, 1, 1, 1, unproven=1),)
    assert read.differences == (DifferenceCount("", "EVENT", 1),)
    assert (read.left, read.moves) == ((), (Move("OM", "N51", 1, 0, 0),))
    found = differences(replace(workspace, chosen=("C06",)))
    assert found.select("company", "table", "key", "column").rows() == [("C06", "EVENT", "4", "NOTES")]


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
    commit_stage(start_stage(workspace.stage_folder("C06", "receive")), {"problems": ["F03: C06_upw.xlsx"]})
    blocked = blocked_company(workspace, "C06")
    assert (blocked.verdict, blocked.problems) == ("blocked", ("F03: C06_upw.xlsx",))


def test_what_was_loaded_since_its_proof_is_not_reported(workspace: Workspace) -> None:
    loaded = workspace.stage_folder("C06", "load")
    chosen = replace(workspace, chosen=("C06",))
    commit_stage(start_stage(loaded), {ENTRY: "first"})
    keep(workspace, result("C06"))
    require_reconciled(chosen)
    commit_stage(start_stage(loaded), {ENTRY: "second"})
    os.utime(loaded / "stage.json", (1, 1))  # by a clock that was set back
    with pytest.raises(ConfigError, match="C06 has been loaded since it was reconciled"):
        require_reconciled(chosen)
