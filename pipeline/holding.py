"""What the target holds against what is to be loaded: one cycle, on one baseline, in our release's tables."""

import shutil

import sqlalchemy as sa

from extractors.delivery import read_delivery
from pipeline.line import DAY, REHEARSAL, line_before
from pipeline.stages.receive import content_hash
from pipeline.standing import standing_holding, standing_target
from pipeline.storage.batches import EDITED
from pipeline.storage.snapshots import snapshot_folder
from pipeline.storage.store import read_manifest
from pipeline.target import make_anew
from pipeline.workspace import Workspace
from target.adapters.base import mask_password
from target.database import transaction, write_alone
from target.holding import Holding, read_holding
from target.schema.shape import RELEASE
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import TargetError, UsageError


def require_fit(workspace: Workspace, *, is_received: bool = False) -> None:
    """The target, where there is one, can take the workspace's cycle. To ask reads no row of a delivery.

    `is_received`: the baseline is the one that receive read; else the one whose manifest lies there now.

    Raises:
        TargetError: it holds another cycle or another baseline, or is of another release; says the ways on.
    """
    engine = standing_target(workspace)
    if engine is None or workspace.is_delta:  # a delta goes on top of what is there
        return
    with transaction(engine) as connection:
        holding = read_holding(connection)
    told = f"Target {mask_password(engine.url)} holds {holding.told}"
    if holding.release not in ("", RELEASE):
        raise TargetError(f"{told} in tables of release {holding.release}; this day1 writes {RELEASE}.")
    delivered = _received(workspace) if is_received else _lying(workspace)
    is_other = bool(holding.baseline_cycle and delivered) and delivered != holding.baseline_hash
    others = {cycle: codes for cycle, codes in holding.loads.items() if cycle != workspace.cycle}
    if others:
        raise TargetError(
            f"{told}: cycle {workspace.cycle} cannot be loaded on top. "
            f"{_undone(others, is_other)}{_anew(holding)}"
        )
    if is_other:
        raise TargetError(
            f"{told}, and {workspace.delivery_folder(BASELINE_COMPANY)} is another baseline. {_anew(holding)}"
        )


def require_last(workspace: Workspace) -> None:
    """Nothing stands on the workspace's cycle: what a delta changed is proved with the delta.

    Raises:
        TargetError: a later cycle of the line is loaded; names it.
    """
    holding = standing_holding(workspace)
    loads = holding.loads if holding else {}
    later = [cycle for cycle in loads if workspace.cycle in line_before(workspace.root, cycle)]
    if later:
        raise TargetError(
            f"{workspace.cycle} cannot be proved any more: {later[-1]} is loaded on top of it. "
            f"Reconcile that: `day1 reconcile --cycle {later[-1]}`."
        )


def make_room(workspace: Workspace) -> None:
    """Take the target away where it cannot take the workspace's cycle. For drawn deliveries, which nobody
    misses."""
    try:
        require_fit(workspace)
    except TargetError:
        reset_target(workspace, workspace.cycle, is_sure=True)


def reset_target(workspace: Workspace, cycle: str | None, *, is_sure: bool) -> str:
    """Take the target away with all that it holds and build it anew; says what it held.

    `cycle`: the one that was named. What the workspace knows of its loads goes with them.

    Raises:
        UsageError: nobody said to be sure, or it holds more than rehearsals and the cycle is not named.
        TargetError: there is no target, day1 did not make it, it does not hold `cycle`, or it is in use.
    """
    engine = standing_target(workspace)
    if engine is None:
        url = mask_password(sa.make_url(workspace.target_url))
        raise TargetError(f"There is no target {url} to reset. `day1 run` makes it.")
    with write_alone(engine, "target reset"):
        with transaction(engine) as connection:
            holding = read_holding(connection)
        _require_may_go(engine, holding, cycle, is_sure=is_sure)
        make_anew(workspace, engine)
    for loaded in holding.cycles:
        _forget_loads(workspace.of_cycle(loaded))
    return holding.told


def _require_may_go(engine: sa.Engine, holding: Holding, cycle: str | None, *, is_sure: bool) -> None:
    target = f"Target {mask_password(engine.url)}"
    if not holding.release:
        raise TargetError(f"{target} was not made by day1, so it is not day1's to take away.")
    if cycle and cycle not in holding.cycles:
        raise TargetError(f"{target} holds {holding.told}, nothing of {cycle}. Nothing was changed.")
    real = [one for one in holding.cycles if not one.startswith(REHEARSAL)]
    if real and cycle not in real:
        raise UsageError(
            f"{target} holds {holding.told}, which is no rehearsal. To take that away, name it: "
            f"--cycle {real[0]}."
        )
    if not is_sure:
        raise UsageError(f"{target} holds {holding.told}. All of it would be gone: say so with --yes.")


def _forget_loads(workspace: Workspace) -> None:
    for folder in (workspace.root / "work" / workspace.cycle).glob("*/"):
        for stage in ("load", EDITED, "reconcile"):
            shutil.rmtree(folder / stage, ignore_errors=True)
    shutil.rmtree(snapshot_folder(workspace), ignore_errors=True)


def _undone(loads: dict[str, tuple[str, ...]], is_other: bool) -> str:
    """How to take out what is loaded; no word of it where the baseline would not fit all the same."""
    if is_other:
        return ""
    words = [
        " ".join(["day1 undo --cycle", cycle, *(f"--company {code}" for code in reversed(codes))])
        for cycle, codes in sorted(loads.items())
    ]
    return "Take out what is there: " + ", ".join(f"`{word}`" for word in words) + ". Or else: "


def _anew(holding: Holding) -> str:
    is_rehearsal = all(cycle.startswith(REHEARSAL) for cycle in holding.cycles)
    named = "" if is_rehearsal else f" --cycle {DAY}"
    return f"Begin anew with `day1 target reset{named} --yes`, or give another --target. Nothing was changed."


def _received(workspace: Workspace) -> str:
    account = read_manifest(workspace.stage_folder(BASELINE_COMPANY, "receive")) or {}
    return str(account.get("content", ""))


def _lying(workspace: Workspace) -> str:
    """Blank where the manifest is not one: receive says so."""
    folder = workspace.delivery_folder(BASELINE_COMPANY)
    delivery, _ = read_delivery(folder, BASELINE_COMPANY, workspace.cycle)
    return content_hash(delivery) if delivery else ""
