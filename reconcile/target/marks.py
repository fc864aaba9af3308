"""How a row of the target says that it is no more (taken_back.csv; docs/adr/0153)."""

from functools import cache

import polars as pl

from target.schema.shape import columns
from vocabulary.resources import text_table

DELETED = "SOFT_DELETED"


@cache
def _marks() -> dict[str, str | None]:
    return dict(text_table("reconcile", "taken_back.csv").select("table", "column").iter_rows())


def is_marked(table: str) -> pl.Expr:
    """True of a row that says it is no more; of a table that cannot say so, of every row."""
    marks = _marks()
    if table in marks:
        column = marks[table]
        return pl.lit(True) if not column else pl.col(column).is_not_null()
    return pl.col(DELETED) == "1" if DELETED in columns(table) else pl.lit(False)
