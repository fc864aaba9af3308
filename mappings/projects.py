"""Unpaid work projects that go on: one row in the region of their team,
under a code that nothing else has."""

import polars as pl

from mappings.routing import route, teams
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.findings import findings_of

PROVENANCE = ["export", "source_file", "source_row"]
YES = pl.lit(True)


def routed_projects(batch: Batch, default_region: str) -> pl.DataFrame:
    """The carried projects with region, n_team, n_officer,
    is_team_unknown and `continues` (open after Day 1)."""
    own = (
        teams()
        .filter(pl.col("company") == batch.company)
        .select("team", pl.col("team_region").alias("region"))
    )
    placed = (
        batch.carried("upw", "upw_project")
        .join(own, on="team", how="left", maintain_order="left")
        .with_columns(pl.col("region").fill_null(default_region))
    )
    continues = pl.col("end_date").is_null() | (pl.col("end_date") > DAY_1)
    return route(placed, batch.company).with_columns(continues.alias("continues"))


def project_inserts(routed: pl.DataFrame) -> pl.DataFrame:
    """Rows of UPW_PROJECT: code = region + the old code without the company code + `-` + company."""
    local = pl.col("code").str.strip_prefix(routed["company"][0] if routed.height else "")
    return routed.filter("continues").select(
        project_key(pl.col("code")).alias("natural_key"),
        *PROVENANCE,
        pl.concat_str("region", local, pl.lit("-"), "company").alias("code"),
        "name",
        pl.col("type_target").alias("type"),
        pl.col("n_team").alias("team"),
        pl.col("region").alias("area"),
        YES.alias("is_selectable"),
        "end_date",
        "start_date",
        "beneficiary",
        "risk_review_date",
    )


def project_refs(routed: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """project_code, project_ref: the project that goes on in the region,
    else nDelius's own row of that code."""
    new = routed.filter("continues").select(
        pl.col("code").alias("project_code"), project_key(pl.col("code")).alias("project_ref")
    )
    old = baseline.carried("delius", "upw_project").select(
        pl.col("code").alias("project_code"), pl.col("upw_project_id").cast(pl.String).alias("project_ref")
    )
    return pl.concat([new, old]).unique("project_code", keep="first", maintain_order=True)


def project_key(code: pl.Expr) -> pl.Expr:
    """Natural key of a project of the schedule."""
    return pl.concat_str(pl.lit("upw:project:"), code)


def project_findings(routed: pl.DataFrame) -> pl.DataFrame:
    """O04 for a project whose team the routing does not know."""
    return findings_of(routed.filter("is_team_unknown"), "O04", "upw_project", "team")
