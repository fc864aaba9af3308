"""Limits of unpaid work that rules and lists share (client's business rules)."""

import polars as pl

MAX_TRAVEL_MINUTES = 90
"""Each way from home (BR09)."""

MAX_TRAVEL_CREDIT = 60
"""Minutes each way under supervision (BR10)."""

ETE_SHARE = 5
"""20 per cent, one minute in five, of the minutes ordered may be education, training, employment (BR07)."""

FEMALE = "F"
"""Gender of who may be placed at a women-only project (U16)."""

TIMES = ("start_time", "end_time", "other_start", "other_end")
"""Begin and end of a session, and of the other one it is compared with."""


def overlap() -> pl.Expr:
    """Two sessions of one day have a minute in common; of one that lacks a time the day is enough (U20, U21).

    Looks at TIMES.
    """
    is_timeless = pl.any_horizontal(pl.col(name).is_null() for name in TIMES)
    return is_timeless | (
        (pl.col("start_time") < pl.col("other_end")) & (pl.col("other_start") < pl.col("end_time"))
    )
