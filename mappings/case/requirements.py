"""Requirements of nDelius, and those that only the company's own case system holds."""

import polars as pl

from mappings.case.component_kinds import kind
from mappings.case.live_records import new_components_of
from mappings.case.own_numbers import record_ref
from mappings.case.own_records import is_added, own_records
from mappings.case.person_components import REQUIREMENT
from vocabulary.batch import Batch

ROW = ["source_file", "source_row"]


def requirements(
    batch: Batch, baseline: Batch, components: pl.DataFrame, places: pl.DataFrame
) -> pl.DataFrame:
    """requirement_ref, person_id, event_ref, main_category (target code), start_date, is_live, is_new, and
    component_id, nDelius's key (Int64, null of what is new).

    Args:
        components: mappings.case.person_components. places: mappings.case.event_places.
    """
    known = components.filter(pl.col("kind") == REQUIREMENT).select(
        pl.col("component_id").cast(pl.String).alias("requirement_ref"),
        "person_id",
        pl.col("event_id").cast(pl.String).alias("event_ref"),
        *["main_category", "start_date", "is_live"],
        pl.lit(False).alias("is_new"),
        "component_id",
    )
    if not batch.has_own_system:
        return known
    records = own_records(batch)
    live = new_components_of(records, baseline.standing_frames(), kind(REQUIREMENT))
    added = records["requirement"].filter(is_added("requirement"))
    placed = added.join(
        places.select("local_event_ref", "event_ref"), on="local_event_ref", maintain_order="left"
    )
    marked = placed.join(live.select(*ROW, is_live=pl.lit(True)), on=ROW, how="left", maintain_order="left")
    new = marked.select(
        record_ref("requirement").alias("requirement_ref"),
        *["person_id", "event_ref", pl.col("main_category_target").alias("main_category"), "start_date"],
        pl.col("is_live").fill_null(False),
        pl.lit(True).alias("is_new"),
        pl.lit(None, pl.Int64).alias("component_id"),
    )
    return pl.concat([known, new])
