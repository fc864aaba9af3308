"""On which weekdays each new project must be open, and from when to when: as its sessions say.

Without a row of UPW_PROJECT_AVAILABILITY no session of a project stands in a list of nDelius.
"""

import polars as pl

from reconcile.proofs.fields import Expected
from reconcile.registry import expects
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, Records
from reconcile.sources.reading import read_day, read_word
from vocabulary.calendar import DAY_1
from vocabulary.companies import BASELINE_COMPANY

TABLE, DAYS = "UPW_PROJECT_AVAILABILITY", "ALLOCATION DAY"
WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
"""As nDelius writes them in UPW_DAY."""


@expects("upw", entities="upw_project")
def expected_days(evidence: Evidence, projects: pl.DataFrame, records: Records | None) -> list[Expected]:
    """One row per written project and weekday of its sessions: those from Day 1 on, else all it ever had,
    else those of the company's other projects.

    `projects`: reconcile.expected.schedule.written_projects.
    """
    written = projects.filter("is_written").select(*PLACE, "code", pl.col("key").alias("project"))
    standing = _of_ndelius(evidence, written["code"])
    sessions = pl.concat([_of_schedule(evidence), standing, *_own(evidence, records)])
    timed = sessions.filter(
        pl.col("code").is_in(written["code"].implode())
        & pl.col("opens").is_not_null()
        & pl.col("closes").is_not_null()
    )
    coming = timed.filter(pl.col("day") >= DAY_1)
    over = timed.join(coming, on="code", how="anti")
    numbers = dict(enumerate(WEEKDAYS, start=1))
    open_days = (
        pl.concat([coming, over])
        .with_columns(
            pl.col("day").dt.weekday().replace_strict(numbers, return_dtype=pl.String).alias("weekday")
        )
        .group_by("code", "weekday")
        .agg(pl.col("opens").min(), pl.col("closes").max())
    )
    once = written.unique("code", keep="first", maintain_order=True)
    worked = once.join(open_days, on="code", maintain_order="left")
    # A project that nobody ever worked at is open when the others are.
    usual = worked.group_by("weekday").agg(pl.col("opens").min(), pl.col("closes").max())
    wanted = pl.concat([worked, once.join(worked, on="code", how="anti").join(usual, how="cross")])
    rows = wanted.join(_there(evidence), on=["project", "weekday"], how="left", maintain_order="left")
    return [Expected(TABLE, "upw.upw_project", rows)]


def _there(evidence: Evidence) -> pl.DataFrame:
    """project, weekday, key of the company's new rows; of two for one day the first is meant."""
    rows = evidence.inserted(TABLE)
    named = rows.select("key", pl.col("UPW_PROJECT_ID").alias("project")).with_columns(
        evidence.country.lists.decode(rows["UPW_DAY_ID"], DAYS).alias("weekday")
    )
    return named.unique(["project", "weekday"], keep="first", maintain_order=True)


def _of_schedule(evidence: Evidence) -> pl.DataFrame:
    rows = evidence.delivery.carried("upw", "upw_session")
    return _told(rows.with_columns(code="project_code"), "upw", evidence.company)


def _own(evidence: Evidence, records: Records | None) -> list[pl.DataFrame]:
    if records is None:
        return []
    return [_told(records.frames["upw_session"].with_columns(code="project_code"), SPG, evidence.company)]


def _of_ndelius(evidence: Evidence, codes: pl.Series) -> pl.DataFrame:
    """The sessions of nDelius, whoever's they are, at the projects of `codes`."""
    own = evidence.country.baseline["upw_project"].select("upw_project_id", "code")
    projects = own.filter(pl.col("code").is_in(codes.implode()))
    is_there = pl.col("upw_project_id").is_in(projects["upw_project_id"].implode())
    sessions = evidence.country.everybody.rows("upw_session", is_there)
    return _told(sessions.join(projects, on="upw_project_id"), "delius", BASELINE_COMPANY)


def _told(rows: pl.DataFrame, export: str, company: str) -> pl.DataFrame:
    """code, day, opens, closes of sessions."""
    return rows.select(
        "code",
        read_day(export, "upw_session", "date", company).alias("day"),
        read_word(export, "upw_session", "start_time", company).alias("opens"),
        read_word(export, "upw_session", "end_time", company).alias("closes"),
    )
