"""Unpaid work projects that go on: one row in the region of their team,
under a code that nothing else has."""

import polars as pl

from mappings.allocation.routing import decided_teams, own_teams, route
from mappings.case.case_model import CaseModel
from mappings.registry import finds, writes
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.findings import findings_of

PROVENANCE = ["export", "source_file", "source_row"]


def routed_projects(model: CaseModel, default_region: str) -> pl.DataFrame:
    """The carried projects with region, n_team, n_officer, is_team_unknown and `is_written`.

    Written is one that is open after Day 1. A closed one stays as it is, but where nDelius never knew it and
    a session or placement that is written names it, it is written as well: both must name a project.
    """
    batch = model.batch
    decided = decided_teams(batch)
    own = own_teams(batch.company, decided).select("team", pl.col("team_region").alias("region"))
    placed = (
        batch.carried("upw", "upw_project")
        .join(own, on="team", how="left", maintain_order="left")
        .with_columns(pl.col("region").fill_null(default_region))
    )
    is_open = pl.col("end_date").is_null() | (pl.col("end_date") > DAY_1)
    is_known = pl.col("code").is_in(model.standing["upw_project"]["code"].implode())
    is_needed = pl.col("code").is_in(_named_by_written_rows(model).implode())
    return route(placed, batch.company, decided).with_columns(
        is_open.alias("is_open"), (is_open | (is_needed & ~is_known)).alias("is_written")
    )


def _named_by_written_rows(model: CaseModel) -> pl.Series:
    """Projects of sessions to add and of placements that are open on Day 1."""
    batch = model.batch
    sessions = batch.carried("upw", "upw_session").filter(pl.col("case_system_ref").is_null())
    end = pl.col("end_date")
    placements = batch.carried("upw", "upw_placement").filter(end.is_null() | (end >= DAY_1))
    added = model.sessions.filter("is_new")
    return pl.concat(rows["project_code"] for rows in (sessions, placements, added)).unique()


@writes("upw", tables="UPW_PROJECT")
def project_inserts(projects: pl.DataFrame) -> pl.DataFrame:
    """Rows of UPW_PROJECT."""
    return projects.filter("is_written").select(
        project_key(pl.col("code")).alias("natural_key"),
        *PROVENANCE,
        new_code().alias("code"),
        "name",
        pl.col("type_target").alias("type"),
        pl.col("n_team").alias("team"),
        pl.col("region").alias("area"),
        pl.col("is_open").alias("is_selectable"),
        "end_date",
        "start_date",
        "beneficiary",
        "risk_review_date",
    )


def new_code() -> pl.Expr:
    """Region + the old code without the company code + `-` + company."""
    local = pl.col("code").str.strip_prefix(pl.col("company"))
    return pl.concat_str("region", local, pl.lit("-"), "company")


def project_refs(routed: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """project_code, project_ref: the project that is written, else nDelius's own row of that code."""
    new = routed.filter("is_written").select(
        pl.col("code").alias("project_code"), project_key(pl.col("code")).alias("project_ref")
    )
    old = baseline.standing("upw_project").select(
        pl.col("code").alias("project_code"), pl.col("upw_project_id").cast(pl.String).alias("project_ref")
    )
    return pl.concat([new, old]).unique("project_code", keep="first", maintain_order=True)


def project_key(code: pl.Expr) -> pl.Expr:
    """Natural key of a project of the schedule."""
    return pl.concat_str(pl.lit("upw:project:"), code)


@finds("upw", rules="O04")
def project_findings(projects: pl.DataFrame) -> pl.DataFrame:
    """O04 for a project that is written and whose team the routing does not know."""
    return findings_of(projects.filter("is_written", "is_team_unknown"), "O04", "upw_project", "team")
