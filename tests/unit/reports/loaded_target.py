"""A small target that a plan was loaded into: what reports read back. Gone after each test."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from target.database import connect, transaction
from target.load import load

sys.path.append(str(Path(__file__).parents[1] / "target"))

from small_plan import PLAN
from small_target import fill


def build(folder: Path) -> Path:
    """A SQLite file with the small baseline and C06's plan."""
    path = folder / "target.db"
    engine = connect(f"sqlite:///{path}")
    fill(engine)
    with transaction(engine) as connection:
        load(connection, PLAN, "first")
    engine.dispose()
    return path


@contextmanager
def opened(path: Path, folder: Path, *statements: str) -> Iterator[sa.Connection]:
    """A copy of `path`, after these statements; nothing is kept."""
    shutil.copy(path, folder / "copy.db")
    with transaction(connect(f"sqlite:///{folder}/copy.db"), dry_run=True) as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            connection.exec_driver_sql(statement)
        yield connection
