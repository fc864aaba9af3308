"""A copy of the target to damage: beside the SQLite file or on the PostgreSQL server. It goes again."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from target.adapters import adapter_of
from target.database import connect

_MARK = "selftest"


@contextmanager
def copy_of(url: str) -> Iterator[sa.Engine]:
    """An engine for a copy of the target at `url`, which is read only. The copy goes whatever happens.

    Raises:
        TargetError: the target is not there, or the database forbids to copy it.
    """
    engine = connect(url)
    try:
        with adapter_of(engine).copy_database(engine, _MARK) as address:
            copy = connect(address.render_as_string(hide_password=False))
            try:
                yield copy
            finally:
                copy.dispose()
    finally:
        engine.dispose()
