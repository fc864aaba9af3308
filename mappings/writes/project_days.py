"""When each new project is worked: one row of UPW_PROJECT_AVAILABILITY for every weekday of its sessions.

nDelius lists the sessions of a project by the days on which it is open; without one they stand in no list.
"""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.sessions import TIMES
from mappings.registry import writes
from mappings.writes.projects import PROVENANCE, project_key
from vocabulary.calendar import DAY_1


@writes("upw", tables="UPW_PROJECT_AVAILABILITY")
def day_inserts(projects: pl.DataFrame, model: CaseModel) -> pl.DataFrame:
    """Rows of UPW_PROJECT_AVAILABILITY of the projects that are written, one per day of `project_days`."""
    return project_days(projects, model).select(
        pl.concat_str(pl.lit("upw:day:"), "code", pl.lit(":"), "weekday").alias("natural_key"),
        *PROVENANCE,
        project_key(pl.col("code")).alias("upw_project_id"),
        *["weekday", "start_time", "end_time"],
    )


def project_days(routed: pl.DataFrame, model: CaseModel) -> pl.DataFrame:
    """code, provenance, weekday, start_time, end_time, is_assumed of the projects that are written.

    The days are those of sessions from Day 1 on, from the first start to the last end; of a project that has
    none, those of its past sessions. One that nobody ever worked at is assumed to be open when the company's
    others are: a session booked there would stand in no list.
    """
    is_future = pl.col("date") >= DAY_1
    open_from_to = (pl.col("start_time").min(), pl.col("end_time").max())
    worked = (
        _sessions(model)
        .drop_nulls(["start_time", "end_time"])
        .filter(is_future | ~is_future.any().over("code"))
        .group_by("code", pl.col("date").dt.to_string("%A").str.to_uppercase().alias("weekday"))
        .agg(open_from_to)
        .sort("code", "weekday")
    )
    written = routed.filter("is_written").unique("code", keep="first", maintain_order=True)
    named = written.select("code", *PROVENANCE)
    known = named.join(worked, on="code", maintain_order="left")
    usual = known.group_by("weekday").agg(open_from_to).sort("weekday")
    assumed = named.join(known, on="code", how="anti").join(usual, how="cross", maintain_order="left")
    return pl.concat(
        rows.with_columns(pl.lit(is_assumed).alias("is_assumed"))
        for rows, is_assumed in ((known, False), (assumed, True))
    )


def _sessions(model: CaseModel) -> pl.DataFrame:
    """code, TIMES of every session that the schedule, the company's own case system or nDelius holds."""
    told = [model.session_times, model.batch.carried("upw", "upw_session")]
    return pl.concat(rows.select(pl.col("project_code").alias("code"), *TIMES) for rows in told)
