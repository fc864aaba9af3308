"""Appointments of unpaid work: what nDelius has, and what only the company's own case system has.

The schedule may refer to them, and adds none again.
"""

import polars as pl

from mappings.case.own_records import every_record, is_added, own_records
from vocabulary.batch import CARRIED, Batch
from vocabulary.decisions import SESSIONS

REFERENCE = "case_system_ref"
TIMES = ["date", "start_time", "end_time"]
COLUMNS = [
    REFERENCE, "upw_session_id", "person_id", "order_ref", "project_code", "project_area", *TIMES, "credited",
    "is_new",
]  # fmt: skip


def sessions(batch: Batch, baseline: Batch, event_orders: pl.DataFrame) -> pl.DataFrame:
    """COLUMNS of every appointment that nDelius has or is about to have.

    `credited` is minutes; `upw_session_id` and the area of the project are null of what is new. The reference
    is what a schedule would give: the number in the company's own case system, else nDelius's.

    Args:
        event_orders: mappings.case.orders.event_orders.
    """
    projects = baseline.standing("upw_project").select(
        "upw_project_id", project_code="code", project_area="area"
    )
    known = (
        baseline.standing("upw_session")
        .join(projects, on="upw_project_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("key").alias(REFERENCE),
            pl.col("offender_id").cast(pl.String).alias("person_id"),
            pl.col("upw_order_id").cast(pl.String).alias("order_ref"),
            pl.lit(False).alias("is_new"),
        )
        .select(COLUMNS)
    )
    if not batch.has_own_system:
        return known
    records = every_record(batch, "upw_session").select("upw_session_id", pl.col("local_ref").alias("_own"))
    numbered = records.drop_nulls().unique("upw_session_id", keep="first", maintain_order=True)
    referred = known.join(numbered, on="upw_session_id", how="left", maintain_order="left").with_columns(
        pl.coalesce("_own", REFERENCE).alias(REFERENCE)
    )
    added = own_records(batch)["upw_session"].filter(is_added("upw_session"))
    placed = added.join(event_orders, on="local_event_ref", how="left", maintain_order="left").with_columns(
        pl.col("local_ref").alias(REFERENCE),
        pl.lit(None, pl.Int64).alias("upw_session_id"),
        pl.lit(None, pl.String).alias("project_area"),
        pl.lit(True).alias("is_new"),
    )
    return pl.concat([referred.select(COLUMNS), placed.select(COLUMNS)])


def session_references(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """case_system_ref, case_credited (minutes), case_person, is_held, and upw_session_id of nDelius: what a
    schedule may refer to.

    The reference is nDelius's key, or of a company with a case system of its own that system's number: what
    that system lacks has nDelius's key where an operator named it. Held is what nDelius has and what is
    carried into it.
    """
    known = baseline.standing("upw_session").select(
        pl.col("key").alias(REFERENCE),
        pl.col("credited").alias("case_credited"),
        pl.col("offender_id").cast(pl.String).alias("case_person"),
        pl.lit(True).alias("is_held"),
        "upw_session_id",
    )
    if not batch.has_own_system:
        return known
    is_carried = pl.col("row_outcome") == CARRIED
    own = every_record(batch, "upw_session").select(
        pl.col("local_ref").alias(REFERENCE),
        pl.col("credited").alias("case_credited"),
        pl.col("person_id").alias("case_person"),
        (is_carried | pl.col("upw_session_id").is_in(known["upw_session_id"].implode())).alias("is_held"),
        "upw_session_id",
    )
    named = batch.decided[SESSIONS]["answer"] if SESSIONS in batch.decided else pl.Series([], dtype=pl.String)
    lacking = known.filter(pl.col(REFERENCE).is_in(named.implode()))
    return pl.concat([own, lacking.join(own, on="upw_session_id", how="anti")])


def session_times(batch: Batch, sessions: pl.DataFrame) -> pl.DataFrame:
    """project_code and TIMES of every session that nDelius or the company's own case system tells of; one
    that both have is there twice, for they may differ.

    Args:
        sessions: COLUMNS.
    """
    words = ["project_code", *TIMES]
    if not batch.has_own_system:
        return sessions.select(words)
    own = own_records(batch)["upw_session"]
    return pl.concat([sessions.filter(~pl.col("is_new")).select(words), own.select(words)])


def adjustments(batch: Batch, baseline: Batch, event_orders: pl.DataFrame) -> pl.DataFrame:
    """order_ref, amount (minutes), direction of every adjustment that nDelius has or is about to have."""
    words = ["order_ref", "amount", "direction"]
    known = baseline.standing("upw_adjustment").select(
        pl.col("upw_order_id").cast(pl.String).alias("order_ref"), *words[1:]
    )
    if not batch.has_own_system:
        return known
    added = own_records(batch)["upw_adjustment"].filter(is_added("upw_adjustment"))
    placed = added.join(event_orders, on="local_event_ref", how="left", maintain_order="left")
    return pl.concat([known, placed.select(words)])
