"""Minutes of every unpaid work order: as nDelius has them, and what carried rows add.

Source: exports/README, "Totals after the load"; upw.md for the sessions that the schedule adds.
"""

import polars as pl

from mappings.case.case_model import CaseModel


def minutes_of_orders(model: CaseModel, scheduled: pl.DataFrame) -> pl.DataFrame:
    """order_ref, credited, added, adjusted (minutes) of every order that a row speaks of.

    `credited` is the case system's, `added` the credit of sessions that only the schedule has.

    Args:
        scheduled: carried sessions of the schedule with the order_ref of their placement.
    """
    only_scheduled = scheduled.filter(pl.col("case_system_ref").is_null())
    parts = {
        "credited": _summed(model.sessions, pl.col("credited")),
        "added": _summed(only_scheduled, pl.col("credited")),
        "adjusted": _summed(model.adjustments, _signed()),
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


def _signed() -> pl.Expr:
    return pl.col("amount") * pl.when(pl.col("direction") == "NEGATIVE").then(-1).otherwise(1)
