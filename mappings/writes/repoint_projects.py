"""A future appointment goes to the region's copy of its project: session lists go by the project's team."""

import polars as pl

from mappings.writes.projects import project_key
from vocabulary.batch import Batch

PROJECT = {"UPW_PROJECT_ID": "project_ref"}
"""The column that changes and the word that fills it (mappings.writes.repoint.COLUMNS)."""

NO_PROJECTS = pl.DataFrame(schema={"code": pl.String, "is_written": pl.Boolean})
"""Of a company that delivered no schedule."""


def at_new_projects(
    routed: dict[str, pl.DataFrame], projects: pl.DataFrame, baseline: Batch
) -> dict[str, pl.DataFrame]:
    """`routed` (mappings.writes.repoint) with the project_ref of each appointment.

    It is the copy that Day 1 writes of the project; where none is written the appointment stays where it is.

    Args:
        projects: mappings.writes.projects.routed_projects. Codes are not unique in nDelius: only a copy
            counts.
    """
    if "UPW_APPOINTMENT" not in routed:
        return routed
    copies = projects.filter("is_written").select(
        pl.col("code").alias("project_code"), project_key(pl.col("code")).alias("project_ref")
    )
    codes = baseline.standing("upw_project").select("upw_project_id", project_code="code")
    placed = (
        routed["UPW_APPOINTMENT"]
        .join(codes, on="upw_project_id", how="left", maintain_order="left")
        .join(copies.unique("project_code"), on="project_code", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("project_ref", pl.col("upw_project_id").cast(pl.String)).alias("project_ref")
        )
    )
    return routed | {"UPW_APPOINTMENT": placed}
