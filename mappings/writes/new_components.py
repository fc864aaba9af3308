"""Requirements, licence conditions, PSS requirements and NSIs that only a company's own case system holds."""

from typing import Literal

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.own_numbers import record_ref
from mappings.registry import Inserts, writes
from mappings.writes.new_cases import PROVENANCE

NO = pl.lit(False)


@writes("spg", tables="RQMNT LIC_CONDITION PSS_RQMNT NSI")
def new_components(model: CaseModel) -> Inserts:
    """Rows of RQMNT, LIC_CONDITION, PSS_RQMNT and NSI."""
    return {
        "RQMNT": _requirements(_placed(model, "requirement")),
        "LIC_CONDITION": _licence_conditions(_placed(model, "licence_condition")),
        "PSS_RQMNT": _pss_requirements(_placed(model, "pss_requirement")),
        "NSI": _nsis(_placed(model, "nsi", how="left")),
    }


def _placed(model: CaseModel, entity: str, how: Literal["inner", "left"] = "inner") -> pl.DataFrame:
    """The added records with the keys of their event, sentence and custody."""
    return model.added(entity).join(model.event_places, on="local_event_ref", how=how, maintain_order="left")


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


def _requirements(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        *_base("requirement"),
        "start_date",
        pl.col("disposal_ref").alias("disposal_id"),
        pl.col("main_category_target").alias("main_category"),
        pl.col("sub_category_target").alias("sub_category"),
        pl.col("end_reason_target").alias("end_reason"),
        "length",
        "rar_days_done",
    )


def _licence_conditions(rows: pl.DataFrame) -> pl.DataFrame:
    """START_DATE is mandatory: a condition that has not started yet runs from its sentence."""
    return rows.select(
        *_base("licence_condition"),
        pl.coalesce("start_date", "sentence_date").alias("start_date"),
        pl.col("start_date").alias("commenced_date"),
        pl.col("disposal_ref").alias("disposal_id"),
        pl.col("main_category_target").alias("main_category"),
        pl.col("sub_category_target").alias("sub_category"),
        pl.col("end_reason_target").alias("end_reason"),
    )


def _pss_requirements(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        *_base("pss_requirement"),
        "start_date",
        pl.col("custody_ref").alias("custody_id"),
        pl.col("main_category_target").alias("main_category"),
        pl.col("end_reason_target").alias("end_reason"),
    )


def _nsis(rows: pl.DataFrame) -> pl.DataFrame:
    """An NSI hangs on the person, and where the record says so on an event and a requirement."""
    return rows.select(
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


def acknowledged(word: str) -> pl.Expr:
    """A reference to a row that nDelius knows, as text; 0 and blank name none."""
    return pl.when(pl.col(word).fill_null(0) != 0).then(pl.col(word).cast(pl.String)).alias(word)
