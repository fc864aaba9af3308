"""Derived data of the persons who move: what is rebuilt must agree, what nDelius keeps is looked at."""

import polars as pl
import sqlalchemy as sa

from reports.data import Waiting
from target.derived_check import check_derived

REBUILT = ("CASELOAD_ID", "ORGANISATIONS", "PROBATION_AREA_ID")
"""Columns by which `check_derived` names what a load rebuilds: caseload and areas of interest."""

ACTION = "nDelius holds another figure than its own rows give; it is left as it is."


def derived_differences(connection: sa.Connection, moving: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """table, id, column of derived values that differ, of the persons in `moving`. `new`: natural_key, id."""
    persons = moving["person_id"].unique()
    numbers = persons.cast(pl.Int64, strict=False)
    return check_derived(connection, pl.concat([numbers.drop_nulls(), new["id"].cast(pl.Int64)]).unique())


def not_rebuilt(derived: pl.DataFrame) -> tuple[str, ...]:
    """What the load should have rebuilt and did not: a sentence per table."""
    wrong = derived.filter(pl.col("column").is_in(REBUILT)).group_by("table", maintain_order=True).len()
    return tuple(
        f"{table}: {rows} derived rows are not as their base rows say" for table, rows in wrong.iter_rows()
    )


def figures_to_look_at(derived: pl.DataFrame) -> list[Waiting]:
    """Figures of existing rows that differ from their rows: listed, never overwritten (docs/decisions.md)."""
    counts = (
        derived.filter(~pl.col("column").is_in(REBUILT))
        .group_by("table", "column", maintain_order=True)
        .len()
    )
    return [
        Waiting("derived figure", f"{table}.{column}", rows, ACTION)
        for table, column, rows in counts.iter_rows()
    ]
