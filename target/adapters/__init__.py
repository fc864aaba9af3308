"""What is one database's own: a class for each, with what it can as data. All else asks the adapter."""

import sqlalchemy as sa

from target.adapters.base import Adapter, shown
from target.adapters.oracle import Oracle
from target.adapters.postgresql import PostgreSQL
from target.adapters.sqlite import SQLite
from vocabulary.errors import TargetError

ADAPTERS: dict[str, Adapter] = {each.name: each for each in (SQLite(), PostgreSQL(), Oracle())}
"""Name of the database, as a URL begins, to its adapter."""

WRITABLE = tuple(name for name, each in ADAPTERS.items() if each.is_written)
"""Databases that can be loaded; of the others only statements are made."""


def adapter_of(database: sa.Connection | sa.Engine) -> Adapter:
    """The adapter of an open target."""
    return ADAPTERS[database.dialect.name]


def adapter_for(url: sa.URL) -> Adapter:
    """The adapter of the database that `url` names.

    Raises:
        TargetError: no such database can be written.
    """
    kind = url.get_backend_name()
    if kind not in WRITABLE:
        raise TargetError(
            f"Target {shown(url)}: databases of kind {kind!r} cannot be written. "
            f"Supported: {', '.join(WRITABLE)}."
        )
    return ADAPTERS[kind]
