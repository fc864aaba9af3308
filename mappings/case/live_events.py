"""The live events of persons, and the one that something new about a person hangs on (referrals.md)."""

import polars as pl

from mappings.case.added_components import new_components_of
from mappings.case.company_persons import standing_frames
from mappings.case.component_kinds import kind
from mappings.case.own_numbers import record_ref
from mappings.case.spg_events import event_places, is_sentenced
from vocabulary.batch import Batch

RAR = "F"
"""Main category of a rehabilitation activity requirement (dictionary: REQUIREMENT MAIN CATEGORY)."""

ON_RAR, ON_SENTENCE = 0, 1


def latest_events(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """person_id, latest_event (text): of the latest live RAR, else of the latest live sentence.

    Live is what nDelius has live, and what only the company holds and Day 1 adds. An event is a key of
    nDelius or the natural key of a row that the same plan inserts.
    """
    found = [_known(baseline)]
    if batch.has("spg"):
        found.append(_added(batch, baseline))
    return (
        pl.concat(found)
        .sort(
            *("person_id", "rank", "since", "key"),
            descending=[False, False, True, True],
            nulls_last=True,
            maintain_order=True,  # of two without a key the one delivered first
        )
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", pl.col("event_id").alias("latest_event"))
    )


def _known(baseline: Batch) -> pl.DataFrame:
    """Live RARs and sentences of nDelius: person_id, event_id, rank, since, key."""
    live = baseline.carried("delius", "event").filter("is_active").select("event_id")
    sentences = baseline.carried("delius", "disposal").join(live, on="event_id", how="semi")
    placed = sentences.select("disposal_id", "event_id").unique("disposal_id")
    rars = baseline.carried("delius", "requirement").filter("is_active", pl.col("main_category") == RAR)
    rows = [
        (rars.join(placed, on="disposal_id"), ON_RAR, "start_date", "requirement_id"),
        (sentences.filter("is_active"), ON_SENTENCE, "sentence_date", "disposal_id"),
    ]
    return pl.concat(
        frame.select(
            pl.col("offender_id").cast(pl.String).alias("person_id"),
            pl.col("event_id").cast(pl.String),
            pl.lit(rank).alias("rank"),
            pl.col(since).alias("since"),
            pl.col(key).alias("key"),
        )
        for frame, rank, since, key in rows
    )


def _added(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """The same of what nDelius has no key for: behind a known one of the same day."""
    places = event_places(batch, baseline).select("local_event_ref", "event_ref", "is_new_event")
    delivered = {entity: batch.carried("spg", entity) for entity in batch.frames["spg"]}
    events, requirements = (
        new_components_of(delivered, standing_frames(baseline), kind(code)) for code in ("OS", "RQ")
    )
    rars = requirements.filter(pl.col("main_category_target") == RAR).join(
        places, on="local_event_ref", maintain_order="left"
    )
    sentences = events.filter(is_sentenced()).with_columns(record_ref("event").alias("event_ref"))
    rows = [(rars, ON_RAR, "start_date"), (sentences, ON_SENTENCE, "sentence_date")]
    return pl.concat(
        frame.select(
            "person_id",
            pl.col("event_ref").alias("event_id"),
            pl.lit(rank).alias("rank"),
            pl.col(since).alias("since"),
            pl.lit(None, pl.Int64).alias("key"),
        )
        for frame, rank, since in rows
    )
