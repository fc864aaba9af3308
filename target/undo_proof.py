"""Proof that an undo left nothing behind: what the load wrote is gone, what it changed is as it was."""

import json
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from target.bulk import read, read_rows
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.shape import key_column, naming_column
from target.tables import of_load

MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Trail:
    """What the target knows of a load before it is undone. `old`: table, id, column, value (text) before."""

    inserted: pl.DataFrame
    old: pl.DataFrame


def trail(connection: sa.Connection, company: str, cycle: str) -> Trail:
    """The trail of one load."""
    entries = read(connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID"], of_load(CROSSWALK, company, cycle))
    images = read(connection, BEFORE_IMAGE, where=of_load(BEFORE_IMAGE, company, cycle)).sort("CHANGE_NUMBER")
    old = [
        (name, number, column, value)
        for name, number, values in images.select("TABLE_NAME", "TARGET_ID", "OLD_VALUES").iter_rows()
        for column, value in json.loads(values).items()
    ]
    schema = {"table": pl.String, "id": pl.Int64, "column": pl.String, "value": pl.String}
    # Of several changes of one column the first image is the state before the load.
    first = pl.DataFrame(old, schema=schema, orient="row").unique(["table", "id", "column"], keep="first")
    return Trail(entries, first)


def left_over(connection: sa.Connection, before: Trail) -> list[str]:
    """What is not as it was before the load, a sentence each; empty when the undo is proved."""
    found = []
    claimed = read(connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID"]).unique()
    # A provisional code that another company's rows still need stays with them.
    gone = before.inserted.join(claimed, on=["TABLE_NAME", "TARGET_ID"], how="anti")
    for (name,), rows in gone.group_by("TABLE_NAME", maintain_order=True):
        still = read_rows(connection, str(name), naming_column(str(name)), rows["TARGET_ID"]).height
        if still:
            found.append(f"{name}: {still} rows of the load are still there.")
    for (name,), rows in before.old.group_by("table", maintain_order=True):
        changed = _changed(connection, str(name), rows)
        if changed:
            found.append(f"{name}: {changed} values are not as they were before the load.")
    return found


def _changed(connection: sa.Connection, name: str, old: pl.DataFrame) -> int:
    key = key_column(name)
    stored = read_rows(connection, name, key, old["id"])
    texts = stored.with_columns(pl.col(pl.Datetime).dt.strftime(MOMENT)).cast(pl.String)
    columns = old["column"].unique().to_list()
    now = texts.select(pl.col(key).cast(pl.Int64).alias("id"), *columns).unpivot(
        on=columns, index="id", variable_name="column", value_name="now"
    )
    pairs = old.join(now, on=["id", "column"], how="left")
    return pairs.filter(pl.col("value").ne_missing(pl.col("now"))).height
