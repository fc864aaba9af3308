"""Sessions of unpaid work that the case system has: the schedule may refer to them, and adds none again."""

import polars as pl

from mappings.new_cases import is_unacknowledged
from vocabulary.batch import CARRIED, Batch


def case_sessions(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """case_system_ref, case_credited (minutes), case_person, is_held, and upw_session_id of nDelius.

    The reference is nDelius's key, or of a company with a case system of its own that system's number. Held
    is what nDelius has and what is carried into it.
    """
    known = baseline.carried("delius", "upw_session").select(
        pl.col("key").alias("case_system_ref"),
        pl.col("credited").alias("case_credited"),
        pl.col("offender_id").cast(pl.String).alias("case_person"),
        pl.lit(True).alias("is_held"),
        "upw_session_id",
    )
    if not batch.has("spg"):
        return known
    is_carried = pl.col("row_outcome") == CARRIED
    return batch.all("spg", "upw_session").select(
        pl.col("local_ref").alias("case_system_ref"),
        pl.col("credited").alias("case_credited"),
        pl.col("person_id").alias("case_person"),
        (is_carried | pl.col("upw_session_id").is_in(known["upw_session_id"].implode())).alias("is_held"),
        "upw_session_id",
    )


def appointments_of_persons(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """person_id, date, start_time, end_time of every appointment that nDelius has or is about to have."""
    times = ["date", "start_time", "end_time"]
    known = baseline.carried("delius", "upw_session").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"), *times
    )
    if not batch.has("spg"):
        return known
    own = batch.carried("spg", "upw_session").filter(is_unacknowledged("upw_session"))
    return pl.concat([known, own.select("person_id", *times)])
