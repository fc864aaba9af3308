"""Sign-off: who accepts a company's result, and of what exactly. Void as soon as any of it changes.

Every sign-off is a line of `signoffs.jsonl` in the workspace; lines are added, never changed.
"""

import getpass
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from extractors.problem import MANIFEST as DELIVERY_MANIFEST
from pipeline.runs.record import now
from pipeline.settings import CONFIG
from pipeline.storage.fingerprint import data_fingerprint, fingerprint, folder_fingerprint, whole_fingerprint
from pipeline.storage.results import kept, overall, require_reconciled
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation
from reports.json_report import as_json
from reports.readiness import ACCEPTED_AS, Reason, asks, stops
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import ConfigError, UsageError
from vocabulary.file_hash import file_hash

FILE = "signoffs.jsonl"

OPEN, READY, SIGNED, VOID = "open", "ready", "signed", "void"
"""States: something holds or must be accepted, nothing does, signed, signed but something changed since."""

GONE = "gone"
"""Stands for the hash of something that is no longer there."""


@dataclass(frozen=True)
class SignOff:
    """A line of the file. `bound`: what was signed to its hash. `accepted`: what was accepted, with its
    number then. `at`: ISO, UTC."""

    at: str
    user: str
    by: str
    role: str
    cycle: str
    company: str
    run: str
    bound: dict[str, str]
    accepted: dict[str, int]


@dataclass(frozen=True)
class State:
    """Where a company is. `holds`: what forbids to sign; `asks`: what must be accepted by name; `changed`:
    what is not as it was signed."""

    company: str
    state: str
    holds: tuple[str, ...] = ()
    asks: tuple[Reason, ...] = ()
    changed: tuple[str, ...] = ()
    signed: SignOff | None = None


def sign_off_state(workspace: Workspace, company: str) -> State:
    """The state of `company` in the cycle.

    Raises:
        ConfigError: the file of sign-offs is damaged.
    """
    signed = last_sign_off(workspace, company)
    if signed is None:
        return unsigned_state(workspace, company)
    now = bound(workspace, company)
    changed = tuple(what for what, was in signed.bound.items() if now.get(what) != was)
    return State(company, VOID if changed else SIGNED, changed=changed, signed=signed)


def unsigned_state(workspace: Workspace, company: str) -> State:
    """The same as if nobody had signed: to sign again is to look again."""
    own = replace(workspace, chosen=(company,))
    try:
        require_reconciled(own)
        result = kept(own, company)
    except ConfigError as error:
        return State(company, OPEN, holds=(str(error),))
    whole = overall(workspace.cycle, "", [result])
    holds = tuple(f"{reason.count:,} {_small(reason.what)}" for reason in stops(whole))
    asked = asks(whole)
    return State(company, OPEN if holds or asked else READY, holds, asked)


def sign_off(
    workspace: Workspace, companies: Sequence[str], by: str, role: str, accepted: Collection[str]
) -> list[SignOff]:
    """Sign for `companies`: all of them or none.

    `accepted`: words of reports.readiness.ACCEPTED_AS that `by` accepts, whatever their number.

    Raises:
        UsageError: a word is unknown, or `role` may not accept it (day1.toml, [accept]).
        ConfigError: something holds, or was not accepted.
    """
    _require_may_accept(workspace, role, accepted)
    states = [unsigned_state(workspace, code) for code in companies]
    if refused := [line for state in states for line in _refusals(state, accepted)]:
        raise ConfigError("\n  ".join(["Not signed off:", *refused]))
    at = now()
    lines = [
        SignOff(
            at,
            getpass.getuser(),
            by,
            role,
            workspace.cycle,
            state.company,
            kept(workspace, state.company).run,
            bound(workspace, state.company),
            {ACCEPTED_AS[reason.what]: reason.count for reason in state.asks},
        )
        for state in states
    ]
    with (workspace.root / FILE).open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(line)) + "\n" for line in lines)
    return lines


def _refusals(state: State, accepted: Collection[str]) -> list[str]:
    missing = [reason for reason in state.asks if ACCEPTED_AS[reason.what] not in accepted]
    return [f"{state.company}: {line}." for line in state.holds] + [
        f"{state.company}: {reason.count:,} {_small(reason.what)}. {reason.action} Or accept them: "
        f"--accept {ACCEPTED_AS[reason.what]}"
        for reason in missing
    ]


def _small(words: str) -> str:
    return words[0].lower() + words[1:]


def _require_may_accept(workspace: Workspace, role: str, accepted: Collection[str]) -> None:
    known = sorted(ACCEPTED_AS.values())
    if unknown := sorted(set(accepted) - set(known)):
        raise UsageError(f"--accept {unknown[0]} is unknown. It takes {', '.join(known)}.")
    for what in accepted:
        may = workspace.settings.may_accept.get(what)
        if may is not None and role not in may:
            allowed = " or ".join(may) or "nobody"
            raise UsageError(f"{workspace.root / CONFIG} lets {allowed} accept {what}, not {role!r}.")


def bound(workspace: Workspace, company: str) -> dict[str, str]:
    """What a sign-off stands on, to its hash: delivery and baseline (by their manifests, which hold the hash
    of every file), answers, rules, code lists, routing, program, what is loaded, and the reconciliation."""
    loaded = read_manifest(workspace.stage_folder(company, "load"))
    return {
        "delivery": _hash_of(workspace.delivery_folder(company) / DELIVERY_MANIFEST),
        "baseline": _hash_of(workspace.delivery_folder(BASELINE_COMPANY) / DELIVERY_MANIFEST),
        "answers": folder_fingerprint(workspace.decisions),
        "rules": data_fingerprint("vocabulary", "rules.csv"),
        "code lists": data_fingerprint("mappings", "codes"),
        "routing": data_fingerprint("mappings", "routing"),
        "program": whole_fingerprint(),
        "load": str(loaded["inputs"]) if loaded else GONE,
        "reconciliation": _figures_hash(workspace, company),
    }


def _hash_of(path: Path) -> str:
    return file_hash(path) if path.is_file() else GONE


def _figures_hash(workspace: Workspace, company: str) -> str:
    """Of the figures, whichever run proved them last."""
    try:
        result: CompanyReconciliation = kept(workspace, company)
    except ConfigError:
        return GONE
    return fingerprint(as_json(overall(workspace.cycle, "", [replace(result, run="")])))


def last_sign_off(workspace: Workspace, company: str) -> SignOff | None:
    """The newest sign-off of `company` in the cycle.

    Raises:
        ConfigError: the file is damaged.
    """
    path = workspace.root / FILE
    if not path.exists():
        return None
    found = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            one = SignOff(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise ConfigError(
                f"{path}, line {number} is no sign-off. Put back what stood there; lines are only ever added."
            ) from error
        if (one.cycle, one.company) == (workspace.cycle, company):
            found = one
    return found
