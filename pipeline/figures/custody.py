"""Whose release or end of supervision in the first four weeks waits for a practitioner."""

import polars as pl

from lists.custody import custody_cases, unattended
from lists.sources import list_sources
from pipeline.stages.plan import PLAN
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.data import Unattended
from vocabulary.batch import Batch


def unattended_cases(workspace: Workspace, batch: Batch, baseline: Batch) -> tuple[Unattended, ...]:
    """One line per person and event, by day."""
    moving = read_frame(workspace.stage_folder(batch.company, PLAN), "moving")
    found = unattended(custody_cases(list_sources(batch, baseline, moving)))
    shown = found.select(
        "region", pl.col("pdu").fill_null(""), "team", "person_id", "event", pl.col("day").cast(pl.String)
    )
    return tuple(Unattended(*row) for row in shown.sort("day", "person_id").iter_rows())
