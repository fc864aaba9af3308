"""Unacknowledged unpaid work orders, sessions and adjustments of an SPG company,
and its other diary contacts."""

import polars as pl

from mappings.allocation.routing import decided_teams, route
from mappings.case.own_numbers import record_ref
from mappings.registry import Inserts, writes
from mappings.writes.appointments import appointments, assign_team_and_officer
from mappings.writes.new_cases import PROVENANCE, is_unacknowledged
from mappings.writes.new_components import acknowledged
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1

NO = pl.lit(False)


@writes("spg", tables="UPW_DETAILS UPW_ADJUSTMENT")
def new_unpaid_work(
    batch: Batch, baseline: Batch, event_places: pl.DataFrame, own_regions: pl.DataFrame
) -> Inserts:
    """Rows of UPW_DETAILS and UPW_ADJUSTMENT.

    Args:
        event_places: mappings.case.spg_events.event_places.
        own_regions: person_id, region.
    """
    orders = _order_refs(batch, baseline, event_places)
    return {
        "UPW_DETAILS": _orders(batch, event_places, own_regions),
        "UPW_ADJUSTMENT": _adjustments(batch, orders),
    }


@writes("spg", tables="UPW_APPOINTMENT CONTACT")
def session_inserts(
    batch: Batch,
    baseline: Batch,
    event_places: pl.DataFrame,
    own_regions: pl.DataFrame,
    project_refs: pl.DataFrame,
) -> Inserts:
    """Rows of UPW_APPOINTMENT and CONTACT for sessions that nDelius has not acknowledged."""
    orders = _order_refs(batch, baseline, event_places)
    placed = (
        batch.carried("spg", "upw_session")
        .filter(is_unacknowledged("upw_session"))
        .join(orders, on="local_event_ref", how="inner", maintain_order="left")
        .join(own_regions, on="person_id", how="inner", maintain_order="left")
        .join(project_refs, on="project_code", how="inner", maintain_order="left")
    )
    return appointments(
        assign_team_and_officer(placed, baseline, decided_teams(batch)).with_columns(
            record_ref("upw_session").alias("natural_key"),
            pl.col("outcome_target").alias("outcome"),
            pl.when("high_visibility").then(pl.lit("Y")).otherwise(pl.lit("N")).alias("high_visibility_vest"),
        )
    )


@writes("spg", tables="CONTACT")
def contact_inserts(
    batch: Batch, baseline: Batch, event_places: pl.DataFrame, own_regions: pl.DataFrame
) -> pl.DataFrame:
    """Rows of CONTACT for diary contacts that nDelius has not acknowledged."""
    placed = (
        batch.carried("spg", "contact")
        .filter(is_unacknowledged("contact"))
        .join(event_places, on="local_event_ref", how="left", maintain_order="left")
        .join(own_regions, on="person_id", how="inner", maintain_order="left")
        .join(_requirement_events(baseline), on="requirement_id", how="left", maintain_order="left")
    )
    return assign_team_and_officer(placed, baseline, decided_teams(batch)).select(
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


def _requirement_events(baseline: Batch) -> pl.DataFrame:
    """requirement_id, requirement_event: a contact under a requirement needs its event too (rule 13)."""
    events = baseline.carried("delius", "disposal").select(
        "disposal_id", pl.col("event_id").cast(pl.String).alias("requirement_event")
    )
    requirements = baseline.carried("delius", "requirement").select("requirement_id", "disposal_id")
    return (
        requirements.join(events.unique("disposal_id"), on="disposal_id")
        .drop("disposal_id")
        .unique("requirement_id")
    )


def _order_refs(batch: Batch, baseline: Batch, places: pl.DataFrame) -> pl.DataFrame:
    """local_event_ref, order_ref, event_ref: the order of each event, delivered or in the baseline."""
    delivered = batch.carried("spg", "upw_order").select(
        "local_event_ref", record_ref("upw_order").alias("order_ref")
    )
    known = baseline.carried("delius", "upw_order").select(
        pl.col("disposal_id").cast(pl.String).alias("disposal_ref"),
        pl.col("upw_order_id").cast(pl.String).alias("order_ref"),
    )
    in_baseline = places.join(known, on="disposal_ref").select("local_event_ref", "order_ref")
    return (
        pl.concat([delivered, in_baseline])
        .unique("local_event_ref", keep="first", maintain_order=True)
        .join(
            places.select("local_event_ref", "event_ref"),
            on="local_event_ref",
            how="inner",
            maintain_order="left",
        )
    )


def _orders(batch: Batch, places: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """A live order goes to the receiving team at once; the status dates from the sentence,
    the source has no other."""
    events = batch.carried("spg", "event").select(
        pl.col("local_ref").alias("local_event_ref"), "sentence_date", pl.col("end_date").alias("event_end")
    )
    placed = (
        batch.carried("spg", "upw_order")
        .filter(is_unacknowledged("upw_order"))
        .join(places, on="local_event_ref", how="inner", maintain_order="left")
        .join(events, on="local_event_ref", how="inner", maintain_order="left")
        .join(regions, on="person_id", how="inner", maintain_order="left")
    )
    is_live = pl.col("event_end").is_null()
    return route(placed, batch.company, decided_teams(batch)).select(
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


def _adjustments(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    return (
        batch.carried("spg", "upw_adjustment")
        .filter(is_unacknowledged("upw_adjustment"))
        .join(orders, on="local_event_ref", how="inner", maintain_order="left")
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
