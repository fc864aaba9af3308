"""Live components that only a company with its own case system holds: nDelius gave them no key (spg.md)."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.component_kinds import OM, Kind, kinds
from mappings.case.delivered_rows import NAMED, PLACE
from mappings.case.live_records import new_components_of
from mappings.case.own_numbers import record_ref

REPORTS = ("CR", "IR")
"""Kept in nDelius only (spg.md)."""

SCHEMA = dict.fromkeys(
    ("kind", "entity", "person_id", "component_ref", "company", *PLACE, "area", "team", "officer"), pl.String
)


def added_components(model: CaseModel, judged: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is added under the company's own team, and what a record gives to another area (O07), both with
    the columns of mappings.case.components.COLUMNS. A person whom somebody manages in nDelius gets no second
    one.

    Args:
        judged: nDelius's live components with `area` of who manages each.
    """
    records = pl.DataFrame(schema=SCHEMA)
    if model.records:
        records = pl.concat([_new_records(model, kind) for kind in kinds() if kind.code not in REPORTS])
    managed = judged.filter((pl.col("kind") == OM) & pl.col("area").is_not_null())["person_id"]
    is_managed = (pl.col("kind") == OM) & pl.col("person_id").is_in(managed.implode())
    is_own = pl.col("area") == model.batch.company
    free = records.filter(~is_managed)
    return _as_components(free.filter(is_own)), _as_components(free.filter(~is_own))


def _new_records(model: CaseModel, kind: Kind) -> pl.DataFrame:
    ref = pl.col("person_id") if kind.code == OM else record_ref(kind.entity)
    return new_components_of(model.records, model.standing, kind).select(
        pl.lit(kind.code).alias("kind"),
        pl.lit(kind.entity).alias("entity"),
        "person_id",
        ref.alias("component_ref"),
        *("company", *PLACE, "area", "team", "officer"),
    )


def _as_components(records: pl.DataFrame) -> pl.DataFrame:
    """Nothing is closed for them, and the record itself names the team."""
    nothing = pl.lit(None, pl.String)
    return records.with_columns(
        pl.lit(None, pl.Int64).alias("manager_id"),
        *(nothing.alias(name) for name in ("old_area", "old_team", "old_officer")),
        pl.lit(False).alias("goes_unallocated"),
        pl.col("component_ref").str.starts_with("spg:").alias("is_new"),
        pl.col("entity").alias("named_entity"),
        *(pl.col(place).alias(name) for place, name in NAMED.items()),
    )
