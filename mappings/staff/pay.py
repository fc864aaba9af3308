"""Pay from Day 1: the 37-hour equivalent, its point of the grade's band, and protection (BR17 to BR19).

The pay points and bands are sample figures; no credit is given for past service (staff_functions.md).
"""

import datetime as dt
from functools import cache

import polars as pl

from mappings.staff.assignment import TRANSFERRING
from mappings.staff.exact_money import MONEY, PARTS_IN_HOUR, half_up, hour_parts, hours, pence, pounds
from vocabulary.findings import findings_of
from vocabulary.resources import text_table

FULL_WEEK = 37
"""Hours a week for which the pay points are stated (BR18)."""

PROTECTED_UNTIL = dt.date(2024, 6, 26)
"""Pay above the top point is protected for three years from Day 1 (BR19)."""

_FULL_WEEK_PARTS = FULL_WEEK * PARTS_IN_HOUR


@cache
def pay_points() -> pl.DataFrame:
    """band, new_point, point_pence: pence a year at 37 hours, lowest first."""
    return (
        text_table("mappings", "staff", "pay_points.csv")
        .select(
            "band",
            pl.col("pay_point").alias("new_point"),
            pence(pl.col("annual_37_hours").cast(MONEY)).alias("point_pence"),
        )
        .sort("point_pence")
    )


@cache
def bands() -> pl.DataFrame:
    """grade, band."""
    return text_table("mappings", "staff", "pay_bands_by_grade.csv").select("grade", "band")


def with_pay(assigned: pl.DataFrame) -> pl.DataFrame:
    """Add what is paid from Day 1; rows that do not come, or whose hours are not above zero, have none.

    Adds `contracted_hours`; at 37 hours a year `fte_salary`, `band`, `new_point`, `point_salary`,
    `protected_37_hours`, `protected_until`; and for the hours worked `new_salary`, `protected_pay` (what
    `salary` is above it) and `uplift` (what the next point adds to `salary`). All in pounds, half up to
    pence. `salary` + `uplift` = `new_salary` + `protected_pay`.
    """
    numbered = assigned.with_row_index("_row").with_columns(hour_parts().alias("_hours"))
    priced = _at_points(_equivalents(numbered))
    paid = numbered.join(priced, on="_row", how="left", maintain_order="left")
    return (
        paid.with_columns(
            half_up(pl.col("_point") * pl.col("_hours"), pl.lit(_FULL_WEEK_PARTS)).alias("_new")
        )
        .with_columns(_surplus().alias("_surplus"))
        .with_columns(*_amounts())
        .drop("_row", "_hours", "_equivalent", "_point", "_new", "_surplus", "is_above_top")
    )


def pay_findings(paid: pl.DataFrame) -> pl.DataFrame:
    """S12: one per employee whose pay is above the top point of the band."""
    return findings_of(paid.filter(pl.col("protected_until").is_not_null()), "S12", "employee", "salary")


def _equivalents(numbered: pl.DataFrame) -> pl.DataFrame:
    """_row, band, _equivalent (pence a year at 37 hours) of those who come and can be paid."""
    coming = numbered.filter(pl.col("outcome").is_in(TRANSFERRING))
    equivalent = half_up(pence(pl.col("salary")) * _FULL_WEEK_PARTS, pl.col("_hours"))
    return (
        coming.join(bands(), on="grade", how="inner", maintain_order="left")
        .select("_row", "band", equivalent.alias("_equivalent"))
        .drop_nulls("_equivalent")
    )


def _at_points(equivalents: pl.DataFrame) -> pl.DataFrame:
    """With `new_point, _point`: the lowest not below; above the top point that one, and `is_above_top`."""
    tops = pay_points().group_by("band").agg(pl.last("new_point", "point_pence").name.prefix("top_"))
    next_points = equivalents.sort("_equivalent").join_asof(
        pay_points(),
        left_on="_equivalent",
        right_on="point_pence",
        by="band",
        strategy="forward",
        check_sortedness=False,  # both sides are sorted just above; polars cannot tell with `by`
    )
    return next_points.join(tops, on="band", how="left").select(
        "_row",
        "band",
        "_equivalent",
        pl.coalesce("new_point", "top_new_point").alias("new_point"),
        pl.coalesce("point_pence", "top_point_pence").alias("_point"),
        pl.col("point_pence").is_null().alias("is_above_top"),
    )


def _surplus() -> pl.Expr:
    """Pence a year that the new salary is above the old one; below it only above the top point."""
    return pl.col("_new") - pence(pl.col("salary"))


def _amounts() -> list[pl.Expr]:
    is_above = pl.col("is_above_top")
    nothing = pl.lit(0, pl.Int64)
    return [
        hours(pl.col("_hours")).alias("contracted_hours"),
        pounds(pl.col("_equivalent")).alias("fte_salary"),
        pounds(pl.col("_point")).alias("point_salary"),
        pounds(pl.when(is_above).then(pl.col("_equivalent") - pl.col("_point")).otherwise(nothing)).alias(
            "protected_37_hours"
        ),
        pl.when(is_above).then(pl.lit(PROTECTED_UNTIL)).alias("protected_until"),
        pounds(pl.col("_new")).alias("new_salary"),
        pounds(pl.when(is_above).then(-pl.col("_surplus")).otherwise(nothing)).alias("protected_pay"),
        pounds(pl.when(is_above).then(nothing).otherwise("_surplus")).alias("uplift"),
    ]
