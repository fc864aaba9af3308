"""What the unpaid work schedule adds: allocations that are open on Day 1 and sessions not yet in the
case system."""

import polars as pl

from mappings.allocation.routing import decided_teams
from mappings.registry import writes
from mappings.writes.appointments import appointments, assign_team_and_officer
from mappings.writes.projects import PROVENANCE
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1


def placements_with_orders(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """Carried placements with the order they are for: live, and of several the latest sentence (upw.md)."""
    live = (
        orders.filter("is_live")
        .sort("sentence_date", "order_ref", descending=[True, True], nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", "order_ref", "event_ref")
    )
    return batch.carried("upw", "upw_placement").join(
        live, on="person_id", how="inner", maintain_order="left"
    )


@writes("upw", tables="UPW_ALLOCATION")
def allocation_inserts(placements: pl.DataFrame, project_refs: pl.DataFrame) -> pl.DataFrame:
    """Rows of UPW_ALLOCATION for placements that have not ended by Day 1."""
    is_open = pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1)
    return (
        placements.filter(is_open)
        .join(project_refs, on="project_code", how="inner", maintain_order="left")
        .select(
            pl.concat_str(pl.lit("upw:placement:"), "placement_ref").alias("natural_key"),
            *PROVENANCE,
            pl.col("project_ref").alias("upw_project_id"),
            pl.col("order_ref").alias("upw_order_id"),
            "start_date",
            "end_date",
            pl.col("weekday_target").alias("weekday"),
        )
    )


@writes("upw", tables="UPW_APPOINTMENT CONTACT")
def session_inserts(
    batch: Batch,
    placements: pl.DataFrame,
    projects: pl.DataFrame,
    project_refs: pl.DataFrame,
    baseline: Batch,
) -> dict[str, pl.DataFrame]:
    """Rows of UPW_APPOINTMENT and CONTACT for sessions with a blank case_system_ref."""
    placed = (
        batch.carried("upw", "upw_session")
        .filter(pl.col("case_system_ref").is_null())
        .join(
            placements.select("placement_ref", "person_id", "order_ref", "event_ref"),
            on="placement_ref",
            how="inner",
            maintain_order="left",
        )
        .join(project_refs, on="project_code", how="inner", maintain_order="left")
        .join(
            projects.select(pl.col("code").alias("project_code"), "team", "region").unique("project_code"),
            on="project_code",
            how="inner",
            maintain_order="left",
        )
    )
    sessions = assign_team_and_officer(
        placed.with_columns(pl.col("supervisor").alias("officer")), baseline, decided_teams(batch)
    )
    return appointments(
        sessions.with_columns(
            pl.concat_str(pl.lit("upw:session:"), "session_ref").alias("natural_key"),
            pl.col("outcome_target").alias("outcome"),
            pl.col("ppe_target").alias("high_visibility_vest"),
            pl.col("note").alias("notes"),
        )
    )
