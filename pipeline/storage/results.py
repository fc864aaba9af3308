"""What the last run came to: findings and reconciliation, read from the work folders."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import polars as pl

from mappings.allocation.routing import unallocated
from pipeline.failures import Failure, Failures, failure_of
from pipeline.figures.basis import whole_basis
from pipeline.figures.causes import under_causes
from pipeline.line import cycle_order
from pipeline.storage.batches import findings_until
from pipeline.storage.store import (
    ENTRY,
    is_of_load,
    place_stage,
    read_frame,
    read_json,
    read_manifest,
    start_stage,
    write_frame,
    write_json,
)
from pipeline.workspace import Workspace
from reports.data import (
    BLOCKED,
    FAILED,
    CompanyReconciliation,
    DifferenceCount,
    EntityCount,
    FileAccount,
    FindingCount,
    Left,
    LinkedByEvidence,
    LostPractitioner,
    Move,
    OfficerCount,
    Reconciliation,
    SampleInUse,
    TableCount,
    Total,
    Unattended,
    Undelivered,
    Waiting,
    Workload,
)
from reports.differences import counted
from reports.share import VERDICTS
from reports.totals import add_up, count_persons_once
from vocabulary.companies import BASELINE_COMPANY, companies
from vocabulary.companies import company as known_company
from vocabulary.differences import DIFFERENCE_SCHEMA, no_differences
from vocabulary.errors import ConfigError
from vocabulary.findings import collect

KEPT, PROVED = "reconciliation.json", "proved_load.json"
"""What was found of a company, and of which load."""

DIFFERENCES, ROW_REGIONS, PERSONS = "differences", "row_regions", "persons"
"""Frames that reconcile leaves beside the figures; a refused company has none. PERSONS: person, side, region.

ROW_REGIONS is there of companies shared between regions. Its `destination` says where a carried row is, in
the words of reports.data.PLACES; a carried row without one is unproven.
"""
PARTS: dict[str, type] = {
    "files": FileAccount,
    "entities": EntityCount,
    "totals": Total,
    "moves": Move,
    "tables": TableCount,
    "findings": FindingCount,
    "officers": OfficerCount,
    "lost_practitioners": LostPractitioner,
    "waiting": Waiting,
    "left": Left,
    "undelivered": Undelivered,
    "linked": LinkedByEvidence,
    "samples": SampleInUse,
    "unattended": Unattended,
    "workload": Workload,
    "differences": DifferenceCount,
}
"""Fields of a company's reconciliation that are lists, and what they hold."""


def findings(workspace: Workspace) -> pl.DataFrame:
    """All findings of the workspace's companies and of the baseline's delivery, in the order of the stages;
    what follows from another row behind that row."""
    codes = (*workspace.company_codes, BASELINE_COMPANY)
    found = ((code, findings_until(workspace, code, "reconcile")) for code in codes)
    return collect([under_causes(workspace, code, own) for code, own in found])


def reconciliation(workspace: Workspace) -> Reconciliation:
    """The reconciliation of the workspace's companies as last kept.

    Raises:
        ConfigError: a company has none yet.
    """
    results = [kept(workspace, code) for code in workspace.company_codes]
    moments = [_kept_file(workspace, code).stat().st_mtime for code in workspace.company_codes]
    run = dt.datetime.fromtimestamp(max(moments), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moments else ""
    return overall(workspace.cycle, run, results, _persons(workspace))


def proved(workspace: Workspace) -> Workspace:
    """The whole cycle, as far as it is reconciled, whichever companies were chosen: national and regional
    outputs hold every company in its newest state."""
    whole = workspace.whole
    own = (code for code in companies() if whole.cycle_of(code) == whole.cycle)
    codes = (code for code in own if _kept_file(whole, code).exists())
    return replace(whole, chosen=tuple(codes))


def require_reconciled(workspace: Workspace) -> None:
    """Nothing has been loaded since it was proved.

    Raises:
        ConfigError: a company has, as when a run was killed between load and reconcile.
    """
    for code in workspace.company_codes:
        if _is_loaded_since(workspace, code):
            raise ConfigError(f"{code} has been loaded since it was reconciled. Run `day1 reconcile` first.")


def is_proved(workspace: Workspace, code: str) -> bool:
    """There is a reconciliation, and of the load that stands: not of one before it."""
    return _kept_file(workspace, code).exists() and not _is_loaded_since(workspace, code)


def _is_loaded_since(workspace: Workspace, code: str) -> bool:
    loaded, proof = read_manifest(workspace.stage_folder(code, "load")), _kept_file(workspace, code)
    if loaded is None or not proof.exists():
        return False
    return not is_of_load(read_json(proof.with_name(PROVED)) or {}, loaded)


def overall(
    cycle: str, run: str, results: Sequence[CompanyReconciliation], persons: pl.DataFrame | None = None
) -> Reconciliation:
    """All companies in one: the worst verdict, and totals added up per region and for the nation.

    `persons`: person, side, region of all companies: whoever is of two companies is counted once.
    """
    regions = unallocated()["region"].to_list()
    verdict = max((result.verdict for result in results), key=VERDICTS.index, default="clean")
    totals = add_up([total for result in results for total in result.totals], regions)
    if persons is not None:
        totals = count_persons_once(totals, persons)
    return Reconciliation(run, cycle, verdict, tuple(results), totals, whole_basis())


def _persons(workspace: Workspace) -> pl.DataFrame | None:
    """PERSONS of all companies; None where a company's reconciliation is of before they were kept."""
    folders = [workspace.stage_folder(code, "reconcile") for code in workspace.company_codes]
    kept_ones = [folder for folder in folders if (folder / f"{PERSONS}.parquet").exists()]
    if len(kept_ones) < sum((folder / f"{DIFFERENCES}.parquet").exists() for folder in folders):
        return None
    return pl.concat([read_frame(folder, PERSONS) for folder in kept_ones]) if kept_ones else None


def differences(workspace: Workspace) -> pl.DataFrame:
    """What is not as it must be, of the workspace's companies, as DIFFERENCE_SCHEMA has it."""
    found = [no_differences()]
    for code in workspace.company_codes:
        if not kept(workspace, code).is_out:
            own = read_frame(workspace.stage_folder(code, "reconcile"), DIFFERENCES)
            found.append(_as_now(own.with_columns(pl.lit(code).alias("company"))))
    return pl.concat(found)


def _as_now(differences: pl.DataFrame) -> pl.DataFrame:
    """The columns of DIFFERENCE_SCHEMA; an earlier cycle named a row by `id`, and no proof."""
    known = differences.rename({"id": "key"}, strict=False)
    return known.select(
        (pl.col(name) if name in known.columns else pl.lit(None)).cast(pl.String).alias(name)
        for name in DIFFERENCE_SCHEMA
    )


def history(workspace: Workspace) -> tuple[Reconciliation, ...]:
    """The reconciliations of the cycles up to the workspace's, in their order, of the companies each has."""
    cycles = sorted((folder.name for folder in (workspace.root / "work").iterdir()), key=cycle_order)
    found = []
    for cycle in cycles[: cycles.index(workspace.cycle) + 1]:
        earlier = workspace.of_cycle(cycle)
        codes = [code for code in workspace.company_codes if _kept_file(earlier, code).exists()]
        if codes:
            found.append(reconciliation(replace(earlier, chosen=tuple(codes))))
    return tuple(found)


def _kept_file(workspace: Workspace, code: str) -> Path:
    return workspace.stage_folder(code, "reconcile") / KEPT


def failures(workspace: Workspace) -> dict[str, Failure]:
    """What stopped companies of the workspace, by company."""
    found = {code: failure_of(workspace, code) for code in workspace.company_codes}
    return {code: failure for code, failure in found.items() if failure is not None}


def refusals(workspace: Workspace) -> list[str]:
    """Why companies of the workspace are refused or stopped, one line per reason."""
    accounts = {
        code: read_manifest(workspace.stage_folder(code, "receive")) for code in workspace.company_codes
    }
    stopped = [f"{code}: {failure.problem}" for code, failure in failures(workspace).items()]
    return stopped + [
        f"{code}: {problem}"
        for code, account in accounts.items()
        if account
        for problem in account["problems"]
        if account["is_blocked"]
    ]


def company_out(workspace: Workspace, code: str, failures: Failures) -> CompanyReconciliation:
    """A company that is not loaded: an error stopped it, or its delivery is refused."""
    return (
        failed_company(workspace, code, failures.found[code])
        if code in failures.found
        else (blocked_company(workspace, code))
    )


def failed_company(workspace: Workspace, code: str, failure: Failure) -> CompanyReconciliation:
    """A company that an error stopped: at which stage and why, and what was found until then."""
    return CompanyReconciliation(
        company=code,
        name=known_company(code).name,
        verdict=FAILED,
        findings=_counted_findings(findings_until(workspace, code, "validate")),
        problems=(failure.problem,),
        exit_code=failure.exit_code,
    )


def blocked_company(workspace: Workspace, code: str) -> CompanyReconciliation:
    """A company whose delivery is refused: what is wrong, and nothing else."""
    received = read_manifest(workspace.stage_folder(code, "receive"))
    if received is None:
        raise ConfigError(f"{code}: stage receive has not run in {workspace.cycle}. Use `day1 run`.")
    return CompanyReconciliation(
        company=code,
        name=known_company(code).name,
        verdict=BLOCKED,
        findings=_counted_findings(findings_until(workspace, code, "receive")),
        problems=tuple(received["problems"]),
    )


def _counted_findings(found: pl.DataFrame) -> tuple[FindingCount, ...]:
    counts = found.group_by("rule", "severity").len().sort("rule")
    return tuple(FindingCount(*row) for row in counts.iter_rows())


def keep(
    workspace: Workspace, result: CompanyReconciliation, frames: Mapping[str, pl.DataFrame] | None = None
) -> None:
    """Keep a company's reconciliation and its `frames`, in place of those of an earlier run.

    Its differences are counted here, from the frame that lists them, so that count and list cannot disagree.
    """
    if frames and DIFFERENCES in frames:
        result = replace(result, differences=counted(_as_now(frames[DIFFERENCES])))
    folder = start_stage(workspace.stage_folder(result.company, "reconcile"))
    for name, frame in (frames or {}).items():
        write_frame(folder, name, frame)
    told = replace(result, run=workspace.run)
    (folder / KEPT).write_text(json.dumps(asdict(told), indent=1), encoding="utf-8")
    loaded = read_manifest(workspace.stage_folder(result.company, "load")) or {}
    write_json(folder / PROVED, {ENTRY: loaded.get(ENTRY)})
    place_stage(folder)


def kept(workspace: Workspace, code: str) -> CompanyReconciliation:
    """The reconciliation that was kept.

    Raises:
        ConfigError: there is none.
    """
    path = _kept_file(workspace, code)
    if not path.exists():
        raise ConfigError(f"{code} has not been reconciled in {workspace.cycle}. Use `day1 run`.")
    return company_of(json.loads(path.read_text(encoding="utf-8")))


def company_of(values: dict[str, Any]) -> CompanyReconciliation:
    """A company's reconciliation from its JSON, also of an earlier cycle that counted less."""
    values["files"] = [_account(file) for file in values["files"]]
    for name, kind in PARTS.items():
        values[name] = tuple(kind(**one) for one in values.get(name, ()))
    values["problems"] = tuple(values["problems"])
    return CompanyReconciliation(**values)


def _account(file: dict[str, Any]) -> dict[str, Any]:
    """A file's account as kept; where an earlier cycle's carried rows are was never proved."""
    return file if "unproven" in file else {**file, "unproven": file["carried"]}
