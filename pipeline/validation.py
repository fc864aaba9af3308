"""Stage validate: the named rules, parents, agreement with the baseline, and who goes where."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from extractors.base import read_entity
from mappings.kinds import kind
from mappings.live import live_components
from mappings.person_genders import person_genders
from mappings.planning import all_orders
from mappings.regions import person_regions
from mappings.unpaid_work.late import late_findings
from mappings.unpaid_work.progress import order_progress
from pipeline.company_rows import company_rows, persons_of_area
from pipeline.satellites import judge_satellites
from pipeline.staffing import Asked, StaffReturn, assign_staff
from pipeline.store import write_frame
from validators.agreement import differences, not_delivered
from validators.lengths import too_long
from validators.references import rows_of_held, settle
from validators.rules import components, managers, schedule, sentences, unpaid_work
from validators.rules.schedule import CaseSystem
from validators.spg_places import missing_places
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, Batch
from vocabulary.findings import collect
from vocabulary.keys import key
from vocabulary.links import parents_first
from vocabulary.source import source_words

TextReader = Callable[[str, str], pl.DataFrame]
"""Gives the text frame of an export and entity, as extract left it."""


@dataclass(frozen=True)
class Judged:
    """What the rules found, and where the employees go; None without a staff return."""

    findings: pl.DataFrame
    staff: StaffReturn | None


def validate_delivery(batch: Batch, baseline: Batch, before: pl.DataFrame, asked: Asked) -> Judged:
    """Judge the batch: its frames get `row_outcome`. `before` are the findings so far."""
    keys = {entity: frame["key"] for entity, frame in baseline.frames["delius"].items()}
    case = str(batch.case_export)
    for export in batch.frames:
        settle(batch, export, before, {})  # which rows are in scope: rules judge no others
    found = [before, *_setting_aside(batch, case)]
    if batch.has("upw"):
        found += too_long(batch, "upw")
        settle(batch, "upw", collect(found), {})
    found = _settle_case(batch, case, found, keys, baseline)
    case_system = _case_system(batch, baseline)
    if batch.has("upw"):
        found += [*unpaid_work.setting_aside(batch, "upw"), *schedule.setting_aside(batch, case_system)]
        found.append(rows_of_held(batch, "upw", "upw_placement", collect(found)))
        found.append(settle(batch, "upw", collect(found), {}))
    found += _warnings(batch, case, baseline, case_system)
    found += judge_satellites(batch, baseline, collect(found))
    staff = assign_staff(batch, baseline, before, asked) if batch.has("staff") else None
    if staff is not None:
        found.append(staff.findings)
    return Judged(collect(found[1:]), staff)


def agreement(
    batch: Batch, baseline: Batch, delivered: TextReader, known: TextReader, left_out: pl.DataFrame
) -> pl.DataFrame:
    """X04 and X05 of a provider extract; `delivered` and `known` read the two sides' text frames."""
    found = []
    persons = [batch.all("delius", "offender")["offender_id"].drop_nulls().cast(pl.String)]
    persons.append(persons_of_area(baseline, batch.company).alias("offender_id"))
    expected = company_rows(baseline, batch.company, pl.concat(persons).unique())
    for entity in parents_first("delius"):
        words = [word.name for word in source_words("delius")[entity]]
        ours = delivered("delius", entity).with_columns(key("delius", entity).alias("key"))
        theirs = known("delius", entity).with_columns(key("delius", entity).alias("key"))
        outcomes = batch.all("delius", entity).filter(pl.col("row_outcome").is_in([CARRIED, NOT_IN_SCOPE]))
        compared = ours.join(
            outcomes.select("source_file", "source_row"), on=["source_file", "source_row"], how="semi"
        )
        found.append(differences(compared, theirs, entity, words, left_out))
        found.append(not_delivered(ours, expected[entity], batch.company, entity))
    return collect(found)


def text_reader(folder: Path) -> TextReader:
    """Reads what extract left under `folder`."""
    return lambda export, entity: read_entity(folder / export, entity)


def write_outcomes(batch: Batch, out: Path) -> None:
    """Keep the outcome of every row; the frames themselves are map's."""
    for export, frames in batch.frames.items():
        for entity, frame in frames.items():
            write_frame(
                out / "outcomes" / export, entity, frame.select("source_file", "source_row", "row_outcome")
            )


def _setting_aside(batch: Batch, case: str) -> list[pl.DataFrame]:
    found = [
        *sentences.setting_aside(batch, case),
        *components.setting_aside(batch, case),
        *unpaid_work.setting_aside(batch, case),
        *too_long(batch, case),
    ]
    return found + managers.setting_aside(batch) if case == "delius" else found


def _settle_case(
    batch: Batch, case: str, found: list[pl.DataFrame], keys: dict[str, pl.Series], baseline: Batch
) -> list[pl.DataFrame]:
    """Outcomes of the case system. What only then shows itself settles once more, with all below: persons
    without a region (G01), new records without a place in nDelius (X02)."""
    settled = settle(batch, case, collect(found), keys)
    further = missing_places(batch, baseline) if case == "spg" else [person_regions(batch).findings]
    if collect(further).filter(pl.col("severity") == "set_aside").is_empty():
        return [*found, settled, *further]
    found = [*found, *further]
    return [*found, settle(batch, case, collect(found), keys)]


def _warnings(batch: Batch, case: str, baseline: Batch, case_system: CaseSystem) -> list[pl.DataFrame]:
    orders = all_orders(batch, baseline)
    found = [
        *sentences.warnings(batch, case),
        *components.warnings(batch, case, _live_requirements(batch, case)),
        *unpaid_work.order_warnings(batch, case, orders),
        *unpaid_work.session_warnings(batch, case),
    ]
    if batch.has("upw"):
        found += [*unpaid_work.session_warnings(batch, "upw"), *schedule.warnings(batch, case_system)]
        found += late_findings(order_progress(batch, orders))
    return found


def _live_requirements(batch: Batch, case: str) -> pl.DataFrame:
    """source_file, source_row of the live requirements."""
    frames = {entity: batch.carried(case, entity) for entity in batch.frames[case]}
    return live_components(frames, case, kind("RQ")).select("source_file", "source_row")


def _case_system(batch: Batch, baseline: Batch) -> CaseSystem:
    """What the schedule is checked against: the company's own case system, or nDelius."""
    if batch.has("spg"):
        sessions = batch.all("spg", "upw_session").select(pl.col("local_ref").alias("ref"), "credited")
    else:
        sessions = baseline.all("delius", "upw_session").select(pl.col("key").alias("ref"), "credited")
    return CaseSystem(
        orders=all_orders(batch, baseline),
        genders=person_genders(batch, baseline),
        sessions=sessions.select(
            pl.col("ref").alias("case_system_ref"), pl.col("credited").alias("case_credited")
        ),
    )
