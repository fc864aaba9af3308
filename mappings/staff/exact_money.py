"""Money and hours as whole numbers: what is divided is rounded once, half up, and exactly.

polars keeps the scale of the longer factor when it multiplies decimals, and rounds halves to even.
"""

import polars as pl

MONEY = pl.Decimal(20, 2)
HOURS = pl.Decimal(9, 3)
PENCE_IN_POUND, PARTS_IN_HOUR = 100, 1_000


def pence(pounds: pl.Expr) -> pl.Expr:
    """Pounds with two decimals as whole pence (Int64)."""
    return (pounds.cast(MONEY) * PENCE_IN_POUND).cast(pl.Int64)


def pounds(amount: pl.Expr) -> pl.Expr:
    """Whole pence as pounds with two decimals."""
    return (amount.cast(MONEY) / PENCE_IN_POUND).cast(MONEY)


def half_up(dividend: pl.Expr, divisor: pl.Expr) -> pl.Expr:
    """`dividend` / `divisor` rounded half up to a whole number; null where the divisor is not above zero."""
    return pl.when(divisor > 0).then((2 * dividend + divisor) // (2 * divisor))


def hour_parts() -> pl.Expr:
    """Contracted hours a week in thousandths: `weekly_hours`, else `fte` of `full_time_hours`.

    An FTE has two decimals and full-time hours have one, so a product has three.
    """
    tenths = (pl.col("weekly_hours") * 10).cast(pl.Int64)
    hundredths = (pl.col("fte") * 100).cast(pl.Int64)
    full_time = (pl.col("full_time_hours") * 10).cast(pl.Int64)
    return pl.coalesce(tenths * 100, hundredths * full_time)


def hours(parts: pl.Expr) -> pl.Expr:
    """Thousandths of an hour as hours with three decimals."""
    return (parts.cast(HOURS) / PARTS_IN_HOUR).cast(HOURS)
