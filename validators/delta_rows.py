"""T08: what a row of a delta says it is, against the keys that the deliveries before it hold."""

import polars as pl

ADDED, CHANGED, DELETED = "A", "C", "D"
CHANGE, KEY = "change", "key"
"""Columns of a delta's row: what it says it is; its own key as text."""


def plain_key(key: pl.Expr) -> pl.Expr:
    """A key as the deliveries before may have written it: without blanks around it, a whole number without
    the `.0` of a workbook; null where it is blank."""
    text = key.cast(pl.String).str.strip_chars()
    return text.str.replace(r"^(\d+)\.0+$", "$1").replace("", None)


def wrong_changes(rows: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    """Those of `rows` that fail T08; `known` are the keys that the accepted deliveries before hold.

    A key that comes twice in one delta says two things of one row, and nobody knows in which order.
    """
    is_known = pl.col(KEY).is_in(known.drop_nulls().unique().implode()).fill_null(False)
    is_right = (
        pl.when(pl.col(CHANGE) == ADDED)
        .then(~is_known)
        .when(pl.col(CHANGE).is_in([CHANGED, DELETED]))
        .then(is_known)
        .otherwise(False)
    )
    is_twice = pl.col(KEY).is_not_null() & pl.col(KEY).is_duplicated()
    return rows.filter(~is_right | is_twice)
