"""Stage validate: the named rules, parents, agreement with the baseline, and who goes where."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.case.context import CaseContext
from mappings.unpaid_work.answered_sessions import answered_references, refer
from mappings.unpaid_work.lacking import lacking_findings
from mappings.unpaid_work.late import late_findings
from mappings.unpaid_work.progress import order_progress
from mappings.writes.schedule import placements_with_orders
from pipeline.stages.satellites import judge_satellites
from pipeline.stages.staff import Asked, StaffReturn, assign_staff
from pipeline.storage.store import write_frame
from validators.references import propagate_outcomes, rows_of_held, without_unreadable_ends
from validators.registry import ASIDE, WARNING, judge
from validators.rules.lengths import too_long
from validators.spg_places import missing_places
from vocabulary.batch import Batch
from vocabulary.findings import collect


@dataclass(frozen=True)
class Judged:
    """What the rules found, and where the employees go; None without a staff return.

    `referred`: sessions that an operator called an appointment of nDelius
    (mappings.unpaid_work.answered_sessions).
    """

    findings: pl.DataFrame
    staff: StaffReturn | None
    referred: pl.DataFrame


def validate_delivery(batch: Batch, baseline: Batch, before: pl.DataFrame, asked: Asked) -> Judged:
    """Judge the batch: its frames get `row_outcome`. `before` are the findings so far."""
    keys = {entity: frame["key"] for entity, frame in baseline.known_frames().items()}
    case = str(batch.case_export)
    for export in batch.frames:
        propagate_outcomes(batch, export, before, {})  # which rows are in scope: rules judge no others
    aside = collect(judge(case, ASIDE, CaseContext(batch, baseline)))
    found = [before, without_unreadable_ends(aside, before)]
    if batch.has("upw"):
        found += too_long(batch, "upw")
        propagate_outcomes(batch, "upw", collect(found), {})
    found = _settle_case(batch, case, found, keys, baseline)
    facts = CaseContext(batch, baseline, before)  # from here on the outcomes of the case system stand
    referred = answered_references(facts.model)
    if batch.has("upw"):
        refer(batch, referred)
        found += judge("upw", ASIDE, facts)
        found.append(rows_of_held(batch, "upw", "upw_placement", facts.regions.held))
        found.append(propagate_outcomes(batch, "upw", collect(found), {}))
    found += judge(case, WARNING, facts)
    if batch.has("upw"):
        found += judge("upw", WARNING, facts)
        found.append(lacking_findings(facts.model))
        found += late_findings(order_progress(facts.model, placements_with_orders(batch, facts.orders)))
    found += judge_satellites(facts, collect(found))
    staff = assign_staff(batch, baseline, before, asked) if batch.has("staff") else None
    if staff is not None:
        found.append(staff.findings)
    return Judged(collect(found[1:]), staff, referred)


def write_outcomes(batch: Batch, out: Path) -> None:
    """Keep the outcome of every row; the frames themselves are map's."""
    for export, frames in batch.frames.items():
        for entity, frame in frames.items():
            outcomes = frame[["source_file", "source_row", "row_outcome"]]
            write_frame(out / "outcomes" / export, entity, outcomes)


def _settle_case(
    batch: Batch, case: str, found: list[pl.DataFrame], keys: dict[str, pl.Series], baseline: Batch
) -> list[pl.DataFrame]:
    """Outcomes of the case system. What only then shows itself settles once more, with all below: persons
    without a region (G01), new records without a place in nDelius (X02)."""
    settled = propagate_outcomes(batch, case, collect(found), keys)
    further = [*missing_places(batch, baseline), person_regions(CaseModel(batch, baseline)).findings]
    if collect(further).filter(pl.col("severity") == "set_aside").is_empty():
        return [*found, settled, *further]
    found = [*found, *further]
    return [*found, propagate_outcomes(batch, case, collect(found), keys)]
