"""How far each company is in the cycle, and what to do next."""

from dataclasses import dataclass

import polars as pl

from pipeline.failures import failure_of
from pipeline.graph import ROAD
from pipeline.signoff import READY, SIGNED, VOID, State, sign_off_state
from pipeline.storage.batches import findings_until
from pipeline.storage.results import is_proved, kept
from pipeline.storage.store import STANDS_ON, read_manifest
from pipeline.workspace import Workspace
from reports.data import BLOCKED, FAILED

RECONCILE = "reconcile"


@dataclass(frozen=True)
class StatusLine:
    """One company. Counts are findings by severity; `samples` are the invented figures that its results rest
    on; `sign_off` is a state of pipeline.signoff; `next_step` is a command or a few words."""

    company: str
    cycle: str
    stage: str
    rows: int
    blocks: int
    set_aside: int
    warnings: int
    infos: int
    verdict: str
    samples: str
    sign_off: str
    next_step: str


def status(workspace: Workspace) -> list[StatusLine]:
    """One line per company of the workspace.

    Raises:
        ConfigError: there is no such folder.
    """
    workspace.require_there()
    return [_line(workspace, code) for code in workspace.company_codes]


def stages_done(workspace: Workspace) -> dict[str, frozenset[str]]:
    """Company to the stages that it has been through in its newest run."""
    return {code: _until(_reached(workspace, code)) for code in workspace.company_codes}


def _until(stage: str) -> frozenset[str]:
    return frozenset(ROAD[: ROAD.index(stage) + 1] if stage else ())


def _line(workspace: Workspace, code: str) -> StatusLine:
    reached = _reached(workspace, code)
    found = findings_until(workspace, code, RECONCILE)
    counts = dict(found.group_by("severity").len().iter_rows())
    extracted = read_manifest(workspace.stage_folder(code, "extract"))
    received = read_manifest(workspace.stage_folder(code, "receive"))
    is_blocked = bool(received and received["is_blocked"])
    result = kept(workspace, code) if reached == RECONCILE else None
    if failure_of(workspace, code) is not None:
        verdict = FAILED
    else:
        verdict = result.verdict if result else BLOCKED if is_blocked else ""
    samples = result.samples if result else ()
    state = sign_off_state(workspace, code)
    return StatusLine(
        company=code,
        cycle=workspace.cycle,
        stage=reached or "-",
        rows=int(extracted["rows"]) if extracted else 0,
        blocks=counts.get("block", 0),
        set_aside=found.filter(pl.col("severity") == "set_aside")
        .select("export", "source_file", "source_row")
        .n_unique(),
        warnings=counts.get("warning", 0),
        infos=counts.get("info", 0),
        verdict=verdict,
        samples=", ".join(f"{one.count:,} {one.what}" for one in samples),
        sign_off=state.state,
        next_step=_next_step(reached, verdict, state),
    )


def _reached(workspace: Workspace, code: str) -> str:
    """The last stage that has run without a gap. What does not stand on the stage before it as that is now is
    of an earlier run, and a later one was ended before it came so far again."""
    reached, before = "", ""
    for stage in ROAD[: ROAD.index(RECONCILE)]:
        held = read_manifest(workspace.stage_folder(code, stage))
        if held is None or held.get(STANDS_ON, before) != before:
            return reached
        reached, before = stage, str(held["inputs"])
    return RECONCILE if is_proved(workspace, code) else reached


def _next_step(reached: str, verdict: str, state: State) -> str:
    if verdict == FAILED:
        return "mend what stopped it, then day1 run"
    if verdict == BLOCKED:
        return "ask the company for a better delivery"
    if verdict == "differences":
        return "day1 findings"
    if verdict == "clean":
        return _to_sign(state)
    following = ROAD[ROAD.index(reached) + 1] if reached else ROAD[0]
    return f"day1 {following}, or day1 run"


def _to_sign(state: State) -> str:
    """What a clean company still needs."""
    if state.state == SIGNED:
        return "nothing: it is signed off"
    if state.state == VOID:
        return f"look again: {', '.join(state.changed)} changed since it was signed off"
    if state.state == READY:
        return "day1 signoff"
    return "day1 signoff lists what stands before it"
