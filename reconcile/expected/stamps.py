"""What nDelius sets itself whenever a row changes: version, user and moment (target.md, section 4)."""

import polars as pl

from target.schema.shape import columns
from vocabulary import calendar

DAY_1 = f"{calendar.DAY_1} 00:00:00"
"""The moment of every change of Day 1, as the target's rows are read."""

MIGRATION_USER = "1"
VERSION = "ROW_VERSION"
SIGNED = {"LAST_UPDATED_USER_ID": MIGRATION_USER, "LAST_UPDATED_DATETIME": DAY_1}
"""Column to its value in every row that Day 1 changed."""


def has_version(table: str) -> bool:
    """True when rows of `table` count their changes."""
    return VERSION in columns(table)


def is_signed(table: str) -> pl.Expr:
    """True of a row that names the migration as its last change, as far as `table` has the columns."""
    own = [pl.col(name).eq_missing(value) for name, value in SIGNED.items() if name in columns(table)]
    return pl.all_horizontal(pl.lit(True), *own)


def is_stamp() -> pl.Expr:
    """True of a changed field (column, before, after) that is the stamp of a change of Day 1: one version
    more, the migration's user, Day 1."""
    whole = [pl.col(name).cast(pl.Int64, strict=False) for name in ("before", "after")]
    own = [(pl.col("column") == VERSION) & (whole[1] == whole[0] + 1)]
    own += [(pl.col("column") == name) & (pl.col("after") == value) for name, value in SIGNED.items()]
    return pl.any_horizontal(*own).fill_null(False)
