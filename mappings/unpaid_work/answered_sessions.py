"""Sessions in the time of an appointment of nDelius: which each may be, and what an operator said (U20)."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.sessions import REFERENCE, TIMES
from vocabulary.batch import Batch
from vocabulary.decisions import SESSIONS
from vocabulary.unpaid_work import overlap

UPW, SESSION, PLACEMENT = "upw", "upw_session", "upw_placement"
ROW = ["source_file", "source_row"]
QUESTION = ["session_ref", "day"]
REFERRED_SCHEMA = dict.fromkeys((*ROW, REFERENCE), pl.String)


def met_appointments(model: CaseModel) -> pl.DataFrame:
    """Sessions without a reference beside each appointment of the same person at that time.

    ROW, session_ref, `day` (text), start_time, end_time, credited, crn and names of the placement; of the
    appointment `appointment` (its reference), other_start, other_end, other_credited.
    """
    placements = model.batch.in_scope(UPW, PLACEMENT).select(
        "placement_ref", "person_id", "crn", "surname", "date_of_birth"
    )
    sessions = (
        model.batch.in_scope(UPW, SESSION)
        .filter(pl.col(REFERENCE).is_null())
        .drop("person_id", strict=False)
        .join(placements.unique("placement_ref", keep="first", maintain_order=True), on="placement_ref")
        .with_columns(pl.col("date").cast(pl.String).alias("day"))
    )
    known = model.sessions.select("person_id", *TIMES, "credited", REFERENCE).rename(
        {
            "start_time": "other_start",
            "end_time": "other_end",
            "credited": "other_credited",
            REFERENCE: "appointment",
        }
    )
    met = sessions.join(known, on=["person_id", "date"], maintain_order="left").filter(overlap())
    return met.sort("source_file", "source_row", "appointment", maintain_order=True)


def answered_references(model: CaseModel) -> pl.DataFrame:
    """REFERRED_SCHEMA: sessions and the appointment that each is, as an operator said and as it may be."""
    batch = model.batch
    if not batch.has(UPW) or SESSIONS not in batch.decided or batch.decided[SESSIONS].is_empty():
        return pl.DataFrame(schema=REFERRED_SCHEMA)
    answers = batch.decided[SESSIONS].select(*QUESTION, pl.col("answer").alias("appointment"))
    met = met_appointments(model).join(answers, on=[*QUESTION, "appointment"], how="inner")
    return met.select(*ROW, pl.col("appointment").alias(REFERENCE)).unique(maintain_order=True)


def refer(batch: Batch, referred: pl.DataFrame) -> None:
    """Give the sessions of `referred` (REFERRED_SCHEMA) their reference, as if the schedule had one."""
    if referred.is_empty():
        return
    sessions = batch.all(UPW, SESSION)
    named = sessions.join(
        referred.rename({REFERENCE: "_answered"}), on=ROW, how="left", maintain_order="left"
    )
    filled = named.with_columns(pl.coalesce(REFERENCE, "_answered").alias(REFERENCE)).drop("_answered")
    batch.frames[UPW][SESSION] = filled
