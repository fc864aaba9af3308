"""The snapshot of the target before a cycle's first load: taken by load, used by reconcile and undo."""

import shutil
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from pipeline.workspace import Workspace
from reconcile.snapshot import Snapshot, take_snapshot
from target.bulk import read
from target.ledger import LEDGER
from target.tables import table
from vocabulary.errors import ConfigError

FOLDER = "snapshot"


def snapshot_folder(workspace: Workspace) -> Path:
    """Where the cycle's snapshot lies."""
    return workspace.root / "work" / workspace.cycle / FOLDER


def require_snapshot(workspace: Workspace, connection: sa.Connection) -> str:
    """The hash of the cycle's snapshot, taken now where nothing of the cycle is loaded yet.

    Raises: ConfigError: loads of this cycle stand in the target, and the snapshot they were loaded on is
        not here.
    """
    folder = snapshot_folder(workspace)
    loaded = read(connection, LEDGER, where=table(LEDGER).c["CYCLE"] == workspace.cycle)
    if loaded.is_empty():
        shutil.rmtree(folder, ignore_errors=True)
        return take_snapshot(connection, folder)
    held = Snapshot.open(folder)
    others = loaded.filter(pl.col("SNAPSHOT_HASH") != held.hash)["COMPANY"].to_list()
    if others:
        raise ConfigError(
            f"{folder} is not the snapshot on which {', '.join(others)} was loaded. Load from the workspace "
            "that loaded the cycle's first company, or undo those loads."
        )
    return held.hash
