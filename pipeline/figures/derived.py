"""Figures that nDelius keeps and that its own rows do not give: they are looked at, never overwritten."""

import polars as pl
import sqlalchemy as sa

from reports.data import Waiting
from target.derived.check import check_figures

ACTION = "nDelius holds another figure than its own rows give; it is left as it is."


def figures_to_look_at(connection: sa.Connection, persons: pl.Series) -> list[Waiting]:
    """Counts and flags of `persons` (keys as text) that differ from their rows (decision 23)."""
    numbers = persons.cast(pl.Int64, strict=False).drop_nulls().unique()
    counts = check_figures(connection, numbers).group_by("table", "column", maintain_order=True).len()
    return [
        Waiting("derived figure", f"{table}.{column}", rows, ACTION)
        for table, column, rows in counts.iter_rows()
    ]
