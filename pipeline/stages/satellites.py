"""The satellite exports within validate: their rules, their parents, and persons who are held."""

import polars as pl

from mappings.case.context import CaseContext
from validators.references import propagate_outcomes, rows_of_held
from validators.registry import ASIDE, WARNING, judge
from validators.rules.lengths import too_long
from vocabulary.findings import collect
from vocabulary.source import satellites

JUDGED_APART = ("upw", "staff")
"""The schedule, with the cases (pipeline.stages.judge), and the employees (pipeline.stages.staff)."""


def judge_satellites(facts: CaseContext, before: pl.DataFrame) -> list[pl.DataFrame]:
    """Judge every other export of the batch, whose frames get their outcomes; `before` are the findings so
    far, with those of the case system."""
    found: list[pl.DataFrame] = []
    for export in facts.batch.frames:
        if export not in (facts.batch.case_export, *JUDGED_APART):
            found += _judge(facts, before, export)
    return found


def _judge(facts: CaseContext, before: pl.DataFrame, export: str) -> list[pl.DataFrame]:
    batch = facts.batch
    aside = too_long(batch, export)
    propagate_outcomes(
        batch, export, collect([before, *aside]), {}
    )  # rules judge no row that was set aside before
    aside += judge(export, ASIDE, facts)
    aside += [rows_of_held(batch, export, entity, facts.regions.held) for entity in satellites(export)]
    parents = propagate_outcomes(batch, export, collect([before, *aside]), {})
    return [*aside, parents, *judge(export, WARNING, facts)]
