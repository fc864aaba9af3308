"""Minutes of every unpaid work order: as nDelius has them, and what carried rows add.

Source: exports/README, "Totals after the load"; upw.md for the sessions that the schedule adds.
"""

import polars as pl

from mappings.case.own_numbers import record_ref
from mappings.writes.new_cases import is_unacknowledged
from mappings.writes.schedule import placements_with_orders
from vocabulary.batch import Batch

MINUTES = {"order_ref": pl.String, "minutes": pl.Int64}


def with_order(batch: Batch, baseline: Batch, entity: str, words: list[str]) -> pl.DataFrame:
    """order_ref and `words` of every upw_session or upw_adjustment that nDelius has, or that the company's
    own case system adds."""
    known = baseline.carried("delius", entity).select(
        pl.col("upw_order_id").cast(pl.String).alias("order_ref"), *words
    )
    if not batch.has("spg"):
        return known
    orders = batch.carried("spg", "upw_order").select(
        "local_event_ref", record_ref("upw_order").alias("order_ref")
    )
    added = batch.carried("spg", entity).filter(is_unacknowledged(entity)).join(
        orders.unique("local_event_ref", keep="first"),
        on="local_event_ref",
        how="left",
        maintain_order="left",
    )  # fmt: skip
    return pl.concat([known, added.select("order_ref", *words)])


def minutes_of_orders(batch: Batch, baseline: Batch, orders: pl.DataFrame) -> pl.DataFrame:
    """order_ref, credited, added, adjusted (minutes) of every order that a row speaks of.

    `credited` is the case system's, `added` the credit of sessions that only the schedule has.

    Args:
        orders: every order (mappings.case.orders.all_orders); placements find theirs in it.
    """
    parts = {
        "credited": _summed(with_order(batch, baseline, "upw_session", ["credited"]), pl.col("credited")),
        "added": _added(batch, orders),
        "adjusted": _summed(
            with_order(batch, baseline, "upw_adjustment", ["amount", "direction"]), _signed()
        ),
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


def _summed(rows: pl.DataFrame, minutes: pl.Expr) -> pl.DataFrame:
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
