"""Unpaid work orders of the case system, with whether they are live: what placements and thresholds look at.

Live: on a live event and an active sentence, and its unpaid work requirement has not ended. A row that is
missing because it was set aside never makes an order less live.
"""

import polars as pl

from mappings.case.own_numbers import record_ref
from mappings.case.own_records import own_records, records_in_scope
from vocabulary.batch import Batch

UNPAID_WORK, ORDER_EXTENDED = "W", "W1"
"""Main categories of unpaid work; the second gives more time, not more hours, and stands beside the first."""

ADDITIONAL_HOURS = "W03"
"""Sub category of hours added on breach, which may be fewer than 40 (U01, BR01)."""

STATES = ["is_live", "is_breach", "is_extended", "is_stand_alone"]
"""`is_extended`: the court gave more time. `is_stand_alone`: nothing else is live on the sentence (U14)."""


def baseline_orders(baseline: Batch) -> pl.DataFrame:
    """Orders that nDelius holds: key and order_ref (its key as text), event_ref, person_id, sentence_date and
    STATES."""
    events = baseline.standing("event").select("event_id", pl.col("is_active").alias("has_live_event"))
    disposals = baseline.standing("disposal").select(
        "disposal_id", "event_id", "sentence_date", pl.col("is_active").alias("has_live_sentence")
    )
    work = _requirements(baseline.standing("requirement"), "disposal_id", pl.col("is_active"))
    orders = baseline.standing("upw_order")
    placed = orders.join(disposals.join(events, on="event_id"), on="disposal_id", how="inner").join(
        work, on="disposal_id", how="left"
    )
    return placed.select(
        "key",
        pl.col("key").alias("order_ref"),
        pl.col("event_id").cast(pl.String).alias("event_ref"),
        pl.col("offender_id").cast(pl.String).alias("person_id"),
        "sentence_date",
        (
            pl.col("has_live_event") & pl.col("has_live_sentence") & pl.col("has_live_work").fill_null(True)
        ).alias("is_live"),
        *_states(),
    )


def own_orders(batch: Batch) -> pl.DataFrame:
    """Orders as the company's own case system has them, with the same columns; frames of `batch` have
    person_id."""
    records = own_records(batch)
    events = records["event"].select(
        pl.col("local_ref").alias("local_event_ref"),
        record_ref("event").alias("event_ref"),
        "sentence_date",
        pl.col("end_date").alias("event_end"),
    )
    # A requirement that is set aside must not make an order look less live, or simpler than it is.
    work = _requirements(
        records_in_scope(batch, "requirement"), "local_event_ref", pl.col("end_date").is_null()
    )
    orders = (
        records["upw_order"]
        .join(events, on="local_event_ref", how="inner")
        .join(work, on="local_event_ref", how="left")
    )
    return orders.select(
        "key",
        record_ref("upw_order").alias("order_ref"),
        "event_ref",
        "person_id",
        "sentence_date",
        (pl.col("event_end").is_null() & pl.col("has_live_work").fill_null(True)).alias("is_live"),
        *_states(),
    )


def all_orders(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """Unpaid work orders a placement may be for: nDelius's, and those the company alone knows.

    What nDelius has it also describes; `key` is that of the delivered row.
    """
    known = baseline_orders(baseline)
    if not batch.has_own_system:
        return known
    own = own_orders(batch)
    stated = known.drop("key").join(own.select("order_ref", "key"), on="order_ref", maintain_order="left")
    new, others = (rows.join(stated, on="order_ref", how="anti") for rows in (own, known))
    return pl.concat([new, stated.select(known.columns), others])


def event_orders(batch: Batch, baseline: Batch, places: pl.DataFrame) -> pl.DataFrame:
    """local_event_ref, order_ref, event_ref: the order of each event of the company's own case system,
    delivered or in nDelius; none of a company that records in nDelius.

    Args:
        places: mappings.case.event_places.
    """
    if not batch.has_own_system:
        return pl.DataFrame(schema=dict.fromkeys(("local_event_ref", "order_ref", "event_ref"), pl.String))
    delivered = own_records(batch)["upw_order"].select(
        "local_event_ref", record_ref("upw_order").alias("order_ref")
    )
    known = baseline.standing("upw_order").select(
        pl.col("disposal_id").cast(pl.String).alias("disposal_ref"),
        pl.col("upw_order_id").cast(pl.String).alias("order_ref"),
    )
    in_ndelius = places.join(known, on="disposal_ref").select("local_event_ref", "order_ref")
    return (
        pl.concat([delivered, in_ndelius])
        .unique("local_event_ref", keep="first", maintain_order=True)
        .join(
            places.select("local_event_ref", "event_ref"),
            on="local_event_ref",
            how="inner",
            maintain_order="left",
        )
    )


def _requirements(frame: pl.DataFrame, word: str, is_live: pl.Expr) -> pl.DataFrame:
    """Per sentence or event: is any unpaid work requirement live (null without one), were hours added on
    breach, was it extended, and is anything else live?"""
    category = pl.col("main_category")
    is_work, is_extension = category == UNPAID_WORK, category == ORDER_EXTENDED
    return frame.group_by(word).agg(
        pl.when(is_work.any()).then((is_work & is_live).any()).alias("has_live_work"),
        (is_work & (pl.col("sub_category") == ADDITIONAL_HOURS)).any().alias("is_breach"),
        (is_extension & is_live).any().alias("is_extended"),
        (~is_work & ~is_extension & is_live).any().alias("has_more"),
    )


def _states() -> list[pl.Expr]:
    """STATES but the first; a sentence without requirements has none of them."""
    return [
        pl.col("is_breach").fill_null(False),
        pl.col("is_extended").fill_null(False),
        (~pl.col("has_more").fill_null(False)).alias("is_stand_alone"),
    ]
