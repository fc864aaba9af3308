"""Does every component that moves end with one active manager, in its region, officer in the team? (K01)

Read back from the manager tables by component, not from the rows that load wrote.
"""

from collections.abc import Mapping

import polars as pl
import sqlalchemy as sa

from target.bulk import read, read_rows
from target.record import Fill, record

AREA, TEAM, OFFICER = "area", "team", "officer"


def settled_components(
    connection: sa.Connection,
    moving: pl.DataFrame,
    tables: Mapping[str, tuple[str, str]],
    numbers: pl.DataFrame,
) -> pl.DataFrame:
    """`moving` with `is_settled`.

    Args:
        moving: kind, component_ref, region.
        tables: per kind its manager table and the word that names the component there.
        numbers: kind, component_ref, component_id: the target's ids of all components.
    """
    members = _members(connection)
    found = []
    for (kind,), rows in moving.join(numbers, on=["kind", "component_ref"], how="left").group_by("kind"):
        table, word = tables[str(kind)]
        found.append(_settled(connection, rows, table, word, members))
    if not found:
        return moving.with_columns(pl.lit(True).alias("is_settled"))
    settled = pl.concat(found).filter("is_settled").select("kind", "component_ref", "is_settled").unique()
    return moving.join(settled, on=["kind", "component_ref"], how="left", maintain_order="left").with_columns(
        pl.col("is_settled").fill_null(False)
    )


def _settled(
    connection: sa.Connection, rows: pl.DataFrame, table: str, word: str, members: pl.DataFrame
) -> pl.DataFrame:
    component = _fill(table, word).column
    stored = read_rows(connection, table, component, rows["component_id"].drop_nulls())
    active = stored.filter(
        (pl.col("ACTIVE_FLAG") == 1) & pl.col("END_DATE").is_null() & (pl.col("SOFT_DELETED") == 0)
    )
    placed = active.select(
        pl.col(component).alias("component_id"),
        pl.col(_fill(table, AREA).column).alias("area_id"),
        pl.col(_fill(table, TEAM).column).alias("team_id"),
        pl.col(_fill(table, OFFICER).column).alias("staff_id"),
    ).with_columns(pl.len().over("component_id").alias("managers"))
    judged = rows.join(placed, on="component_id", how="left").join(
        members, on=["team_id", "staff_id"], how="left"
    )
    return judged.with_columns(
        (
            (pl.col("managers") == 1)
            & (pl.col("member_area") == pl.col("region"))
            & (pl.col("area_id") == pl.col("member_area_id"))
        )
        .fill_null(False)
        .alias("is_settled")
    )


def _members(connection: sa.Connection) -> pl.DataFrame:
    """team_id, staff_id, member_area_id, member_area (code) of every officer in a team."""
    areas = read(connection, "PROBATION_AREA", ["PROBATION_AREA_ID", "CODE"]).rename(
        {"PROBATION_AREA_ID": "member_area_id", "CODE": "member_area"}
    )
    teams = read(connection, "TEAM", ["TEAM_ID", "PROBATION_AREA_ID"]).rename(
        {"TEAM_ID": "team_id", "PROBATION_AREA_ID": "member_area_id"}
    )
    return (
        read(connection, "STAFF_TEAM", ["STAFF_ID", "TEAM_ID"])
        .rename({"STAFF_ID": "staff_id", "TEAM_ID": "team_id"})
        .join(teams, on="team_id")
        .join(areas, on="member_area_id")
        .unique(["team_id", "staff_id"])
    )


def _fill(table: str, word: str) -> Fill:
    """The column that holds `word` as an id."""
    return next(fill for fill in record(table) if fill.word == word and fill.fill in ("code", "ref"))


def component_numbers(
    moving: pl.DataFrame, tables: Mapping[str, str], crosswalk: pl.DataFrame
) -> pl.DataFrame:
    """kind, component_ref, component_id: the reference itself in digits, else by the crosswalk.

    `tables`: per kind the component's own table.
    """
    by_table = crosswalk.select(
        pl.col("TABLE_NAME").alias("table"),
        pl.col("NATURAL_KEY").alias("component_ref"),
        pl.col("TARGET_ID").alias("_new"),
    )
    numbered = moving.select("kind", "component_ref").with_columns(
        pl.col("kind").replace_strict(dict(tables), return_dtype=pl.String).alias("table")
    )
    return numbered.join(by_table, on=["table", "component_ref"], how="left", maintain_order="left").select(
        "kind",
        "component_ref",
        pl.coalesce("_new", pl.col("component_ref").cast(pl.Int64, strict=False)).alias("component_id"),
    )
