"""Every row of the target in a fixed order: how a test proves that two states are equal."""

from typing import Any

import polars as pl
import sqlalchemy as sa

from target.bulk import read
from target.ledger import OWN_TABLES
from target.schema.shape import table_names


def dump(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Table to its rows, ordered by all columns; our own tables too. Equal states give equal dumps."""
    return {name: _rows(read(connection, name)) for name in (*table_names(), *OWN_TABLES)}


def _rows(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return frame.sort(pl.all()).rows()
