"""Unacknowledged requirements, licence conditions, PSS requirements and NSIs of an SPG company."""

import polars as pl

from mappings.case.own_numbers import record_ref
from mappings.registry import Inserts, writes
from mappings.writes.new_cases import PROVENANCE, _placed, is_unacknowledged
from vocabulary.batch import Batch

NO = pl.lit(False)


@writes("spg", tables="RQMNT LIC_CONDITION PSS_RQMNT NSI")
def new_components(batch: Batch, event_places: pl.DataFrame) -> Inserts:
    """Rows of RQMNT, LIC_CONDITION, PSS_RQMNT and NSI. Arguments as in mappings.writes.new_cases."""
    return {
        "RQMNT": _requirements(batch, event_places),
        "LIC_CONDITION": _licence_conditions(batch, event_places),
        "PSS_RQMNT": _pss_requirements(batch, event_places),
        "NSI": _nsis(batch, event_places),
    }


def _new(batch: Batch, entity: str, places: pl.DataFrame) -> pl.DataFrame:
    return _placed(batch, entity, places).filter(is_unacknowledged(entity))


def _base(entity: str) -> list[pl.Expr | str]:
    """What every component row has."""
    return [
        record_ref(entity).alias("natural_key"),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        "end_date",
        pl.col("end_date").is_null().alias("is_active"),
        NO.alias("has_pending_transfer"),
        NO.alias("is_deleted"),
    ]


def _requirements(batch: Batch, places: pl.DataFrame) -> pl.DataFrame:
    return _new(batch, "requirement", places).select(
        *_base("requirement"),
        "start_date",
        pl.col("disposal_ref").alias("disposal_id"),
        pl.col("main_category_target").alias("main_category"),
        pl.col("sub_category_target").alias("sub_category"),
        pl.col("end_reason_target").alias("end_reason"),
        "length",
        "rar_days_done",
    )


def _licence_conditions(batch: Batch, places: pl.DataFrame) -> pl.DataFrame:
    """START_DATE is mandatory: a condition that has not started yet runs from its sentence."""
    return _new(batch, "licence_condition", places).select(
        *_base("licence_condition"),
        pl.coalesce("start_date", "sentence_date").alias("start_date"),
        pl.col("start_date").alias("commenced_date"),
        pl.col("disposal_ref").alias("disposal_id"),
        pl.col("main_category_target").alias("main_category"),
        pl.col("sub_category_target").alias("sub_category"),
        pl.col("end_reason_target").alias("end_reason"),
    )


def _pss_requirements(batch: Batch, places: pl.DataFrame) -> pl.DataFrame:
    return _new(batch, "pss_requirement", places).select(
        *_base("pss_requirement"),
        "start_date",
        pl.col("custody_ref").alias("custody_id"),
        pl.col("main_category_target").alias("main_category"),
        pl.col("end_reason_target").alias("end_reason"),
    )


def _nsis(batch: Batch, places: pl.DataFrame) -> pl.DataFrame:
    """An NSI hangs on the person, and where the record says so on an event and a requirement."""
    return (
        batch.carried("spg", "nsi")
        .filter(is_unacknowledged("nsi"))
        .join(places, on="local_event_ref", how="left", maintain_order="left")
        .select(
            *_base("nsi"),
            "start_date",
            pl.col("event_ref").alias("event_id"),
            acknowledged("requirement_id"),
            pl.col("type_target").alias("type"),
            "referral_date",
            pl.col("status_target").alias("status"),
            "status_date",
            pl.col("outcome_target").alias("outcome"),
        )
    )


def acknowledged(word: str) -> pl.Expr:
    """A reference to a row that nDelius knows, as text; 0 and blank name none."""
    return pl.when(pl.col(word).fill_null(0) != 0).then(pl.col(word).cast(pl.String)).alias(word)
