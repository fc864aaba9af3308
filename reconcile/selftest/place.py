"""One column of one row, and what the database stores there."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from target.adapters import adapter_of
from target.schema.tables import table


class UnfitError(Exception):
    """The row does not lend itself to this damage: the next one is tried."""


@dataclass(frozen=True)
class Place:
    """One column of one row. `row` holds what is stored; `first`: what the first damaged column becomes."""

    connection: sa.Connection
    table: str
    column: str
    row: Mapping[str, Any]
    first: Any = None

    @property
    def filled(self) -> Any:
        """The value that stands there."""
        value = self.row[self.column]
        if value is None:
            raise UnfitError
        return value

    def smallest(self, column: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> Any:
        """The smallest value of `column` of another row that the conditions hold for."""
        wanted = sa.select(sa.func.min(column)).where(column != self.filled, *conditions)
        found = self.connection.execute(wanted).scalar()
        if found is None:
            raise UnfitError
        return found


def stored(place: Place, text: str) -> Any:
    """`text` as the database stores it in the column."""
    kind = table(place.table).c[place.column].type
    if isinstance(kind, sa.DateTime) and not adapter_of(place.connection).keeps_moments_as_text:
        return dt.datetime.fromisoformat(text)
    if isinstance(kind, sa.BigInteger):
        return int(text)
    return Decimal(text) if isinstance(kind, sa.Numeric) else text
