"""Unpaid work orders of the case system, with whether they are live: what placements and thresholds look at.

Live: on a live event and an active sentence, and its unpaid work requirement has not ended. A row that is
missing because it was set aside never makes an order less live.
"""

import polars as pl

from mappings.spg_components import record_ref
from vocabulary.batch import Batch

UNPAID_WORK = "W"
ADDITIONAL_HOURS = "W03"
"""Sub category of hours added on breach, which may be fewer than 40 (U01, BR01)."""

COLUMNS = ["key", "order_ref", "event_ref", "person_id", "sentence_date", "is_live", "is_breach"]


def baseline_orders(baseline: Batch) -> pl.DataFrame:
    """Orders that nDelius holds: key and order_ref are its key as text; see COLUMNS."""
    events = baseline.carried("delius", "event").select(
        "event_id", pl.col("is_active").alias("has_live_event")
    )
    disposals = baseline.carried("delius", "disposal").select(
        "disposal_id", "event_id", "sentence_date", pl.col("is_active").alias("has_live_sentence")
    )
    work = _requirements(baseline.carried("delius", "requirement"), "disposal_id", pl.col("is_active"))
    orders = baseline.carried("delius", "upw_order")
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
        pl.col("is_breach").fill_null(False),
    )


def spg_orders(batch: Batch) -> pl.DataFrame:
    """Orders as the company's own case system has them; frames of `batch` have person_id. See COLUMNS."""
    events = batch.carried("spg", "event").select(
        pl.col("local_ref").alias("local_event_ref"),
        record_ref("event").alias("event_ref"),
        "sentence_date",
        pl.col("end_date").alias("event_end"),
    )
    work = _requirements(batch.carried("spg", "requirement"), "local_event_ref", pl.col("end_date").is_null())
    orders = (
        batch.carried("spg", "upw_order")
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
        pl.col("is_breach").fill_null(False),
    )


def _requirements(frame: pl.DataFrame, word: str, is_live: pl.Expr) -> pl.DataFrame:
    """Per sentence or event: is any unpaid work requirement live, and were hours added on breach?"""
    return (
        frame.filter(pl.col("main_category") == UNPAID_WORK)
        .group_by(word)
        .agg(
            is_live.any().alias("has_live_work"),
            (pl.col("sub_category") == ADDITIONAL_HOURS).any().alias("is_breach"),
        )
    )
