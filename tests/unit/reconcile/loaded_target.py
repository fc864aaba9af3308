"""The small target with one company's load, and the snapshot that was taken before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from reconcile.target.snapshot import Snapshot, take_snapshot
from target.database import transaction
from target.load import load
from target.plan import Plan
from tests.unit.target.small_plan import PLAN

NEW_PERSON = "(SELECT TARGET_ID FROM DAY1_CROSSWALK WHERE TABLE_NAME = 'OFFENDER')"
"""The person that the load made, in SQL."""


@contextmanager
def loaded(engine: sa.Engine, folder: Path, *plans: Plan) -> Iterator[tuple[sa.Connection, Snapshot]]:
    """A connection that sees the load of each of `plans`, or of the small plan; rolled back in the end."""
    with transaction(engine, dry_run=True) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        digest = take_snapshot(connection, folder)
        for plan in plans or (PLAN,):
            load(connection, plan, "one", snapshot_hash=digest)
        yield connection, Snapshot.open(folder)


def do(connection: sa.Connection, *statements: str) -> None:
    """Runs each of `statements`."""
    for statement in statements:
        connection.exec_driver_sql(statement)
