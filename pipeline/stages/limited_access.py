"""Limited access within plan: rows that nobody who comes may see any more are held (L02, L03)."""

import polars as pl

from mappings.case.context import CaseContext
from mappings.case.delivered_rows import at_named_place
from mappings.staff.limited_access import access_findings
from mappings.staff.new_officers import Staffed
from mappings.staff.restricted_persons import ENTITIES
from vocabulary.batch import CARRIED, SET_ASIDE, Batch
from vocabulary.findings import collect

ROW = ["source_file", "source_row"]


def access_rules(batch: Batch, baseline: Batch, staffed: Staffed) -> pl.DataFrame:
    """Findings of L02 and L03: known only when all companies have said who comes."""
    judged = CaseContext(batch, baseline, staffed=staffed).limited_access
    return collect([access_findings(at_named_place(rows), entity) for entity, rows in judged.items()])


def apply_blocks(batch: Batch, findings: pl.DataFrame) -> None:
    """Set the rows that L03 holds aside where the company delivered them."""
    held = findings.filter(pl.col("severity") == SET_ASIDE)
    for entity in ENTITIES:
        if (delivered := batch.cases(entity)) is None:
            continue
        rows = held.filter(pl.col("entity") == entity).select(*ROW, pl.lit(SET_ASIDE).alias("_held")).unique()
        frame = delivered.join(rows, on=ROW, how="left", maintain_order="left")
        is_held = (pl.col("row_outcome") == CARRIED) & pl.col("_held").is_not_null()
        batch.frames[str(batch.case_export)][entity] = frame.with_columns(
            pl.when(is_held).then("_held").otherwise("row_outcome").alias("row_outcome")
        ).drop("_held")
