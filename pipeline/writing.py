"""Who writes in a workspace: one process at a time. Those who only read are never kept waiting."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.storage.store import clear_leftovers
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError
from vocabulary.lock_file import LockedError, hold

LOCK = "lock.json"
"""Beside `work/`, which may be thrown away at any time."""

OURS = ("work", "snapshots", "reports", "decisions")
"""Folders that only the program fills: nobody but their owner looks into them."""

TARGETS = "*.db"
"""SQLite targets that lie in the workspace."""

OTHERS = 0o077
"""What anybody but the owner may do."""


@contextmanager
def writing(workspace: Workspace, command: str) -> Iterator[str]:
    """Within it `command` alone writes in `workspace`; processes that it starts write under the same lock.

    Gives a sentence about an earlier one that was ended half-way, blank where none was. What such a one left
    unfinished is cleared away.

    Raises:
        ConfigError: another process writes there (who, since when), or the file system has no locks.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    try:
        with hold(workspace.root / LOCK, f"Workspace {workspace.root.resolve()}", command) as left:
            _close_to_others(workspace.root)
            clear_leftovers((workspace.root / "work").glob("*/*/"))
            yield left
    except LockedError as error:
        raise ConfigError(str(error)) from None


def _close_to_others(root: Path) -> None:
    """Folders and targets that an earlier version made for everybody; a closed folder hides its files."""
    folders = (Path(folder) for name in OURS for folder, _, _ in os.walk(root / name))
    for place in (*folders, *root.glob(TARGETS)):
        mode = place.stat().st_mode
        if mode & OTHERS:
            place.chmod(mode & ~OTHERS)
