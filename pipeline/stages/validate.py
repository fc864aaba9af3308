"""Stage validate of one company on disk: outcomes, findings and the assignment of its employees."""

from typing import Any

from mappings.writes.repoint import MOVED
from pipeline.decisions.answers import staff_answers
from pipeline.decisions.files import decided_for
from pipeline.stages.agreement import agreement, text_reader
from pipeline.stages.judge import validate_delivery, write_outcomes
from pipeline.stages.staff import Asked, write_staff
from pipeline.storage.batches import (
    DECIDED,
    DECIDED_KINDS,
    REFERRED,
    company_baseline,
    findings_until,
    matched_batch,
)
from pipeline.storage.store import read_frame, start_stage, write_frame
from pipeline.workspace import Workspace
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.findings import collect
from vocabulary.line_hash import LINE_HASH


def validate_stage(workspace: Workspace, company: str) -> dict[str, Any]:
    """Judge every row; the plan follows when all companies are judged (pipeline.stages.plan).

    Raises:
        ConfigError: an answer in decisions/ is none.
    """
    batch = matched_batch(workspace, company)
    baseline = company_baseline(workspace, company, is_bare=True, also=(*MOVED, LINE_HASH))
    batch.decided = {kind: decided_for(workspace, kind, company) for kind in DECIDED_KINDS}
    mapped = workspace.stage_folder(company, "map")
    before = findings_until(workspace, company, "across")
    asked = Asked(staff_answers(workspace, company), workspace.settings.assign_min)
    judged = validate_delivery(batch, baseline, before, asked)
    sides = [text_reader(workspace.stage_folder(code, "extract")) for code in (company, BASELINE_COMPANY)]
    compared = agreement(batch, baseline, sides[0], sides[1], read_frame(mapped, "left_out"))
    out = start_stage(workspace.stage_folder(company, "validate"))
    write_outcomes(batch, out)
    for kind, answers in batch.decided.items():
        write_frame(out / DECIDED, kind, answers)
    if batch.has("upw"):
        write_frame(out, REFERRED, judged.referred)
    if judged.staff is not None:
        write_staff(out, judged.staff)
    write_frame(out, "findings", collect([judged.findings, compared]))
    return {"rows": sum(frame.height for frames in batch.frames.values() for frame in frames.values())}
