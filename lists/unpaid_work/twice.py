"""Sessions whose hours may count twice: those that nDelius has at the same time, and two of the schedule
itself (U20, U21)."""

import polars as pl

from lists.unpaid_work.sources import PERSON, WHERE, WorkSources, hours
from vocabulary.batch import CARRIED
from vocabulary.unpaid_work import overlap

IN_NDELIUS = "nDelius has one at that time: not added"
IN_SCHEDULE = "twice in the schedule: both added"
ROW = ["source_file", "source_row"]


def twice_list(work: WorkSources) -> pl.DataFrame:
    """One line per session, a person's beside each other."""
    is_carried = pl.col("row_outcome") == CARRIED
    carried, others = work.told_sessions.filter(is_carried), work.told_sessions.filter(~is_carried)
    blank = others.filter(pl.col("case_system_ref").is_null())
    known = work.model.sessions.with_columns(*(pl.lit(None, pl.String).alias(name) for name in ROW))
    found = [_meeting(blank, known, IN_NDELIUS), _meeting(carried, carried, IN_SCHEDULE)]
    return (
        pl.concat(found)
        .sort(*WHERE, "crn", "date", "start_time", "session_ref", nulls_last=True)
        .select(
            *[*WHERE, *PERSON, "date"],
            pl.col("start_time").dt.strftime("%H:%M").alias("from"),
            pl.col("end_time").dt.strftime("%H:%M").alias("to"),
            *["project_code", "project", "state"],
            hours("credited").alias("hours_credited"),
            *["practitioner", "company", "session_ref"],
        )
    )


def _meeting(sessions: pl.DataFrame, others: pl.DataFrame, state: str) -> pl.DataFrame:
    """The sessions that one of `others`, not themselves, has a minute in common with."""
    other = others.select(*["person_id", "date", *ROW], other_start="start_time", other_end="end_time")
    pairs = sessions.join(other, on=["person_id", "date"], suffix="_other", maintain_order="left")
    is_another = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_other")) for name in ROW)
    met = pairs.filter(is_another & overlap()).unique(ROW, keep="first", maintain_order=True)
    return met.select(*sessions.columns, pl.lit(state).alias("state"))
