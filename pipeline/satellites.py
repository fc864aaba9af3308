"""The satellite exports within validate: their rules, their parents, and persons who are held."""

from collections.abc import Callable

import polars as pl

from mappings.person_components import person_components
from mappings.person_genders import person_genders
from validators.lengths import too_long
from validators.references import rows_of_held, settle
from validators.rules import assessments, documents, estates, programmes, service_referrals
from vocabulary.batch import Batch
from vocabulary.findings import collect
from vocabulary.source import satellites

Rules = Callable[[Batch, Batch], list[pl.DataFrame]]
"""Takes the batch and the baseline, gives findings."""


def _programmes_aside(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    return programmes.setting_aside(batch, person_components(batch, baseline))


def _programmes_warnings(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    return programmes.warnings(batch, person_components(batch, baseline))


def _referrals_aside(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    return service_referrals.setting_aside(batch, person_components(batch, baseline))


def _referrals_warnings(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    return service_referrals.warnings(batch, person_genders(batch, baseline))


SETTING_ASIDE: dict[str, Rules] = {
    "documents": documents.setting_aside,
    "eoc": assessments.assessments_aside,
    "estates": estates.setting_aside,
    "justice_star": assessments.stars_aside,
    "programmes": _programmes_aside,
    "referrals": _referrals_aside,
}
"""Rules of each export that set a row aside."""

WARNINGS: dict[str, Rules] = {
    "eoc": assessments.assessment_warnings,
    "programmes": _programmes_warnings,
    "referrals": _referrals_warnings,
}
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
