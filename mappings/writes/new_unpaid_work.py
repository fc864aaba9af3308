"""Unpaid work orders, sessions, adjustments and other diary contacts that only a company's own case system
holds."""

import polars as pl

from mappings.allocation.routing import decided_teams, route
from mappings.case.case_model import CaseModel
from mappings.case.own_numbers import record_ref
from mappings.registry import Inserts, writes
from mappings.writes.appointments import appointments, assign_team_and_officer
from mappings.writes.new_cases import PROVENANCE
from mappings.writes.new_components import acknowledged
from vocabulary.calendar import DAY_1

NO = pl.lit(False)


@writes("spg", tables="UPW_DETAILS UPW_ADJUSTMENT")
def new_unpaid_work(model: CaseModel, own_regions: pl.DataFrame) -> Inserts:
    """Rows of UPW_DETAILS and UPW_ADJUSTMENT.

    Args:
        own_regions: person_id, region.
    """
    return {"UPW_DETAILS": _orders(model, own_regions), "UPW_ADJUSTMENT": _adjustments(model)}


@writes("spg", tables="UPW_APPOINTMENT CONTACT")
def session_inserts(model: CaseModel, own_regions: pl.DataFrame, project_refs: pl.DataFrame) -> Inserts:
    """Rows of UPW_APPOINTMENT and CONTACT for sessions that nDelius has no key for."""
    placed = (
        model.added("upw_session")
        .join(model.event_orders, on="local_event_ref", how="inner", maintain_order="left")
        .join(own_regions, on="person_id", how="inner", maintain_order="left")
        .join(project_refs, on="project_code", how="inner", maintain_order="left")
    )
    return appointments(
        assign_team_and_officer(placed, model.baseline, decided_teams(model.batch)).with_columns(
            record_ref("upw_session").alias("natural_key"),
            pl.col("outcome_target").alias("outcome"),
            pl.when("high_visibility").then(pl.lit("Y")).otherwise(pl.lit("N")).alias("high_visibility_vest"),
        )
    )


@writes("spg", tables="CONTACT")
def contact_inserts(model: CaseModel, own_regions: pl.DataFrame) -> pl.DataFrame:
    """Rows of CONTACT for diary contacts that nDelius has no key for."""
    placed = (
        model.added("contact")
        .join(model.event_places, on="local_event_ref", how="left", maintain_order="left")
        .join(own_regions, on="person_id", how="inner", maintain_order="left")
        .join(_requirement_events(model), on="requirement_id", how="left", maintain_order="left")
    )
    return assign_team_and_officer(placed, model.baseline, decided_teams(model.batch)).select(
        record_ref("contact").alias("natural_key"),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        pl.coalesce("event_ref", "requirement_event").alias("event_id"),
        acknowledged("requirement_id"),
        pl.col("type_target").alias("type"),
        "date",
        "start_time",
        pl.col("outcome_target").alias("outcome"),
        *["area", "team", "officer", "notes", "is_rar", "is_sensitive", "is_alert"],
        pl.col("enforcement_target").alias("enforcement"),
        NO.alias("is_deleted"),
    )


def _requirement_events(model: CaseModel) -> pl.DataFrame:
    """requirement_id, requirement_event: a contact under a requirement needs its event too (rule 13)."""
    known = model.requirements.filter(~pl.col("is_new")).unique("component_id")
    return known.select(
        pl.col("component_id").alias("requirement_id"), pl.col("event_ref").alias("requirement_event")
    )


def _orders(model: CaseModel, regions: pl.DataFrame) -> pl.DataFrame:
    """A live order goes to the receiving team at once; the status dates from the sentence,
    the source has no other."""
    events = model.records["event"].select(
        pl.col("local_ref").alias("local_event_ref"), "sentence_date", pl.col("end_date").alias("event_end")
    )
    placed = (
        model.added("upw_order")
        .join(model.event_places, on="local_event_ref", how="inner", maintain_order="left")
        .join(events, on="local_event_ref", how="inner", maintain_order="left")
        .join(regions, on="person_id", how="inner", maintain_order="left")
    )
    is_live = pl.col("event_end").is_null()
    return route(placed, model.batch.company, decided_teams(model.batch)).select(
        record_ref("upw_order").alias("natural_key"),
        *PROVENANCE,
        pl.col("disposal_ref").alias("disposal_id"),
        pl.col("person_id").alias("offender_id"),
        "ordered",
        pl.col("status_target").alias("status"),
        pl.col("sentence_date").alias("status_date"),
        pl.when(is_live).then("n_team").otherwise("team").alias("team"),
        pl.when(is_live).then("n_officer").otherwise("officer").alias("officer"),
        pl.when(is_live).then(pl.lit(DAY_1)).otherwise("sentence_date").alias("allocated_date"),
        NO.alias("is_deleted"),
    )


def _adjustments(model: CaseModel) -> pl.DataFrame:
    return (
        model.added("upw_adjustment")
        .join(model.event_orders, on="local_event_ref", how="inner", maintain_order="left")
        .select(
            record_ref("upw_adjustment").alias("natural_key"),
            *PROVENANCE,
            pl.col("order_ref").alias("upw_order_id"),
            "amount",
            "date",
            pl.col("direction_target").alias("direction"),
            pl.col("reason_target").alias("reason"),
            NO.alias("is_deleted"),
        )
    )
