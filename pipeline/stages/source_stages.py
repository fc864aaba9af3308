"""Runs the stages that need no target, each only when what it stands on has changed."""

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from pipeline.decisions.files import decided_for
from pipeline.failures import Failures
from pipeline.graph import BY_NAME
from pipeline.progress import Progress, Silent
from pipeline.stages.deltas import accepted_cycles, held_for, withheld_findings
from pipeline.stages.receive import (
    Account,
    extract_stage,
    finish_stage,
    map_stage,
    match_stage,
    receive_stage,
)
from pipeline.stages.validate import validate_stage
from pipeline.storage.fingerprint import fingerprint, folder_fingerprint, program_fingerprint
from pipeline.storage.ndelius_codes import codes_fingerprint
from pipeline.storage.store import STANDS_ON, read_findings, read_manifest
from pipeline.storage.whole import require_before
from pipeline.workspace import Workspace
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.decisions import ACROSS
from vocabulary.errors import ConfigError

COMPANY_STAGES: dict[str, Callable[[Workspace, str], Account]] = {
    "receive": receive_stage,
    "extract": extract_stage,
    "map": map_stage,
    "match": match_stage,
    "validate": validate_stage,
}
"""What each stage of one company does before there is a target."""


def run_sources(
    workspace: Workspace,
    companies: Sequence[str],
    stages: Sequence[str],
    progress: Progress | None = None,
    failures: Failures | None = None,
) -> None:
    """Run `stages` of `companies` in order; a refused delivery ends its company's road, the others go on.

    With `failures` so does any error of a company.
    """
    watching = progress or Silent()
    for company in failures.going(companies) if failures else companies:
        if "receive" not in stages and is_refused(workspace, company):
            continue
        if "extract" in stages and "receive" not in stages:
            with failures.apart(company, "extract") if failures else nullcontext():
                require_as_received(workspace, company)
            if failures and company in failures.found:
                continue
        for stage in stages:
            watching.stage(company, stage)
            with failures.apart(company, stage) if failures else nullcontext():
                account = run_stage(workspace, company, stage)
                found = read_findings(workspace.stage_folder(company, stage)).height
                watching.done(company, stage, _note(account), account.get("rows", 0), found)
                if account.get("is_blocked"):
                    break
            if failures and company in failures.found:
                break


def is_refused(workspace: Workspace, company: str) -> bool:
    """Its delivery was received and refused."""
    received = read_manifest(workspace.stage_folder(company, "receive"))
    return received is not None and bool(received["is_blocked"])


def require_as_received(workspace: Workspace, company: str) -> None:
    """The delivery is still the one that was received.

    Raises:
        ConfigError: a file has changed since: what is extracted would not be what lies there.
    """
    held = read_manifest(workspace.stage_folder(company, "receive"))
    if held is not None and held["inputs"] != inputs(workspace, company, "receive"):
        raise ConfigError(
            f"{workspace.delivery_folder(company)} or the program has changed since the delivery was "
            "received. Run `day1 receive` first, or `day1 run` for all."
        )


def run_stage(workspace: Workspace, company: str, stage: str) -> Account:
    """The account of a stage: the last good one when its inputs are the same, else a new one."""
    standing = inputs(workspace, company, stage)
    held = read_manifest(workspace.stage_folder(company, stage))
    if held is not None and held["inputs"] == standing:
        return held
    require_before(workspace, company, stage)
    began = time.perf_counter()
    account = COMPANY_STAGES[stage](workspace, company)
    needs = BY_NAME[stage].needs
    account |= {"inputs": standing, STANDS_ON: _standing(workspace, company, needs) if needs else ""}
    account |= {"seconds": round(time.perf_counter() - began, 3)}
    return finish_stage(workspace, company, stage, account)


def inputs(workspace: Workspace, company: str, stage: str) -> str:
    """The fingerprint of everything a stage stands on.

    Raises:
        ConfigError: the stage before it has not run.
    """
    known = BY_NAME[stage]
    parts = [stage, program_fingerprint()]
    if known.needs:
        parts.append(_standing(workspace, company, known.needs))
    else:
        parts += [folder_fingerprint(workspace.delivery_folder(company)), str(workspace.settings.limits)]
    if known.on_baseline:
        parts += [_standing(workspace, BASELINE_COMPANY, "map"), str(workspace.settings.assign_min)]
    if workspace.is_delta and company != BASELINE_COMPANY:
        parts += _of_line(workspace, company, stage)
    if stage == "map" and company != BASELINE_COMPANY:
        parts.append(codes_fingerprint(workspace))
    if stage == "validate":
        parts.append(read_findings(workspace.stage_folder(company, ACROSS)).write_csv())
    parts += [decided_for(workspace, kind, company).write_csv() for kind in known.answers]
    return fingerprint(*parts)


def _of_line(workspace: Workspace, company: str, stage: str) -> list[str]:
    """What a delta stands on besides: what the target holds of its line; what its company delivered before,
    and which of its changes are withheld."""
    if stage == "receive":
        held = held_for(workspace, company)
        loaded = (*held.cycles, *held.others) if held else ()
        return [*loaded, "", *accepted_cycles(workspace, company)]
    if stage != "extract":
        return []
    received = read_manifest(workspace.stage_folder(company, "receive")) or {}
    before = workspace.of_cycle(str(received.get("previous", "")))
    return [_standing(before, company, "extract"), withheld_findings(workspace, company).write_csv()]


def _standing(workspace: Workspace, company: str, stage: str) -> str:
    account = read_manifest(workspace.stage_folder(company, stage))
    if account is None:
        raise ConfigError(
            f"{company}: stage {stage} has not run in {workspace.cycle}. Run it first, or `day1 run` for all."
        )
    return str(account["inputs"])


def _note(account: Account) -> str:
    return "refused" if account.get("is_blocked") else f"{account.get('rows', 0):,} rows"
