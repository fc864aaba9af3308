"""What a target differed in before anything of a delta was written: its users have worked in it.

Kept beside the snapshot, for every company that was loaded: the proofs of the delta tell what is new.
"""

import polars as pl

from pipeline.storage.snapshots import snapshot_folder
from pipeline.storage.store import read_frame, write_frame
from pipeline.workspace import Workspace

DIFFERENCES, TOTALS = "stood", "stood-totals"


def keep_stood(workspace: Workspace, differences: pl.DataFrame, totals: pl.DataFrame) -> None:
    """Keep what the proofs of the cycle before found. `totals`: company, reconcile.figures.totals.SCHEMA."""
    for name, frame in ((DIFFERENCES, differences), (TOTALS, totals)):
        write_frame(snapshot_folder(workspace).parent, f"{workspace.cycle}-{name}", frame)


def read_stood(workspace: Workspace, name: str = DIFFERENCES) -> pl.DataFrame:
    """What was kept: DIFFERENCES, or TOTALS."""
    return read_frame(snapshot_folder(workspace).parent, f"{workspace.cycle}-{name}")
