"""Where the employees of a staff return are: officers of the target, or on the assignment list."""

import polars as pl

from reconcile.allocation.staff import ENTITY, EXPORT
from reconcile.registry import places
from reconcile.sources.delivery import PLACE


@places(EXPORT, entities=ENTITY)
def place_employees(rows: pl.DataFrame, officers: pl.DataFrame) -> pl.DataFrame:
    """By whether the employee becomes an officer, and with a user that nDelius did not have."""
    marked = rows.join(officers.select(*PLACE, "tables"), on=PLACE, how="left", maintain_order="left")
    return marked.with_columns(
        pl.when(pl.col("tables").is_null())
        .then(pl.lit("no officer"))
        .when(pl.col("tables").list.contains("USER_"))
        .then(pl.lit("officer with a new user"))
        .otherwise(pl.lit("officer"))
        .alias("when"),
        pl.lit(None, pl.String).alias("there"),
    )
