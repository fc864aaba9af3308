"""Stage validate: the named rules, parents, agreement with the baseline, and who goes where."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from extractors.base import read_entity
from mappings.allocation.regions import person_regions
from mappings.case.company_persons import persons_of_area
from mappings.case.context import CaseContext
from mappings.parsing.other_forms import WHOLE_TYPES
from mappings.unpaid_work.answered_sessions import answered_references, refer
from mappings.unpaid_work.lacking import lacking_findings
from mappings.unpaid_work.late import late_findings
from mappings.unpaid_work.progress import order_progress
from mappings.writes.schedule import placements_with_orders
from pipeline.figures.company_rows import company_rows
from pipeline.stages.satellites import judge_satellites
from pipeline.stages.staff import Asked, StaffReturn, assign_staff
from pipeline.storage.store import write_frame
from validators.agreement import differences, not_delivered
from validators.references import propagate_outcomes, rows_of_held, without_unreadable_ends
from validators.registry import ASIDE, WARNING, judge
from validators.rules.lengths import too_long
from validators.spg_places import missing_places
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, Batch
from vocabulary.findings import collect
from vocabulary.keys import key
from vocabulary.links import parents_first
from vocabulary.source import source_words

RECORDS = ("offender", "event", "requirement", "licence_condition", "pss_requirement", "nsi", "upw_order")
"""What nDelius and a gateway company both hold, each under nDelius's key (delius.md, X05)."""

TextReader = Callable[[str, str], pl.DataFrame]
"""Gives the text frame of an export and entity, as extract left it."""


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
    keys = {entity: frame["key"] for entity, frame in baseline.frames["delius"].items()}
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


def records_not_delivered(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """X05 of a company with its own case system: what nDelius has of the persons of its area, by its key."""
    expected = company_rows(baseline, batch.company, persons_of_area(baseline, batch.company))
    found = []
    for entity in RECORDS:
        keys = batch.all("spg", entity).select(pl.col(f"{entity}_id").cast(pl.String).alias("key"))
        if entity == "offender":  # whose key went with a merger, or was never told, is delivered all the same
            keys = pl.concat([keys, batch.all("spg", entity).select(pl.col("person_id").alias("key"))])
        standing = expected[entity].filter(pl.col("row_outcome") == CARRIED)
        found.append(not_delivered(keys, standing, batch.company, entity))
    return collect(found)


def text_reader(folder: Path) -> TextReader:
    """Reads what extract left under `folder`, a whole number written 1.0 as 1: keys are compared as text."""
    return lambda export, entity: _plain(read_entity(folder / export, entity), export, entity)


def _plain(text: pl.DataFrame, export: str, entity: str) -> pl.DataFrame:
    whole = [word.name for word in source_words(export)[entity] if word.type in WHOLE_TYPES]
    if not whole or text.is_empty():
        return text
    return text.with_columns(pl.col(whole).str.replace(r"^( *-?\d+)\.0( *)$", "${1}${2}"))


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
    further = missing_places(batch, baseline) if case == "spg" else [person_regions(batch, baseline).findings]
    if collect(further).filter(pl.col("severity") == "set_aside").is_empty():
        return [*found, settled, *further]
    found = [*found, *further]
    return [*found, propagate_outcomes(batch, case, collect(found), keys)]
