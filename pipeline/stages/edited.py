"""Rows of nDelius that its users changed since a load: what a delta says of them is held (T14)."""

import polars as pl

from pipeline.stages.deltas import CHANGES, REPLACED, ROW
from pipeline.storage.batches import EDITED
from pipeline.storage.store import place_stage, read_frame, start_stage, write_frame
from pipeline.workspace import Workspace
from validators.delta_rows import KEY
from vocabulary.findings import collect, findings_of

RULE = "T14"


def keep_edited(workspace: Workspace, company: str, edited: pl.DataFrame) -> None:
    """Keep T14 of the source rows behind `edited` (target.edited.EDITED_SCHEMA), in the place of an earlier
    load's."""
    out = start_stage(workspace.stage_folder(company, EDITED))
    named = _of_delta(workspace, company, edited)
    found = [
        findings_of(rows.unique(ROW, maintain_order=True), RULE, str(entity))
        for (entity,), rows in named.group_by("entity", maintain_order=True)
    ]
    write_frame(out, "findings", collect(found))
    write_frame(out, EDITED, named.select("table", "key", "export", *ROW).unique(maintain_order=True))
    place_stage(out)


def edited_rows(workspace: Workspace, company: str) -> pl.DataFrame:
    """table, key, export, ROW of what users changed since, and which source row is held for it."""
    folder = workspace.stage_folder(company, EDITED)
    if not (folder / f"{EDITED}.parquet").exists():
        return pl.DataFrame(schema=dict.fromkeys(("table", "key", "export", *ROW), pl.String))
    return read_frame(folder, EDITED)


def _of_delta(workspace: Workspace, company: str, edited: pl.DataFrame) -> pl.DataFrame:
    """`edited` with company and entity; for an earlier row the row of the delta that replaces it."""
    folder = workspace.stage_folder(company, "extract")
    own = read_frame(folder, CHANGES).filter("is_used")
    new_place = [pl.col(f"{name}.new").alias(as_) for name, as_ in zip(ROW, ("_file", "_row"), strict=True)]
    earlier = read_frame(folder, REPLACED).join(own, on=["export", "entity", KEY], suffix=".new")
    earlier = earlier.select("export", *ROW, "entity", *new_place)
    itself = own.select(
        "export", *ROW, "entity", pl.col("source_file").alias("_file"), pl.col("source_row").alias("_row")
    )
    known = pl.concat([itself, earlier]).unique(["export", *ROW], keep="first")
    placed = edited.join(known, on=["export", *ROW], how="left", maintain_order="left")
    return placed.with_columns(
        pl.lit(company).alias("company"),
        pl.coalesce("_file", "source_file").alias("source_file"),
        pl.coalesce("_row", "source_row").alias("source_row"),
        pl.col("entity").fill_null("row"),
    ).unique(["table", "key", "export", *ROW], maintain_order=True)
