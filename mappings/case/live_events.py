"""The live events of persons, and the one that something new about a person hangs on (referrals.md)."""

import polars as pl

from mappings.case.component_kinds import kind
from mappings.case.event_places import is_sentenced
from mappings.case.live_records import new_components_of
from mappings.case.own_numbers import record_ref
from mappings.case.own_records import own_records
from vocabulary.batch import Batch

RAR = "F"
"""Main category of a rehabilitation activity requirement (dictionary: REQUIREMENT MAIN CATEGORY)."""

ON_RAR, ON_SENTENCE = 0, 1
COLUMNS = ["person_id", "event_id", "since", "key"]


def latest_events(batch: Batch, baseline: Batch, requirements: pl.DataFrame) -> pl.DataFrame:
    """person_id, latest_event (text): of the latest live RAR, else of the latest live sentence.

    Live is what nDelius has live, and what only the company holds and Day 1 adds: that stands behind what
    nDelius has of the same day. An event is a key of nDelius or the natural key of a row that the same plan
    inserts.

    Args:
        requirements: mappings.case.requirements.
    """
    rars = requirements.filter("is_live", pl.col("main_category") == RAR).select(
        "person_id",
        pl.col("event_ref").alias("event_id"),
        pl.col("start_date").alias("since"),
        pl.col("component_id").alias("key"),
    )
    ranked = {ON_RAR: [rars], ON_SENTENCE: _sentences(batch, baseline)}
    return (
        pl.concat(
            rows.with_columns(pl.lit(rank).alias("rank")) for rank, found in ranked.items() for rows in found
        )
        .sort(
            *("person_id", "rank", "since", "key"),
            descending=[False, False, True, True],
            nulls_last=True,
            maintain_order=True,  # of two without a key the one delivered first
        )
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", pl.col("event_id").alias("latest_event"))
    )


def _sentences(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """COLUMNS of the live sentences of nDelius, and of those that Day 1 adds."""
    live = baseline.standing("event").filter("is_active").select("event_id")
    known = baseline.standing("disposal").filter("is_active").join(live, on="event_id", how="semi")
    found = [
        known.select(
            pl.col("offender_id").cast(pl.String).alias("person_id"),
            pl.col("event_id").cast(pl.String),
            pl.col("sentence_date").alias("since"),
            pl.col("disposal_id").alias("key"),
        )
    ]
    if batch.has_own_system:
        events = new_components_of(own_records(batch), baseline.standing_frames(), kind("OS"))
        added = events.filter(is_sentenced()).with_columns(
            record_ref("event").alias("event_id"),
            pl.col("sentence_date").alias("since"),
            pl.lit(None, pl.Int64).alias("key"),
        )
        found.append(added.select(COLUMNS))
    return found
