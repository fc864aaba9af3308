"""Changed rows of a delta that are set aside: the company's statement is not used, so the earlier row stands.

Which rows these are is known only after validate; the stages before are then done again without them.
"""

from collections.abc import Sequence

import polars as pl

from pipeline.decisions.files import decided_for
from pipeline.failures import Failures, is_through
from pipeline.graph import GRAPH
from pipeline.stages.deltas import CHANGES, ROW, WITHHELD, withheld_findings
from pipeline.storage.batches import findings_until, judged_rows
from pipeline.storage.fingerprint import fingerprint
from pipeline.storage.store import (
    forget_stage,
    place_stage,
    read_frame,
    read_json,
    read_manifest,
    start_stage,
    write_frame,
    write_json,
)
from pipeline.workspace import Workspace
from validators.delta_rows import CHANGED
from vocabulary.batch import SET_ASIDE
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.findings import collect

BASIS = "basis.json"
"""What the withheld rows were judged by: with other answers or another delivery they may be carried."""


def forget_stale(workspace: Workspace, codes: Sequence[str]) -> None:
    """Before the rows of `codes` are judged anew: those withheld for another delivery or other answers are
    tried again."""
    for code in codes:
        folder = workspace.stage_folder(code, WITHHELD)
        if folder.is_dir() and read_json(folder / BASIS) != {"basis": _basis(workspace, code)}:
            forget_stage(folder)


def withhold(workspace: Workspace, codes: Sequence[str], failures: Failures) -> list[str]:
    """Withhold the changed rows of `codes` that are set aside; gives the companies to be judged anew."""
    return [
        code
        for code in failures.going(codes)
        if is_through(workspace, code, "validate") and _withhold(workspace, code)
    ]


def _withhold(workspace: Workspace, company: str) -> bool:
    changes = read_frame(workspace.stage_folder(company, "extract"), CHANGES).filter(
        "is_used", change=CHANGED
    )
    if changes.is_empty():
        return False
    batch = judged_rows(workspace, company, is_loaded=False)
    aside = pl.concat(
        frame.filter(pl.col("row_outcome") == SET_ASIDE).select(ROW)
        for frames in batch.frames.values()
        for frame in frames.values()
    )
    new = changes.join(aside, on=ROW, how="semi")
    if new.is_empty():
        return False
    told = findings_until(workspace, company, "validate").join(new, on=["export", *ROW], how="semi")
    out = start_stage(workspace.stage_folder(company, WITHHELD))
    write_frame(out, "findings", collect([withheld_findings(workspace, company), told]))
    write_json(out / BASIS, {"basis": _basis(workspace, company)})
    place_stage(out)
    return True


def _basis(workspace: Workspace, company: str) -> str:
    received = read_manifest(workspace.stage_folder(company, "receive")) or {}
    baseline = read_manifest(workspace.stage_folder(BASELINE_COMPANY, "map")) or {}
    kinds = sorted({kind for stage in GRAPH for kind in stage.answers})
    answers = (decided_for(workspace, kind, company).write_csv() for kind in kinds)
    inputs = (str(each.get("inputs", "")) for each in (received, baseline))
    return fingerprint(*inputs, *answers, str(workspace.settings.assign_min))
