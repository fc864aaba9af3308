"""All stages in order, for one company after another, with the target between sources and reports."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import sqlalchemy as sa

from pipeline.failures import Failures
from pipeline.gates import require_gates
from pipeline.graph import BY_NAME, COMPANY, CYCLE, SOURCES, group_by_scope, select_stages
from pipeline.holding import require_fit, require_last
from pipeline.limited import for_everybody
from pipeline.progress import STANDS, Progress, Silent, together
from pipeline.stages.across import judge_across, load_order
from pipeline.stages.before import prove_before
from pipeline.stages.company_data import require_company_data
from pipeline.stages.company_work import CompanyWork
from pipeline.stages.load_delta import write_delta
from pipeline.stages.plan import PLAN, plan_all
from pipeline.stages.receive import finish_stage, required_account
from pipeline.stages.reconcile import Reconciled, reconcile_companies
from pipeline.stages.report import write_reports
from pipeline.stages.source_stages import run_sources
from pipeline.stages.spread import HERE, Spread
from pipeline.stages.withheld import forget_stale, withhold
from pipeline.standing import SQLITE
from pipeline.storage.batches import EDITED
from pipeline.storage.plans import read_plan
from pipeline.storage.results import (
    PERSONS,
    company_out,
    keep,
    kept,
    overall,
    proved,
    reconciliation,
    require_reconciled,
)
from pipeline.storage.reuse import kept_proofs, kept_reports, proof_files, proof_inputs, report_inputs
from pipeline.storage.snapshots import is_unloaded, require_snapshot, snapshot_for_dry_run
from pipeline.storage.store import ENTRY, STANDS_ON, forget_stage, is_of_load, read_manifest, start_stage
from pipeline.storage.whole import require_before
from pipeline.target import prepare_target, require_reachable, require_replaceable, target_exists
from pipeline.workspace import Workspace
from reports.data import Reconciliation
from target.adapters import adapter_of
from target.bulk import read
from target.database import connect, savepoint, transaction, write_alone
from target.ledger import ENTRY_HASH, LEDGER, LoadAccount
from target.load import is_loaded, load
from target.schema.tables import of_load
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import ConfigError, DeliveryError


def _across(workspace: Workspace, codes: Sequence[str], _: Failures) -> bool:
    """Nobody's failure: it reads what companies left that nothing stopped."""
    return judge_across(workspace, codes)


CYCLE_STAGES: dict[str, Callable[[Workspace, Sequence[str], Failures], bool]] = {
    "across": _across,
    "plan": plan_all,
}
"""What each stage does that looks at all companies before there is a target; False where all of it stood."""

SCRATCH = "dry-run.db"
"""A dry run against a target that does not exist yet uses a SQLite file of its own, gone afterwards."""


def run_stages(
    workspace: Workspace,
    stages: Sequence[str],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    reveal: bool = False,
    spread: Spread = HERE,
) -> Reconciliation | None:
    """Run `stages` of the workspace's companies; a reconciliation comes back when they reconcile or report.

    `reveal`: the reports show values and names; of persons with limited access nothing does, nor what comes
    back. `spread`: where companies are worked on, up to the plan.

    Raises:
        ConfigError: no company has a delivery, our files do not know it, or an earlier stage is missing.
        DeliveryError: the baseline is refused.
        TargetError: the target cannot be reached or made.

    What goes wrong with one company stops that company only: its verdict tells (pipeline.failures).
    """
    watching = progress or Silent()
    workspace.require_deliveries()
    codes = workspace.company_codes
    for code in codes:
        require_company_data(code)
    workspace.root.mkdir(parents=True, exist_ok=True)
    if "load" in stages and not dry_run:
        require_reachable(workspace)  # better refused now than after the sources have been read
    if "load" in stages:
        require_fit(workspace)
    elif "reconcile" in stages:
        require_last(workspace)
    failures = Failures.of(workspace, watching, codes, stages, dry_run=dry_run)
    if sources := select_stages(stages, SOURCES):
        _baseline(workspace, sources, watching)
        _companies(workspace, sources, watching, failures, spread)
    if dry_run:
        return _dry_run(workspace, codes, watching, failures.unkept())
    if "load" in stages:
        _load(workspace, codes, watching, failures)
    if "reconcile" in stages:
        _reconcile(workspace, codes, watching, failures)
    if "report" in stages:
        with together(watching, "report") as step:
            if not _report(proved(workspace), spread.jobs, reveal=reveal):
                step.note = STANDS
    if {"reconcile", "report"} & set(stages):
        return for_everybody(workspace, reconciliation(workspace))
    return None


def _companies(
    workspace: Workspace, stages: Sequence[str], progress: Progress, failures: Failures, spread: Spread
) -> None:
    """The stages before there is a target, of each company and of all together."""
    codes = workspace.company_codes
    if workspace.is_delta and "extract" in stages:
        forget_stale(workspace, codes)
    for scope, own in group_by_scope(stages):
        if PLAN in own and workspace.is_delta:
            _settle(workspace, progress, failures, spread)
        if scope == COMPANY:
            spread.run(CompanyWork(workspace, own, progress, failures), codes)
        for stage in own if scope == CYCLE else ():
            with together(progress, stage) as step:
                if not CYCLE_STAGES[stage](workspace, codes, failures):
                    step.note = STANDS


def _settle(workspace: Workspace, progress: Progress, failures: Failures, spread: Spread) -> None:
    """Where a change of a delta is set aside the earlier row stands, and what hangs on it is judged anew."""
    codes = workspace.company_codes
    while again := withhold(workspace, codes, failures):
        spread.run(CompanyWork(workspace, ("extract", "map", "match"), progress, failures), again)
        judge_across(workspace, codes)
        spread.run(CompanyWork(workspace, ("validate",), progress, failures), codes)


def _baseline(workspace: Workspace, stages: Sequence[str], progress: Progress) -> None:
    """The baseline goes first, as far as the companies will need it."""
    needed = [stage for stage in stages if BY_NAME[stage].of_baseline]
    if workspace.is_delta and workspace.of_baseline.is_delta:
        return  # it continues nothing: receive says so of each company
    run_sources(workspace.of_baseline, (BASELINE_COMPANY,), needed, progress)
    received = read_manifest(workspace.stage_folder(BASELINE_COMPANY, "receive"))
    if received and received["is_blocked"]:
        raise DeliveryError(
            "\n".join(["The baseline is refused, so no company can go on.", *received["problems"]])
        )


def accepted(workspace: Workspace, codes: Sequence[str], failures: Failures) -> list[str]:
    """The companies whose delivery is not refused and that no error has stopped."""
    accounts = {
        code: read_manifest(workspace.stage_folder(code, "receive")) for code in failures.going(codes)
    }
    return [code for code, account in accounts.items() if account and not account["is_blocked"]]


def _load(workspace: Workspace, codes: Sequence[str], progress: Progress, failures: Failures) -> None:
    """One transaction per company; one that is refused leaves the others alone."""
    going = load_order(workspace, accepted(workspace, codes, failures))
    for code in going:
        required_account(workspace, code, PLAN)
    if workspace.is_delta and not going:
        return  # there may be no target at all, and a delta makes none
    engine = connect(workspace.target_url)
    with write_alone(engine, "load"):
        with together(progress, "target") as step:
            if workspace.is_delta or not prepare_target(workspace):  # a delta has no baseline of its own
                step.note = STANDS
        require_fit(workspace, is_received=True)
        with together(progress, "snapshot"), transaction(engine) as connection:
            is_first = workspace.is_delta and is_unloaded(workspace, connection)
            snapshot = require_snapshot(workspace, connection)
        if is_first:
            _keep_stood(workspace, engine, progress)
        _load_each(workspace, going, engine, snapshot, progress, failures)


def _keep_stood(workspace: Workspace, engine: sa.Engine, progress: Progress) -> None:
    """What the target differs in already, before anything of a delta is written."""
    with together(progress, "before"), transaction(engine, dry_run=True) as connection:
        prove_before(workspace, connection)


def _load_each(
    workspace: Workspace,
    codes: Sequence[str],
    engine: sa.Engine,
    snapshot: str,
    progress: Progress,
    failures: Failures,
) -> None:
    """A company's load is refused or kept whole, whatever becomes of the others."""
    for code in codes:
        progress.stage(code, "load")
        began = time.perf_counter()
        with failures.apart(code, "load"):
            require_gates(workspace, code)
            with transaction(engine) as connection:
                account = _load_company(workspace, code, connection, snapshot)
            folder = workspace.stage_folder(code, "load")
            if account["is_repeat"] and is_of_load(read_manifest(folder), account):
                progress.done(code, "load", "stands")
                continue
            start_stage(folder)
            account |= {"seconds": round(time.perf_counter() - began, 3)}
            finish_stage(workspace, code, "load", account)
            rows = int(str(account["rows"]))
            progress.done(code, "load", f"{rows:,} rows", rows)


def _load_company(
    workspace: Workspace, code: str, connection: sa.Connection, snapshot: str
) -> dict[str, object]:
    planned = required_account(workspace, code, PLAN)
    require_before(workspace, code, "load")
    require_replaceable(workspace, connection, code, str(planned["inputs"]))
    if is_loaded(connection, code, workspace.cycle, str(planned["inputs"])):
        account = LoadAccount(code, workspace.cycle, {}, {}, is_repeat=True)  # its plan need not be read
    else:
        plan = read_plan(workspace.stage_folder(code, PLAN) / "plan")
        account = (
            write_delta(workspace, code, connection, plan, snapshot)
            if workspace.is_delta
            else load(connection, plan, str(planned["inputs"]), snapshot_hash=snapshot)
        )
    return {
        "rows": sum(account.inserted.values()),
        "is_repeat": account.is_repeat,
        "inputs": planned["inputs"],
        STANDS_ON: planned["inputs"],
        ENTRY: read(connection, LEDGER, [ENTRY_HASH], of_load(LEDGER, code, workspace.cycle)).item(),
    }


def _reconcile(workspace: Workspace, codes: Sequence[str], progress: Progress, failures: Failures) -> None:
    """Prove every company, in a transaction that writes nothing."""
    going = accepted(workspace, codes, failures)
    for code in going:
        loaded = required_account(workspace, code, "load")
        planned = required_account(workspace, code, PLAN)
        if loaded["inputs"] != planned["inputs"]:
            raise ConfigError(
                f"{code}: what is loaded is not what was validated last. Run `day1 load` first."
            )
    found: dict[str, Reconciled] = {}
    inputs = None
    proofs = kept_proofs(workspace)
    if going:
        with transaction(connect(workspace.target_url), dry_run=True) as connection:
            if held := adapter_of(connection).content_state(connection):
                inputs = proof_inputs(workspace, codes, failures, held)
                if proofs.stands(inputs):
                    _tell_kept(workspace, codes, progress)
                    return
            proofs.forget()
            stopped = len(failures.found)
            for code in going:
                with failures.apart(code, "reconcile"):
                    require_before(workspace, code, "reconcile")
            going = failures.going(going)
            with together(progress, "proofs"):
                found = reconcile_companies(workspace, going, connection, failures)
            if len(failures.found) > stopped:
                inputs = None  # what could not be proved is tried again
    for code in codes:
        progress.stage(code, "reconcile")
        if code in found:
            result = found[code].figures
            keep(workspace, result, found[code].frames)
        else:
            result = company_out(workspace, code, failures)
            keep(workspace, result)
        progress.done(code, "reconcile", result.verdict)
    if inputs is not None:
        proofs.keep(inputs, proof_files(workspace, codes))


def _report(workspace: Workspace, jobs: int, *, reveal: bool) -> bool:
    """Write the reports of the whole cycle, `jobs` at a time, unless they stand (False).

    Those with values are made for who asks, each time, and lie beside the others.
    """
    require_reconciled(workspace)
    found, reports = reconciliation(workspace), kept_reports(workspace)
    inputs = report_inputs(workspace, found.run)
    if not reveal and reports.stands(inputs):
        return False
    for company in found.companies:
        if not company.is_out:
            require_before(workspace, company.company, "reconcile")
    if reveal:
        write_reports(workspace, found, workspace.revealed, reveal=True, jobs=jobs)
        return True
    reports.forget()
    before = _numbers_of_files(workspace.reports)
    write_reports(workspace, found, workspace.reports, jobs=jobs)
    after = _numbers_of_files(workspace.reports)
    reports.keep(inputs, (path for path, number in after.items() if before.get(path) != number))
    return True


def _numbers_of_files(folder: Path) -> dict[Path, int]:
    """Each file below `folder` to its number in the file system: one that is written anew has another,
    whatever the clock says."""
    return {path: path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def _tell_kept(workspace: Workspace, codes: Sequence[str], progress: Progress) -> None:
    """The proofs are of what the target holds now."""
    for code in codes:
        progress.stage(code, "reconcile")
        progress.done(code, "reconcile", f"{kept(workspace, code).verdict}, as proved before")


def _dry_run(
    workspace: Workspace, codes: Sequence[str], progress: Progress, failures: Failures
) -> Reconciliation:
    """Load every company and reconcile all of them inside one transaction, then roll back."""
    going = load_order(workspace, accepted(workspace, codes, failures))
    found: dict[str, Reconciled] = {}
    with _target_for_dry_run(workspace) as rehearsed, TemporaryDirectory() as folder:
        if going:
            engine = connect(rehearsed.target_url)
            # Of a scratch target nobody knows.
            alone = write_alone(engine, "run --dry-run") if rehearsed is workspace else nullcontext()
            with alone, transaction(engine, dry_run=True) as connection:
                is_first = workspace.is_delta and is_unloaded(workspace, connection)
                snapshot, before = snapshot_for_dry_run(rehearsed, connection, Path(folder) / "snapshot")
                if is_first:
                    prove_before(workspace, connection)
                for code in going:
                    progress.stage(code, "dry run")
                    with failures.apart(code, "load"), savepoint(connection):
                        require_gates(workspace, code)
                        _load_company(rehearsed, code, connection, snapshot)
                loaded = failures.going(going)
                found = reconcile_companies(rehearsed, loaded, connection, failures, before)
                if is_first:
                    for code in codes:
                        forget_stage(workspace.stage_folder(code, EDITED))
        results = []
        for code in codes:
            results.append(found[code].figures if code in found else company_out(workspace, code, failures))
            progress.done(code, "dry run", results[-1].verdict)
    persons = [one.frames[PERSONS] for one in found.values()]
    whole = overall(workspace.cycle, run_name(), results, pl.concat(persons) if persons else None)
    return for_everybody(workspace, whole)


@contextmanager
def _target_for_dry_run(workspace: Workspace) -> Iterator[Workspace]:
    """The target itself when it stands; else a scratch file, so that a dry run leaves nothing behind."""
    if target_exists(workspace):
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
