"""The snapshot of the target before a cycle's first load: taken by load, used by reconcile and undo."""

import shutil
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from pipeline.workspace import Workspace
from reconcile.target.snapshot import Snapshot, take_snapshot
from target.bulk import read
from target.ledger import LEDGER
from target.schema.tables import table
from vocabulary.errors import ConfigError

FOLDER = "snapshots"


def snapshot_folder(workspace: Workspace) -> Path:
    """Where the cycle's snapshot lies: not under `work/`, which may be thrown away and made again."""
    return workspace.root / FOLDER / workspace.cycle


def require_snapshot(workspace: Workspace, connection: sa.Connection) -> str:
    """The hash of the cycle's snapshot, taken now where nothing of the cycle is loaded yet.

    Raises: ConfigError: loads of this cycle stand in the target, and the snapshot they were loaded on is
        not here.
    """
    folder, loaded = snapshot_folder(workspace), _loads(workspace, connection)
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


def is_unloaded(workspace: Workspace, connection: sa.Connection) -> bool:
    """True while nothing of the cycle is loaded."""
    return _loads(workspace, connection).is_empty()


def snapshot_for_dry_run(workspace: Workspace, connection: sa.Connection, scratch: Path) -> tuple[str, Path]:
    """Hash and place of the snapshot that a dry run is compared with: the cycle's own where some of it is
    loaded, since those rows are no part of the target before it; else one taken now, in `scratch`.

    Raises: ConfigError: as require_snapshot.
    """
    if _loads(workspace, connection).is_empty():
        return take_snapshot(connection, scratch), scratch
    return require_snapshot(workspace, connection), snapshot_folder(workspace)


def _loads(workspace: Workspace, connection: sa.Connection) -> pl.DataFrame:
    """The ledger's entries of the cycle."""
    return read(connection, LEDGER, where=table(LEDGER).c["CYCLE"] == workspace.cycle)
