"""The satellite exports within validate: their rules, their parents, and persons who are held."""

from collections.abc import Callable

import polars as pl

from validators.lengths import too_long
from validators.references import rows_of_held, settle
from validators.rules import documents, estates
from vocabulary.batch import Batch
from vocabulary.findings import collect
from vocabulary.source import satellites

Rules = Callable[[Batch, Batch], list[pl.DataFrame]]
"""Takes the batch and the baseline, gives findings."""

SETTING_ASIDE: dict[str, Rules] = {
    "documents": documents.setting_aside,
    "estates": estates.setting_aside,
}
"""Rules of each export that set a row aside."""

WARNINGS: dict[str, Rules] = {}
"""Rules of each export about rows that are carried."""

EXPORTS = ("eoc", "justice_star", "programmes", "referrals", "estates", "documents")


def judge_satellites(batch: Batch, baseline: Batch, before: pl.DataFrame) -> list[pl.DataFrame]:
    """Judge every satellite export of the batch, whose frames get their outcomes; `before` are the findings
    so far, with those of the case system."""
    found: list[pl.DataFrame] = []
    for export in EXPORTS:
        if batch.has(export):
            found += _judge(batch, baseline, before, export)
    return found


def _judge(batch: Batch, baseline: Batch, before: pl.DataFrame, export: str) -> list[pl.DataFrame]:
    aside = too_long(batch, export)
    settle(batch, export, collect([before, *aside]), {})  # rules judge no row that was set aside before
    aside += SETTING_ASIDE.get(export, _none)(batch, baseline)
    aside += [rows_of_held(batch, export, entity, before) for entity in satellites(export)]
    parents = settle(batch, export, collect([before, *aside]), {})
    return [*aside, parents, *WARNINGS.get(export, _none)(batch, baseline)]


def _none(_batch: Batch, _baseline: Batch) -> list[pl.DataFrame]:
    return []
