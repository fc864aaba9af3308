"""Sessions of unpaid work that the case system has: the schedule may refer to them, and adds none again."""

import polars as pl

from mappings.writes.new_cases import is_unacknowledged
from vocabulary.batch import CARRIED, Batch
from vocabulary.decisions import SESSIONS

REFERENCE = "case_system_ref"


def case_sessions(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """case_system_ref, case_credited (minutes), case_person, is_held, and upw_session_id of nDelius.

    The reference is nDelius's key, or of a company with a case system of its own that system's number: what
    that system lacks has nDelius's key where an operator named it. Held is what nDelius has and what is
    carried into it.
    """
    known = baseline.carried("delius", "upw_session").select(
        pl.col("key").alias(REFERENCE),
        pl.col("credited").alias("case_credited"),
        pl.col("offender_id").cast(pl.String).alias("case_person"),
        pl.lit(True).alias("is_held"),
        "upw_session_id",
    )
    if not batch.has("spg"):
        return known
    is_carried = pl.col("row_outcome") == CARRIED
    own = batch.all("spg", "upw_session").select(
        pl.col("local_ref").alias(REFERENCE),
        pl.col("credited").alias("case_credited"),
        pl.col("person_id").alias("case_person"),
        (is_carried | pl.col("upw_session_id").is_in(known["upw_session_id"].implode())).alias("is_held"),
        "upw_session_id",
    )
    named = batch.decided[SESSIONS]["answer"] if SESSIONS in batch.decided else pl.Series([], dtype=pl.String)
    lacking = known.filter(pl.col(REFERENCE).is_in(named.implode()))
    return pl.concat([own, lacking.join(own, on="upw_session_id", how="anti")])


def appointments_of_persons(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """person_id, date, start_time, end_time, credited, case_system_ref of every appointment that nDelius has
    or is about to have; the reference is what a schedule would give."""
    words = ["date", "start_time", "end_time", "credited"]
    known = baseline.carried("delius", "upw_session").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"),
        *words,
        pl.col("key").alias(REFERENCE),
        "upw_session_id",
    )
    if not batch.has("spg"):
        return known.drop("upw_session_id")
    all_own = batch.all("spg", "upw_session").select("upw_session_id", pl.col("local_ref").alias("_own"))
    numbered = all_own.drop_nulls().unique("upw_session_id", keep="first", maintain_order=True)
    referred = known.join(numbered, on="upw_session_id", how="left", maintain_order="left").select(
        "person_id", *words, pl.coalesce("_own", REFERENCE).alias(REFERENCE)
    )
    own = batch.carried("spg", "upw_session").filter(is_unacknowledged("upw_session"))
    return pl.concat([referred, own.select("person_id", *words, pl.col("local_ref").alias(REFERENCE))])
