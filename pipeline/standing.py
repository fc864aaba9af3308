"""What a workspace's target is and holds now. To ask makes nothing, of SQLite no empty file either."""

from pathlib import Path

import sqlalchemy as sa

from pipeline.workspace import Workspace
from target.create import is_empty
from target.database import connect, transaction
from target.holding import Holding, read_holding

SQLITE = "sqlite:///"
"""How the address of a SQLite file begins."""


def standing_target(workspace: Workspace) -> sa.Engine | None:
    """The target when it has its tables; else None."""
    if is_missing_file(workspace.target_url):
        return None
    engine = connect(workspace.target_url)
    return None if is_empty(engine) else engine


def standing_holding(workspace: Workspace) -> Holding | None:
    """What the target holds; None where there is none."""
    engine = standing_target(workspace)
    if engine is None:
        return None
    with transaction(engine) as connection:
        return read_holding(connection)


def is_missing_file(url: str) -> bool:
    """True where a SQLite file would have to be made first."""
    return url.startswith(SQLITE) and not sqlite_file(url).exists()


def sqlite_file(url: str) -> Path:
    """The file of an address that begins with SQLITE."""
    return Path(url.removeprefix(SQLITE))
