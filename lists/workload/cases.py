"""Whose case each person is from Day 1 on, and what it weighs.

A person is one case, of who manages the person: custody in prison or recalled, licence until the supervision
after it ends, else community. Weights are assumed (mappings/workload/weights.csv).
"""

import datetime as dt

import polars as pl

from lists.custody import IN_PRISON, RECALLED, SUPERVISED
from lists.sources import ListSources
from mappings.allocation.routing import pdu_of_teams
from mappings.case.component_kinds import OM
from mappings.case.managers import offender_managers
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.resources import text_table

CUSTODY, LICENCE, COMMUNITY = PLACES = ("custody", "licence", "community")
"""Where a case is; of several the first counts."""

ON_LICENCE = "B"
STATUSES = {
    **dict.fromkeys((*IN_PRISON, RECALLED), CUSTODY),
    **dict.fromkeys((ON_LICENCE, SUPERVISED), LICENCE),
}
"""Custodial status (mappings/codes/custodial_status.csv) to where the case is."""

NEW_CASE = dt.timedelta(weeks=16)
"""The tool counts cases of the first sixteen weeks apart."""

PRACTITIONER = ["region", "pdu", "team", "officer"]
NO_TIER = "none"


def cases_from_day_1(sources: ListSources) -> pl.DataFrame:
    """PRACTITIONER of who has each person whose offender manager moves, with place, tier (such as B2;
    `none`), weight, is_early (in its first sixteen weeks) and comes_from (the officer until then)."""
    baseline = sources.baseline
    moving = sources.moving.filter(pl.col("kind") == OM).select("person_id").unique()
    tier = pl.col("tier_target").str.extract(r"^U([A-D][0-3])$").fill_null(NO_TIER)
    tiers = sources.case.persons.select("person_id", tier.alias("tier"))
    before = offender_managers(baseline).select("person_id", pl.col("officer").alias("comes_from"))
    known = sources.people.join(moving, on="person_id", how="semi", maintain_order="left")
    for facts in (_places(baseline), tiers, before):
        known = known.join(facts, on="person_id", how="left", maintain_order="left")
    known = known.join(pdu_of_teams(), on="team", how="left", maintain_order="left").with_columns(
        pl.col("place").fill_null(COMMUNITY),
        pl.col("tier").fill_null(NO_TIER),
        pl.col("is_early").fill_null(False),
        pl.lit(sources.batch.company).alias("company"),
    )
    weights = text_table("mappings", "workload", "weights.csv").select(
        "place", pl.col("tier").fill_null(NO_TIER).alias("_letter"), pl.col("weight").cast(pl.Decimal(9, 2))
    )
    letter = pl.when(pl.col("tier") == NO_TIER).then("tier").otherwise(pl.col("tier").str.head(1))
    return (
        known.with_columns(letter.alias("_letter"))
        .join(weights, on=["place", "_letter"], how="left", maintain_order="left")
        .sort(*PRACTITIONER, "crn", nulls_last=True, maintain_order=True)
    )


def _person() -> pl.Expr:
    return pl.col("offender_id").cast(pl.String).alias("person_id")


def _places(baseline: Batch) -> pl.DataFrame:
    """person_id, place, is_early of whoever has a live sentence: of several custody counts before licence,
    licence before community."""
    sentences = baseline.standing("disposal").filter("is_active")
    custody = baseline.standing("custody").select("disposal_id", "status", "status_date")
    place = pl.col("status").replace_strict(STATUSES, default=COMMUNITY).fill_null(COMMUNITY)
    since = pl.when(pl.col("_place") == COMMUNITY).then("sentence_date").otherwise("status_date")
    order = pl.col("_place").replace_strict({CUSTODY: 0, LICENCE: 1, COMMUNITY: 2})
    return (
        sentences.join(custody, on="disposal_id", how="left", maintain_order="left")
        .with_columns(place.alias("_place"))
        .sort(order, maintain_order=True)
        .group_by(_person(), maintain_order=True)
        .agg(pl.col("_place").first().alias("place"), since.first().alias("_since"))
        .select("person_id", "place", (pl.col("_since") > DAY_1 - NEW_CASE).alias("is_early"))
    )
