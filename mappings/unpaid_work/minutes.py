"""Minutes of every unpaid work order, as carried rows add up to them.

Source: exports/README, "Totals after the load"; upw.md for the sessions that the schedule adds.
"""

import polars as pl

from mappings.schedule import placements_with_orders
from mappings.spg_components import record_ref
from vocabulary.batch import CARRIED, Batch

MINUTES = {"order_ref": pl.String, "minutes": pl.Int64}


def with_order(batch: Batch, entity: str) -> pl.DataFrame:
    """All rows of upw_order, upw_session or upw_adjustment of the case system, with their `order_ref`."""
    if not batch.has("spg"):
        rows = batch.all("delius", entity)
        return rows.with_columns(pl.col("upw_order_id").cast(pl.String).alias("order_ref"))
    orders = batch.all("spg", "upw_order").select(
        "local_event_ref", record_ref("upw_order").alias("order_ref")
    )
    return batch.all("spg", entity).join(
        orders.unique("local_event_ref", keep="first"),
        on="local_event_ref",
        how="left",
        maintain_order="left",
    )


def minutes_of_orders(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """order_ref, ordered, credited, added, adjusted (minutes) of every order that a carried row speaks of.

    `credited` is the case system's, `added` the credit of sessions that only the schedule has.

    Args:
        orders: every order (mappings.planning.all_orders); placements find theirs in it.
    """
    parts = {
        "ordered": _carried(batch, "upw_order", pl.col("ordered")),
        "credited": _carried(batch, "upw_session", pl.col("credited")),
        "added": _added(batch, orders),
        "adjusted": _carried(batch, "upw_adjustment", _signed()),
    }
    rows = [part.with_columns(pl.lit(name).alias("part")) for name, part in parts.items()]
    of_part = {name: pl.col("minutes").filter(pl.col("part") == name).sum().alias(name) for name in parts}
    return (
        pl.concat(rows)
        .drop_nulls("order_ref")
        .group_by("order_ref", maintain_order=True)
        .agg(*of_part.values())
    )


def outstanding() -> pl.Expr:
    """Minutes still to work, never below zero."""
    left = pl.col("ordered") - pl.col("credited") - pl.col("added") - pl.col("adjusted")
    return left.clip(lower_bound=0)


def _carried(batch: Batch, entity: str, minutes: pl.Expr) -> pl.DataFrame:
    rows = with_order(batch, entity).filter(pl.col("row_outcome") == CARRIED)
    return rows.select("order_ref", minutes.cast(pl.Int64).fill_null(0).alias("minutes"))


def _added(batch: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    if not batch.has("upw"):
        return pl.DataFrame(schema=MINUTES)
    placed = placements_with_orders(batch, orders).select("placement_ref", "order_ref")
    sessions = batch.carried("upw", "upw_session").filter(pl.col("case_system_ref").is_null())
    return sessions.join(placed, on="placement_ref", how="inner").select(
        "order_ref", pl.col("credited").cast(pl.Int64).fill_null(0).alias("minutes")
    )


def _signed() -> pl.Expr:
    return pl.col("amount") * pl.when(pl.col("direction") == "NEGATIVE").then(-1).otherwise(1)
