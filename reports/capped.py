"""As many rows as a person will read, and beside them how many there are and where all of them lie."""

from collections.abc import Sequence

import polars as pl

from reports.tables import Table


def shared_cap(rows: pl.DataFrame, most: int, by: Sequence[str]) -> pl.DataFrame:
    """At most `most` rows in which no value of `by` crowds out another; what one leaves is the others'."""
    if rows.height <= most:
        return rows
    place = pl.int_range(pl.len()).over(by)
    chosen = rows.with_row_index("_place").sort(place, maintain_order=True).head(most)
    return chosen.sort("_place").drop("_place")


def capped(title: str, rows: pl.DataFrame, height: int, full_list: str) -> Table:
    """`rows` as a table whose title says of how many they are, and where all of them lie."""
    said = f"{title}: {rows.height:,} of {height:,}"
    if height:
        said = f"{said}. All of them: {full_list}"
    cells = tuple(tuple("" if value is None else value for value in row) for row in rows.iter_rows())
    return Table(said, tuple(rows.columns), cells)
