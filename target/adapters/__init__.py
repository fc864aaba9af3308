"""What is one database's own: a class for each, with what it can as data. All else asks the adapter."""

import sqlalchemy as sa

from target.adapters.base import Adapter, Types, mask_password
from target.adapters.oracle import Oracle
from target.adapters.postgresql import PostgreSQL
from target.adapters.sqlite import SQLite
from vocabulary.errors import TargetError

ADAPTERS: dict[str, Adapter] = {each.name: each for each in (SQLite(), PostgreSQL())}
"""Name of a database that can be loaded, as its URL begins, to its adapter."""

DATABASES: tuple[Types, ...] = (*ADAPTERS.values(), Oracle())
"""Every database that statements are made for."""


def adapter_of(database: sa.Connection | sa.Engine) -> Adapter:
    """The adapter of an open target."""
    return ADAPTERS[database.dialect.name]


def adapter_for(url: sa.URL) -> Adapter:
    """The adapter of the database that `url` names.

    Raises:
        TargetError: no such database can be written.
    """
    kind = url.get_backend_name()
    if kind not in ADAPTERS:
        raise TargetError(
            f"Target {mask_password(url)}: databases of kind {kind!r} cannot be written. "
            f"Supported: {', '.join(ADAPTERS)}."
        )
    return ADAPTERS[kind]
