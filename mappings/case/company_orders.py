"""The unpaid work orders of the company's teams, and the requirements that ordered them, as delivered."""

import polars as pl

from mappings.case.own_numbers import record_ref
from vocabulary.batch import CARRIED, Batch
from vocabulary.findings import PROVENANCE


def company_orders(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """PROVENANCE (as delivered, else nDelius's), order_ref, sentence_ref, team, ordered (minutes) of the
    company's orders, nDelius's word first.

    The area that names the team has the order (delius.md); one without team is of who delivered it.
    `sentence_ref`: what an order shares with the requirements of its sentence.
    """
    delivered = batch.in_scope(str(batch.case_export), "upw_order").select(
        *PROVENANCE,
        _order_ref(batch).alias("order_ref"),
        _sentence_ref(batch).alias("sentence_ref"),
        "team",
        "ordered",
        "row_outcome",
    ).unique("order_ref", keep="first", maintain_order=True)  # fmt: skip
    known = baseline.standing("upw_order").select(
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


def delivered_requirements(batch: Batch) -> pl.DataFrame:
    """sentence_ref, main_category, length of the live requirements as delivered, also those set aside."""
    has_end = batch.has_own_system  # a record says by its end alone whether it is live
    is_live = pl.col("end_date").is_null() if has_end else pl.col("is_active").fill_null(False)
    return (
        batch.in_scope(str(batch.case_export), "requirement")
        .filter(is_live)
        .select(_sentence_ref(batch).alias("sentence_ref"), "main_category", "length")
    )


def _order_ref(batch: Batch) -> pl.Expr:
    return record_ref("upw_order") if batch.has_own_system else pl.col("upw_order_id").cast(pl.String)


def _sentence_ref(batch: Batch) -> pl.Expr:
    return pl.col("local_event_ref" if batch.has_own_system else "disposal_id").cast(pl.String)
