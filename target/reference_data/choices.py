"""The codes that a list of the target offers as an answer: those it holds, but none that itself waits."""

import polars as pl
import sqlalchemy as sa

from target.bulk import read
from target.ledger import CROSSWALK
from target.reference_data.rows import SAMPLE
from target.reference_data.sets import sample_codes
from target.resolve import Resolver
from target.schema.record import record, reference_list
from target.schema.shape import naming_column
from target.schema.tables import table

CHOICE_SCHEMA = {"code": pl.String, "description": pl.String}


def choices_held(connection: sa.Connection, list_name: str) -> pl.DataFrame:
    """CHOICE_SCHEMA of the list in a database, by code; without the rows made for codes that wait.

    Not every list has a description that would say so: the crosswalk knows which rows those are.
    """
    where = reference_list(list_name)
    claims = read(connection, CROSSWALK, ["TARGET_ID"], table(CROSSWALK).c["TABLE_NAME"] == where.table)
    is_claimed = pl.col("id").cast(pl.String).is_in(claims["TARGET_ID"].cast(pl.String).implode())
    held = Resolver(connection).codes(list_name).filter(~is_claimed)
    return _plain(held.join(_descriptions(connection, list_name), on="id", how="left"))


def _descriptions(connection: sa.Connection, list_name: str) -> pl.DataFrame:
    """id, description; none where the table has no such column."""
    where = reference_list(list_name)
    column = next((fill.column for fill in record(where.table) if fill.source == "description"), None)
    if column is None:
        return Resolver(connection).codes(list_name).select("id", pl.lit("").alias("description"))
    found = read(connection, where.table, [naming_column(where.table), column])
    return found.select(pl.nth(0).alias("id"), pl.nth(1).alias("description")).unique("id", keep="first")


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
        found.select("code", "description")
        .cast(pl.String)
        .with_columns(pl.col("description").str.strip_suffix(SAMPLE))
        .unique("code", keep="first", maintain_order=True)
        .sort("code")
    )
