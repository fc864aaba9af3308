"""Says which counts and flags of a target differ from what its base rows give."""

import polars as pl
import sqlalchemy as sa

from target.bulk import read_rows
from target.derived.figures import computed_figures, figures
from target.derived.persons import staged_persons
from target.schema.shape import key_column

_SCHEMA = {"table": pl.String, "id": pl.Int64, "column": pl.String}


def check_figures(connection: sa.Connection, persons: pl.Series) -> pl.DataFrame:
    """`table`, `id`, `column` of each figure of `persons` (keys) that is not as computed.

    A figure that the target never kept (null) is no difference. Day 1 leaves them as they are.
    """
    found = [pl.DataFrame(schema=_SCHEMA)]
    with staged_persons(connection, persons) as stage:
        for figure in figures():
            computed = computed_figures(connection, figure, stage)
            key = key_column(figure.table)
            stored = read_rows(connection, figure.table, key, computed["id"], [key, figure.column])
            beside = computed.join(stored, left_on="id", right_on=key)
            wrong = beside.filter(pl.col("value") != pl.col(figure.column))
            found.append(
                wrong.select(
                    pl.lit(figure.table).alias("table"),
                    pl.col("id").cast(pl.Int64),
                    pl.lit(figure.column).alias("column"),
                )
            )
    return pl.concat(found).unique().sort("table", "column", "id")
