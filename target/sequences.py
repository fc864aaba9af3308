"""Where new ids come from: each table's own sequence, as nDelius takes them; where a database has none, the
numbers above the highest.

A sequence is named after the key (an assumption: no list of nDelius's is public), and is never set back: an
undo leaves it, since what was given once may stand in somebody's letter.
"""

from collections.abc import Iterable
from functools import cache

import polars as pl
import sqlalchemy as sa

from target.adapters import adapter_of
from target.bulk import highest
from target.schema.record import filled_tables, record
from target.schema.shape import primary_key
from target.schema.tables import LONGEST_NAME

_ENDING = "_SEQ"


@cache
def sequences() -> dict[str, str]:
    """Table to the sequence of its key, for every table whose rows get a number of their own."""
    keys = {
        name: fill.column
        for name in filled_tables()
        for fill in record(name)
        if fill.fill == "key" and primary_key(name) == (fill.column,)
    }
    return {name: key[: LONGEST_NAME - len(_ENDING)] + _ENDING for name, key in keys.items()}


def new_ids(connection: sa.Connection, name: str, key: str, count: int, above: int = 0) -> pl.Series:
    """`count` ids of table `name`, ascending and higher than any of its `key` and than `above`."""
    if not count:
        return pl.Series([], dtype=pl.Int64)
    top = max(highest(connection, name, key), above)
    if name not in sequences():
        return pl.int_range(top + 1, top + 1 + count, eager=True)
    return pl.Series(
        adapter_of(connection).take_ids(connection, sequences()[name], count, top), dtype=pl.Int64
    )


def raise_sequences(connection: sa.Connection, tables: Iterable[str]) -> None:
    """The next id of each of `tables` is above the highest, or the next insert of nDelius collides."""
    for name in tables:
        if name in sequences():
            top = highest(connection, name, primary_key(name)[0])
            adapter_of(connection).raise_sequence(connection, sequences()[name], top)
