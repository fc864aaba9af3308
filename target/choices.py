"""The codes that a list of the target offers as an answer: those it holds, but none that itself waits."""

import polars as pl
import sqlalchemy as sa

from target.bulk import read
from target.ledger import CROSSWALK
from target.record import record, reference_list
from target.reference_sets import sample_codes
from target.references import SAMPLE
from target.resolve import Resolver
from target.shape import key_column
from target.tables import table

CHOICE_SCHEMA = {"code": pl.String, "description": pl.String}


def choices_held(connection: sa.Connection, list_name: str) -> pl.DataFrame:
    """CHOICE_SCHEMA of the list in a database, by code; without the rows made for codes that wait.

    Not every list has a description that would say so: the crosswalk knows which rows those are.
    """
    where = reference_list(list_name)
    key = key_column(where.table)
    described = next((fill.column for fill in record(where.table) if fill.source == "description"), None)
    condition = None
    if where.code_set is not None:
        set_id = Resolver(connection).code_set_id(where.code_set)
        condition = table(where.table).c["REFERENCE_DATA_MASTER_ID"] == set_id
    found = read(connection, where.table, [key, where.code_column, described or where.code_column], condition)
    claims = read(connection, CROSSWALK, ["TARGET_ID"], table(CROSSWALK).c["TABLE_NAME"] == where.table)
    held = found.filter(~pl.nth(0).is_in(claims["TARGET_ID"].implode()))
    return _plain(held.select(pl.nth(1).alias("code"), pl.nth(-1).alias("description")))


def choices_of_sample(list_name: str, codes: pl.DataFrame) -> pl.DataFrame:
    """CHOICE_SCHEMA of the list in a target that is still to be made; `codes` as for fill_references."""
    found = sample_codes(codes).get(reference_list(list_name).name)
    return (
        _plain(found.select("code", "description"))
        if found is not None
        else pl.DataFrame(schema=CHOICE_SCHEMA)
    )


def _plain(found: pl.DataFrame) -> pl.DataFrame:
    return (
        found.cast(pl.String)
        .with_columns(pl.col("description").str.strip_suffix(SAMPLE))
        .unique("code", keep="first", maintain_order=True)
        .sort("code")
    )
