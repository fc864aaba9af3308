"""Rows of a delta that delete: what became of the rows of the target that the earlier row wrote."""

import polars as pl

from pipeline.stages.deltas import CHANGES, REPLACED
from pipeline.storage.batches import EDITED
from pipeline.storage.store import read_findings, read_frame
from pipeline.workspace import Workspace
from reconcile.proofs.continued import marked_rows
from reconcile.proofs.destinations import LIST_ONLY, UNPROVEN, WRITTEN
from reconcile.sources.evidence import Evidence
from validators.delta_rows import DELETED, KEY
from vocabulary.batch import CARRIED, SET_ASIDE

ROW = ["source_file", "source_row"]
OUTCOME, PLACE = "row_outcome", "found"


def deleted_rows(workspace: Workspace, evidence: Evidence) -> pl.DataFrame:
    """ROW, row_outcome, found of each row of the delta that deletes, but for those of T08, which stand among
    the others. None in a full cycle.

    found: written where every row that the earlier one wrote is marked as gone, list_only where it wrote
    none, blank of a row that is held.
    """
    schema = dict.fromkeys((*ROW, OUTCOME, PLACE), pl.String)
    if not workspace.is_delta:
        return pl.DataFrame(schema=schema)
    folder = workspace.stage_folder(evidence.company, "extract")
    own = read_frame(folder, CHANGES).filter("is_used", change=DELETED)
    held = (
        read_findings(workspace.stage_folder(evidence.company, EDITED))
        .select(*ROW, _held=pl.lit(True))
        .unique()
    )
    earlier = read_frame(folder, REPLACED).join(own, on=["export", "entity", KEY], suffix=".own")
    named = earlier.select(
        "export", *ROW, pl.col("source_file.own").alias("_file"), pl.col("source_row.own").alias("_row")
    )
    wrote = named.join(evidence.trail.rows, on=["export", *ROW], how="inner").select(
        "_file", "_row", "table", "key"
    )
    states = [pl.DataFrame(schema={"_file": pl.String, "_row": pl.String, "_is_gone": pl.Boolean})]
    for (table,), rows in wrote.group_by("table"):
        gone = marked_rows(str(table), evidence.country.changes, rows["key"])
        states.append(rows.select("_file", "_row", pl.col("key").is_in(gone.implode()).alias("_is_gone")))
    found = pl.concat(states).group_by("_file", "_row").agg(pl.col("_is_gone").all())
    placed = own.join(found, left_on=ROW, right_on=["_file", "_row"], how="left", maintain_order="left")
    is_gone, is_held = pl.col("_is_gone"), pl.col("_held").is_not_null()
    place = pl.when(is_gone.is_null()).then(pl.lit(LIST_ONLY)).when(is_gone).then(pl.lit(WRITTEN))
    return placed.join(held, on=ROW, how="left", maintain_order="left").select(
        *ROW,
        pl.when(is_held).then(pl.lit(SET_ASIDE)).otherwise(pl.lit(CARRIED)).alias(OUTCOME),
        pl.when(~is_held).then(place.otherwise(pl.lit(UNPROVEN))).alias(PLACE),
    )
