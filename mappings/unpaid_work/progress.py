"""Where every unpaid work order of a company stands on the evening before Day 1."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.orders import STATES
from mappings.unpaid_work.dates import REVIEWS
from mappings.unpaid_work.minutes import minutes_of_orders, outstanding
from vocabulary.findings import PROVENANCE


def order_progress(model: CaseModel, placements: pl.DataFrame) -> pl.DataFrame:
    """One row per live order of the company: all that nDelius has, and what its own case system adds.

    Columns: provenance of the order (as delivered, else in the baseline), order_ref, sentence_ref, person_id,
    team, sentence_date, is_extended, is_stand_alone; ordered, credited, added, adjusted, outstanding
    (minutes); first_session, assessment_date, review_6m_date, review_9m_date; placed_*, where its last
    placement stands.

    Args:
        placements: the schedule's, which record assessments and reviews (mappings.writes.schedule).
    """
    live = model.orders.filter("is_live").unique("order_ref", keep="first", maintain_order=True)
    words = ["order_ref", "person_id", "sentence_date", *STATES[2:]]
    minutes = ["credited", "added", "adjusted"]
    scheduled = model.batch.carried("upw", "upw_session").join(
        placements.select("placement_ref", "order_ref"), on="placement_ref", how="inner"
    )
    return (
        model.company_orders.join(live.select(words), on="order_ref", maintain_order="left")
        .join(minutes_of_orders(model, scheduled), on="order_ref", how="left", maintain_order="left")
        .with_columns(pl.col(minutes).fill_null(0))
        .with_columns(outstanding().alias("outstanding"))
        .join(_first_sessions(model, scheduled), on="order_ref", how="left", maintain_order="left")
        .join(_placed(placements), on="order_ref", how="left", maintain_order="left")
    )


def _first_sessions(model: CaseModel, scheduled: pl.DataFrame) -> pl.DataFrame:
    """order_ref, first_session: the first that was arranged, in either system, whatever came of it."""
    arranged = pl.concat(rows.select("order_ref", "date") for rows in (model.sessions, scheduled))
    return arranged.group_by("order_ref").agg(pl.col("date").min().alias("first_session"))


def _placed(placements: pl.DataFrame) -> pl.DataFrame:
    """The dates of each order's placements: what any of them records counts, the last one is named."""
    return (
        placements.sort("start_date", "row_number")
        .group_by("order_ref", maintain_order=True)
        .agg(
            pl.col("assessment_date", *REVIEWS.values()).min(),
            *(pl.col(name).last().cast(pl.String).alias(f"placed_{name}") for name in PROVENANCE),
        )
    )
