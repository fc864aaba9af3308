"""Stage validate: the named rules, parents, agreement with the baseline, and the plan,
checked against the dictionary."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from extractors.base import read_entity
from mappings.planning import Planned, all_orders, plan_company
from mappings.regions import person_regions
from pipeline.store import write_frame
from validators.agreement import differences, not_delivered
from validators.lengths import too_long
from validators.references import settle
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


def validate_delivery(
    batch: Batch, baseline: Batch, before: pl.DataFrame, waiting: pl.DataFrame
) -> tuple[Planned, pl.DataFrame]:
    """Judge the batch (its frames get `row_outcome`), and plan what it writes.

    Returns:
        the plan with its findings, and the findings of the rules.
    """
    keys = {entity: frame["key"] for entity, frame in baseline.frames["delius"].items()}
    case = str(batch.case_export)
    found = [before, *_setting_aside(batch, case, baseline)]
    found = _settle_case(batch, case, found, keys)
    case_system = _case_system(batch, baseline)
    if batch.has("upw"):
        found += [*unpaid_work.setting_aside(batch, "upw"), *schedule.setting_aside(batch, case_system)]
        found += too_long(batch, "upw")
        found.append(settle(batch, "upw", collect(found), {}))
    found += _warnings(batch, case, baseline, case_system)
    planned = plan_company(batch, baseline, waiting)
    return planned, collect(found[1:])


def agreement(batch: Batch, delivered: TextReader, known: TextReader, left_out: pl.DataFrame) -> pl.DataFrame:
    """X04 and X05 of a provider extract; `delivered` and `known` read the two sides' text frames."""
    found = []
    persons = batch.all("delius", "offender")["offender_id"].cast(pl.String)
    for entity in parents_first("delius"):
        words = [word.name for word in source_words("delius")[entity]]
        ours = delivered("delius", entity).with_columns(key("delius", entity).alias("key"))
        theirs = known("delius", entity).with_columns(key("delius", entity).alias("key"))
        outcomes = batch.all("delius", entity).filter(pl.col("row_outcome").is_in([CARRIED, NOT_IN_SCOPE]))
        compared = ours.join(
            outcomes.select("source_file", "source_row"), on=["source_file", "source_row"], how="semi"
        )
        found.append(differences(compared, theirs, entity, words, left_out))
        found.append(not_delivered(ours, theirs, persons, batch.company, entity))
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


def _setting_aside(batch: Batch, case: str, baseline: Batch) -> list[pl.DataFrame]:
    found = [
        *sentences.setting_aside(batch, case),
        *components.setting_aside(batch, case),
        *unpaid_work.setting_aside(batch, case),
        *too_long(batch, case),
    ]
    if case == "delius":
        return found + managers.setting_aside(batch)
    return found + missing_places(batch, baseline)


def _settle_case(
    batch: Batch, case: str, found: list[pl.DataFrame], keys: dict[str, pl.Series]
) -> list[pl.DataFrame]:
    """Outcomes of the case system; persons without a region are held,
    and settled again with all below (G01)."""
    settled = settle(batch, case, collect(found), keys)
    regions = person_regions(batch).findings
    if regions.filter(pl.col("rule") == "G01").is_empty():
        return [*found, settled, regions]
    held = [*found, regions]
    return [*held, settle(batch, case, collect(held), keys)]


def _warnings(batch: Batch, case: str, baseline: Batch, case_system: CaseSystem) -> list[pl.DataFrame]:
    orders = all_orders(batch, baseline)
    found = [
        *sentences.warnings(batch, case),
        *components.warnings(batch, case),
        *unpaid_work.order_warnings(batch, case, orders),
        *unpaid_work.session_warnings(batch, case),
    ]
    if batch.has("upw"):
        found += [*unpaid_work.session_warnings(batch, "upw"), *schedule.warnings(batch, case_system)]
    return found


def _case_system(batch: Batch, baseline: Batch) -> CaseSystem:
    """What the schedule is checked against: the company's own case system, or nDelius."""
    people = baseline.all("delius", "offender").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"), "gender"
    )
    if batch.has("spg"):
        own = batch.all("spg", "offender").select("person_id", "gender").drop_nulls("person_id")
        sessions = batch.all("spg", "upw_session").select(pl.col("local_ref").alias("ref"), "credited")
        people = pl.concat([own, people])
    else:
        sessions = baseline.all("delius", "upw_session").select(pl.col("key").alias("ref"), "credited")
    return CaseSystem(
        orders=all_orders(batch, baseline),
        genders=people,
        sessions=sessions.select(
            pl.col("ref").alias("case_system_ref"), pl.col("credited").alias("case_credited")
        ),
    )
