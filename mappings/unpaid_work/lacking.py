"""U22: appointments that nDelius has for the company's placements and the schedule lacks.

A schedule that agrees with itself may still be short: its totals are those of the sessions it has.
"""

import polars as pl

from mappings.case.case_model import CaseModel
from vocabulary.batch import Batch
from vocabulary.findings import findings_of
from vocabulary.unpaid_work import overlap


def lacking_appointments(model: CaseModel) -> pl.DataFrame:
    """Each of them, as mappings.case.sessions has it.

    Those of persons with a carried placement, at projects of the company's area. The schedule has one where a
    session names it, or is the same person's at the same time.
    """
    batch = model.batch
    placed = batch.carried("upw", "upw_placement")["person_id"].drop_nulls()
    known = model.sessions.filter(
        pl.col("project_area") == batch.company, pl.col("person_id").is_in(placed.implode())
    )
    sessions = batch.in_scope("upw", "upw_session")
    named = model.session_references.join(sessions, on="case_system_ref", how="semi")
    meant = _at_the_same_time(known, batch, sessions)
    told = pl.concat([named["upw_session_id"], meant]).drop_nulls()
    return known.filter(~pl.col("upw_session_id").is_in(told.implode()))


def lacking_findings(model: CaseModel) -> pl.DataFrame:
    """U22 on each project concerned: the schedule's row, or nDelius's where the schedule has none."""
    concerned = lacking_appointments(model).select(code="project_code").unique()
    own = model.batch.all("upw", "upw_project").unique("code", keep="first", maintain_order=True)
    known = model.standing["upw_project"].with_columns(pl.lit(model.batch.company).alias("company"))
    return pl.concat(
        findings_of(rows.join(concerned, on="code", how="semi"), "U22", "upw_project", "code")
        for rows in (own, known.join(own, on="code", how="anti"))
    )


def _at_the_same_time(known: pl.DataFrame, batch: Batch, sessions: pl.DataFrame) -> pl.Series:
    """upw_session_id of `known` in whose time the schedule has a session of the person."""
    people = (
        batch.in_scope("upw", "upw_placement").select("placement_ref", "person_id").unique("placement_ref")
    )
    there = sessions.drop("person_id", strict=False).join(people, on="placement_ref")
    others = there.select("person_id", "date", other_start="start_time", other_end="end_time")
    return known.join(others, on=["person_id", "date"]).filter(overlap())["upw_session_id"].unique()
