"""All stages in order, for one company after another, with the target between sources and reports."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa

from pipeline.batches import baseline_batch
from pipeline.company_data import demand_company_data
from pipeline.planning_stage import PLAN, plan_all
from pipeline.plans import read_plan
from pipeline.progress import Progress, Silent
from pipeline.receiving import required_account
from pipeline.reconciling import reconcile_company
from pipeline.reporting import write_reports
from pipeline.results import blocked_company, keep, overall, reconciliation
from pipeline.run_sources import SOURCE_STAGES, run_sources
from pipeline.store import account_of, finish
from pipeline.target import SQLITE, demand_reachable, prepare_target, stands
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation, Reconciliation
from target.database import connect, transaction
from target.load import load
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import ConfigError, DeliveryError

BASELINE_STAGES = ("receive", "extract", "map")
SCRATCH = "dry-run.db"
"""A dry run against a target that does not exist yet uses a SQLite file of its own, gone afterwards."""


def run_stages(
    workspace: Workspace,
    stages: Sequence[str],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    reveal: bool = False,
) -> Reconciliation | None:
    """Run `stages` of the workspace's companies; a reconciliation comes back when they reconcile or report.

    `reveal`: the reports show values and names.

    Raises:
        ConfigError: no company has a delivery, our files do not know it, or an earlier stage is missing.
        DeliveryError: the baseline is refused.
        TargetError: the target cannot be reached or written.
    """
    watching = progress or Silent()
    workspace.demand_deliveries()
    codes = workspace.company_codes
    for code in codes:
        demand_company_data(code)
    workspace.root.mkdir(parents=True, exist_ok=True)
    if "load" in stages and not dry_run:
        demand_reachable(workspace)  # better refused now than after the sources have been read
    sources = [stage for stage in stages if stage in SOURCE_STAGES]
    if sources:
        _baseline(workspace, sources, watching)
        run_sources(workspace, codes, sources, watching)
    if "validate" in sources:
        plan_all(workspace, codes)
    if dry_run:
        return _dry_run(workspace, codes, watching)
    if "load" in stages:
        _load(workspace, codes, watching)
    if "reconcile" in stages:
        _reconcile(workspace, codes, watching)
    if "report" in stages:
        write_reports(workspace, reconciliation(workspace), reveal=reveal)
    return reconciliation(workspace) if {"reconcile", "report"} & set(stages) else None


def _baseline(workspace: Workspace, stages: Sequence[str], progress: Progress) -> None:
    """The baseline goes first, as far as the companies will need it."""
    needed = [stage for stage in BASELINE_STAGES if stage in stages]
    run_sources(workspace, (BASELINE_COMPANY,), needed, progress)
    received = account_of(workspace.stage_folder(BASELINE_COMPANY, "receive"))
    if received and received["is_blocked"]:
        raise DeliveryError(
            "\n".join(["The baseline is refused, so no company can go on.", *received["problems"]])
        )


def accepted(workspace: Workspace, codes: Sequence[str]) -> list[str]:
    """The companies whose delivery is not refused."""
    accounts = {code: account_of(workspace.stage_folder(code, "receive")) for code in codes}
    return [code for code, account in accounts.items() if account and not account["is_blocked"]]


def _load(workspace: Workspace, codes: Sequence[str], progress: Progress) -> None:
    """One transaction per company."""
    going = accepted(workspace, codes)
    for code in going:
        required_account(workspace, code, PLAN)
    prepare_target(workspace)
    for code in going:
        progress.stage(code, "load")
        began = time.perf_counter()
        with transaction(connect(workspace.target_url)) as connection:
            account = _load_company(workspace, code, connection)
        folder = workspace.stage_folder(code, "load")
        folder.mkdir(parents=True, exist_ok=True)
        finish(folder, {**account, "seconds": round(time.perf_counter() - began, 3)})
        progress.done(code, "load", f"{account['rows']:,} rows")


def _load_company(workspace: Workspace, code: str, connection: sa.Connection) -> dict[str, object]:
    planned = required_account(workspace, code, PLAN)
    plan = read_plan(workspace.stage_folder(code, PLAN) / "plan")
    account = load(connection, plan, str(planned["inputs"]))
    return {
        "rows": sum(account.inserted.values()),
        "is_repeat": account.is_repeat,
        "inputs": planned["inputs"],
    }


def _reconcile(workspace: Workspace, codes: Sequence[str], progress: Progress) -> None:
    """Read every company back, in a transaction that writes nothing."""
    going = accepted(workspace, codes)
    baseline = baseline_batch(workspace) if going else None
    for code in codes:
        progress.stage(code, "reconcile")
        if code in going and baseline is not None:
            loaded = required_account(workspace, code, "load")
            planned = required_account(workspace, code, PLAN)
            if loaded["inputs"] != planned["inputs"]:
                raise ConfigError(
                    f"{code}: what is loaded is not what was validated last. Run `day1 load` first."
                )
            with transaction(connect(workspace.target_url), dry_run=True) as connection:
                reconciled = reconcile_company(workspace, code, baseline, connection)
            result = reconciled.figures
            keep(workspace, result, reconciled.frames)
        else:
            result = blocked_company(workspace, code)
            keep(workspace, result)
        progress.done(code, "reconcile", result.verdict)


def _dry_run(workspace: Workspace, codes: Sequence[str], progress: Progress) -> Reconciliation:
    """Load and reconcile every company inside its transaction, then roll back."""
    going = accepted(workspace, codes)
    with _target_for_dry_run(workspace) as rehearsed:
        baseline = baseline_batch(workspace) if going else None
        results: list[CompanyReconciliation] = []
        for code in codes:
            progress.stage(code, "dry run")
            if code not in going or baseline is None:
                results.append(blocked_company(workspace, code))
                continue
            with transaction(connect(rehearsed.target_url), dry_run=True) as connection:
                _load_company(rehearsed, code, connection)
                results.append(reconcile_company(rehearsed, code, baseline, connection).figures)
            progress.done(code, "dry run", results[-1].verdict)
    return overall(workspace.cycle, run_name(), results)


@contextmanager
def _target_for_dry_run(workspace: Workspace) -> Iterator[Workspace]:
    """The target itself when it stands; else a scratch file, so that a dry run leaves nothing behind."""
    if stands(workspace):
        yield workspace
        return
    scratch = workspace.root / "work" / SCRATCH
    scratch.parent.mkdir(parents=True, exist_ok=True)
    scratch.unlink(missing_ok=True)
    rehearsed = replace(workspace, target_url=f"{SQLITE}{scratch.resolve()}")
    try:
        prepare_target(rehearsed)
        yield rehearsed
    finally:
        scratch.unlink(missing_ok=True)


def run_name() -> str:
    """Names a run by the moment it reconciled."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
