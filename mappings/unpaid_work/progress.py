"""Where every unpaid work order of a company stands on the evening before Day 1."""

import polars as pl

from mappings.case.orders import STATES
from mappings.case.own_numbers import record_ref
from mappings.unpaid_work.dates import REVIEWS
from mappings.unpaid_work.minutes import minutes_of_orders, outstanding, with_order
from mappings.writes.schedule import placements_with_orders
from vocabulary.batch import CARRIED, Batch
from vocabulary.findings import PROVENANCE


def order_progress(batch: Batch, baseline: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """One row per live order of the company: all that nDelius has, and what its own case system adds.

    Columns: provenance of the order (as delivered, else in the baseline), order_ref, sentence_ref, person_id,
    team, sentence_date, is_extended, is_stand_alone; ordered, credited, added, adjusted, outstanding
    (minutes); first_session, assessment_date, review_6m_date, review_9m_date; placed_*, where its last
    placement stands.

    Args:
        batch: with the schedule (upw), which records assessments and reviews.
        orders: mappings.case.orders.all_orders.
    """
    live = orders.filter("is_live").unique("order_ref", keep="first", maintain_order=True)
    words = ["order_ref", "person_id", "sentence_date", *STATES[2:]]
    minutes = ["credited", "added", "adjusted"]
    return (
        _orders(batch, baseline)
        .join(live.select(words), on="order_ref", maintain_order="left")
        .join(minutes_of_orders(batch, baseline, orders), on="order_ref", how="left", maintain_order="left")
        .with_columns(pl.col(minutes).fill_null(0))
        .with_columns(outstanding().alias("outstanding"))
        .join(_first_sessions(batch, baseline, orders), on="order_ref", how="left", maintain_order="left")
        .join(_placed(batch, orders), on="order_ref", how="left", maintain_order="left")
    )


def case_requirements(batch: Batch) -> pl.DataFrame:
    """sentence_ref, main_category, length of the live requirements as delivered, also those set aside."""
    export = str(batch.case_export)
    is_live = pl.col("end_date").is_null() if export == "spg" else pl.col("is_active").fill_null(False)
    return (
        batch.in_scope(export, "requirement")
        .filter(is_live)
        .select(_sentence(batch).alias("sentence_ref"), "main_category", "length")
    )


def _orders(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """PROVENANCE, order_ref, sentence_ref, team, ordered of the company's orders, nDelius's word first.

    The area that names the team has the order (delius.md); one without team is of who delivered it.
    """
    export = str(batch.case_export)
    delivered = batch.in_scope(export, "upw_order").select(
        *PROVENANCE,
        record_ref("upw_order").alias("order_ref")
        if export == "spg"
        else pl.col("upw_order_id").cast(pl.String).alias("order_ref"),
        _sentence(batch).alias("sentence_ref"),
        "team",
        "ordered",
        "row_outcome",
    ).unique("order_ref", keep="first", maintain_order=True)  # fmt: skip
    known = baseline.carried("delius", "upw_order").select(
        pl.col("upw_order_id").cast(pl.String).alias("order_ref"),
        pl.col("team").alias("known_team"),
        pl.col("ordered").alias("known_ordered"),
        pl.lit(batch.company).alias("known_company"),
        *(pl.col(name).cast(pl.String).alias(f"known_{name}") for name in PROVENANCE[1:]),
    )
    both = delivered.join(known, on="order_ref", how="full", coalesce=True, maintain_order="left_right")
    is_known = pl.col("known_company").is_not_null()
    team = pl.when(is_known).then("known_team").otherwise("team")
    is_own = team.str.starts_with(batch.company).fill_null(pl.col("row_outcome").is_not_null())
    return both.filter(is_own & (is_known | (pl.col("row_outcome") == CARRIED))).select(
        *(pl.coalesce(pl.col(name).cast(pl.String), f"known_{name}").alias(name) for name in PROVENANCE),
        *["order_ref", "sentence_ref"],
        team.alias("team"),
        pl.coalesce("known_ordered", "ordered").alias("ordered"),
    )


def _sentence(batch: Batch) -> pl.Expr:
    """What an order shares with the requirements of its sentence."""
    return pl.col("local_event_ref" if batch.has("spg") else "disposal_id").cast(pl.String)


def _first_sessions(batch: Batch, baseline: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """order_ref, first_session: the first that was arranged, in either system, whatever came of it."""
    known = with_order(batch, baseline, "upw_session", ["date"])
    placed = placements_with_orders(batch, orders).select("placement_ref", "order_ref")
    scheduled = batch.carried("upw", "upw_session").join(placed, on="placement_ref", how="inner")
    arranged = pl.concat([known, scheduled.select("order_ref", "date")])
    return arranged.group_by("order_ref").agg(pl.col("date").min().alias("first_session"))


def _placed(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """The dates of each order's placements: what any of them records counts, the last one is named."""
    placements = placements_with_orders(batch, orders).sort("start_date", "row_number")
    return placements.group_by("order_ref", maintain_order=True).agg(
        pl.col("assessment_date", *REVIEWS.values()).min(),
        *(pl.col(name).last().cast(pl.String).alias(f"placed_{name}") for name in PROVENANCE),
    )
