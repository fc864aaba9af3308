"""Where every unpaid work order of a company stands on the evening before Day 1."""

import polars as pl

from mappings.orders import UNPAID_WORK
from mappings.schedule import placements_with_orders
from mappings.unpaid_work.dates import REVIEWS
from mappings.unpaid_work.minutes import minutes_of_orders, outstanding, with_order
from vocabulary.batch import CARRIED, Batch
from vocabulary.findings import PROVENANCE


def order_progress(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """One row per live order that the company delivered and that is carried.

    Columns: provenance of the order, order_ref, sentence_ref, person_id, team, sentence_date,
    is_stand_alone; ordered, credited, added, adjusted, outstanding (minutes); first_session,
    assessment_date, review_6m_date, review_9m_date; placed_*, where its last placement stands. An order is
    stand-alone when its sentence has no live requirement but unpaid work; one that is set aside still
    counts.

    Args:
        batch: with the schedule (upw), which records assessments and reviews.
        orders: mappings.planning.all_orders.
    """
    live = orders.filter("is_live").unique("order_ref", keep="first", maintain_order=True)
    # The area that names the team has the order (delius.md): another provider's orders are not ours to list.
    is_own = pl.col("team").is_null() | pl.col("team").str.starts_with(batch.company)
    return (
        with_order(batch, "upw_order")
        .filter((pl.col("row_outcome") == CARRIED) & is_own)
        .select(*PROVENANCE, "order_ref", "team", _sentence(batch).alias("sentence_ref"))
        .join(live.select("order_ref", "person_id", "sentence_date"), on="order_ref", maintain_order="left")
        .with_columns(~pl.col("sentence_ref").is_in(_with_more(batch).implode()).alias("is_stand_alone"))
        .join(minutes_of_orders(batch, orders), on="order_ref", how="left", maintain_order="left")
        .with_columns(outstanding().alias("outstanding"))
        .join(_first_sessions(batch, orders), on="order_ref", how="left", maintain_order="left")
        .join(_placed(batch, orders), on="order_ref", how="left", maintain_order="left")
    )


def case_requirements(batch: Batch) -> pl.DataFrame:
    """sentence_ref, main_category, length of the live requirements; set aside ones among them."""
    export = str(batch.case_export)
    is_live = pl.col("end_date").is_null() if export == "spg" else pl.col("is_active").fill_null(False)
    return (
        batch.in_scope(export, "requirement")
        .filter(is_live)
        .select(_sentence(batch).alias("sentence_ref"), "main_category", "length")
    )


def _sentence(batch: Batch) -> pl.Expr:
    """What an order shares with the requirements of its sentence."""
    return pl.col("local_event_ref" if batch.has("spg") else "disposal_id").cast(pl.String)


def _with_more(batch: Batch) -> pl.Series:
    """Sentences with a live requirement that is no unpaid work."""
    return case_requirements(batch).filter(pl.col("main_category") != UNPAID_WORK)["sentence_ref"].unique()


def _first_sessions(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """order_ref, first_session: the first that was arranged, in either system, whatever came of it."""
    known = with_order(batch, "upw_session").filter(pl.col("row_outcome") == CARRIED)
    placed = placements_with_orders(batch, orders).select("placement_ref", "order_ref")
    scheduled = batch.carried("upw", "upw_session").join(placed, on="placement_ref", how="inner")
    arranged = pl.concat([rows.select("order_ref", "date") for rows in (known, scheduled)])
    return arranged.group_by("order_ref").agg(pl.col("date").min().alias("first_session"))


def _placed(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """The dates of each order's placements: what any of them records counts, the last one is named."""
    placements = placements_with_orders(batch, orders).sort("start_date", "row_number")
    return placements.group_by("order_ref", maintain_order=True).agg(
        pl.col("assessment_date", *REVIEWS.values()).min(),
        *(pl.col(name).last().cast(pl.String).alias(f"placed_{name}") for name in PROVENANCE),
    )
