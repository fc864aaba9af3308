"""The same hours twice: the schedule against the case system's appointments, and against itself (U19 to U21).

The agreement calls it a question whether a session that nobody referred to its appointment was worked twice:
it is not added.
"""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch
from vocabulary.decisions import ANOTHER, SESSIONS
from vocabulary.unpaid_work import overlap

ROW = ["source_file", "source_row"]
REFERENCE = "case_system_ref"


@judges("upw", rules="U19 U20")
def setting_aside(
    batch: Batch, session_references: pl.DataFrame, unread_references: pl.DataFrame, sessions: pl.DataFrame
) -> list[pl.DataFrame]:
    """Findings of U19 (wrong references) and U20 (hours that nDelius has already).

    Args:
        session_references: case_system_ref, case_person, is_held of what a schedule may refer to.
        unread_references: source_file, source_row of sessions whose reference could not be read.
        sessions: person_id, date, start_time, end_time of what nDelius has or gets.
    """
    scheduled = _of_persons(batch, batch.in_scope("upw", "upw_session"))
    is_unread = scheduled.join(unread_references, on=ROW, how="semi", maintain_order="left")
    return [
        failing(is_unread, pl.lit(True), "U19", "upw_session", REFERENCE),
        _wrongly_referred(scheduled, session_references),
        _there_already(scheduled.join(is_unread, on=ROW, how="anti", maintain_order="left"), sessions, batch),
    ]


@judges("upw", rules="U21")
def warnings(batch: Batch) -> list[pl.DataFrame]:
    """Findings of U21 on both of two carried sessions."""
    sessions = _of_persons(batch, batch.carried("upw", "upw_session"))
    others = sessions.select(*ROW, "person_id", "date", other_start="start_time", other_end="end_time")
    pairs = sessions.join(others, on=["person_id", "date"], suffix="_other", maintain_order="left")
    is_another = pl.any_horizontal(pl.col(name) != pl.col(f"{name}_other") for name in ROW)
    doubled = pairs.filter(is_another & overlap()).unique(ROW, keep="first", maintain_order=True)
    return [failing(doubled, pl.lit(True), "U21", "upw_session", "start_time")]


def _of_persons(batch: Batch, sessions: pl.DataFrame) -> pl.DataFrame:
    """`sessions` with the person_id of their placement."""
    placements = batch.in_scope("upw", "upw_placement").select("placement_ref", "person_id")
    return sessions.drop("person_id", strict=False).join(
        placements.unique("placement_ref", keep="first", maintain_order=True),
        on="placement_ref",
        how="left",
        maintain_order="left",
    )


def _wrongly_referred(sessions: pl.DataFrame, references: pl.DataFrame) -> pl.DataFrame:
    """References to nothing, to what is not carried into nDelius, or to somebody else's session.

    Of a person who is held nothing is carried, which is no fault of the reference.
    """
    known = references.unique(REFERENCE, keep="first", maintain_order=True)
    named = sessions.filter(pl.col(REFERENCE).is_not_null()).join(
        known.select(REFERENCE, "case_person", "is_held"), on=REFERENCE, how="left", maintain_order="left"
    )
    is_wrong = ~pl.col("is_held") | (pl.col("case_person") != pl.col("person_id")).fill_null(True)
    has_person = pl.col("person_id").is_not_null()
    return failing(
        named, pl.col("is_held").is_null() | (has_person & is_wrong), "U19", "upw_session", REFERENCE
    )


def _there_already(sessions: pl.DataFrame, appointments: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Sessions without a reference in the time of an appointment; where that lacks a time, on its day."""
    known = appointments.select("person_id", "date", other_start="start_time", other_end="end_time")
    met = sessions.filter(pl.col(REFERENCE).is_null()).join(
        known, on=["person_id", "date"], maintain_order="left"
    )
    twice = _without_answer(met.filter(overlap()), batch).unique(ROW, keep="first", maintain_order=True)
    return failing(twice, pl.lit(True), "U20", "upw_session", REFERENCE)


def _without_answer(sessions: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """`sessions` but those that an operator called another than what nDelius has."""
    if SESSIONS not in batch.decided:
        return sessions
    answers = batch.decided[SESSIONS].filter(answer=ANOTHER).select("session_ref", "day")
    dated = sessions.with_columns(pl.col("date").cast(pl.String).alias("day"))
    return dated.join(answers, on=["session_ref", "day"], how="anti", maintain_order="left")
