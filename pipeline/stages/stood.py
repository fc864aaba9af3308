"""What a target differed in before anything of a delta was written: its users have worked in it since the load.

Kept beside the snapshot, for every company that was loaded: the proofs of the delta tell what is new.
"""

import polars as pl

from pipeline.storage.snapshots import snapshot_folder
from pipeline.storage.store import read_frame, write_frame
from pipeline.workspace import Workspace

STOOD = "stood"


def keep_stood(workspace: Workspace, differences: pl.DataFrame) -> None:
    """Keep what the proofs of the cycle before found."""
    write_frame(snapshot_folder(workspace).parent, f"{workspace.cycle}-{STOOD}", differences)


def read_stood(workspace: Workspace) -> pl.DataFrame:
    """What was kept."""
    return read_frame(snapshot_folder(workspace).parent, f"{workspace.cycle}-{STOOD}")
