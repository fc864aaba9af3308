"""Rows of a list about persons whom not everybody may see: nothing of the person stays, the row still counts.

Work with such a person is for whom the owner of the region's limited-access book names. In every other list
their rows say only that they are there: where a team counts places, the count must stay right.
"""

import polars as pl

from vocabulary.limited_access import ASK

HIDDEN_SCHEMA = {"region": pl.String, "person_id": pl.String, "rows": pl.Int64}
"""Of a list: how many rows of each limited person are hidden, by the pack that they are in."""

PERSON_COLUMNS = ("crn", "person_id", "offender_id")
"""Columns that name a person wherever they stand; a list that has one must declare it."""


def hide_limited(
    rows: pl.DataFrame, person: str, stays: tuple[str, ...], names: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`rows` without anything of limited persons, and HIDDEN_SCHEMA of what is hidden.

    Their rows hold ASK and the columns that stay. They stand behind the other rows with the same: a place
    in the order of days or numbers would tell of them.

    Args:
        person: the column that names the person. stays: what is the region's, a team's or a place's.
        names: name, person_id of limited persons, as the column may name them.
    """
    known = names.unique("name", keep="first", maintain_order=True)
    marked = rows.with_row_index("_row").with_columns(
        pl.col(person).is_in(known["name"].implode()).fill_null(False).alias("_hidden")
    )
    if not marked["_hidden"].any():
        return rows, pl.DataFrame(schema=HIDDEN_SCHEMA)
    hidden = (
        marked.filter("_hidden")
        .join(known, left_on=person, right_on="name", how="left", suffix="_limited", maintain_order="left")
        .group_by("region", "person_id", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("rows"))
    )
    kept = [name for name in rows.columns if name in stays]
    others = [name for name in rows.columns if name not in (*kept, person)]
    behind = pl.when("_hidden").then(pl.col("_row").max().over(kept)).otherwise("_row")
    blanked = (
        marked.with_columns(behind.alias("_behind"))
        .sort("_behind", "_hidden", "_row")
        .with_columns(
            pl.when("_hidden").then(pl.lit(ASK)).otherwise(person).alias(person),
            *(pl.when(~pl.col("_hidden")).then(name).alias(name) for name in others),
        )
    )
    return blanked.select(rows.columns), hidden


def undeclared(rows: pl.DataFrame, person: str | None) -> list[str]:
    """Columns of a list that name a person and are not declared as `person`."""
    return [name for name in PERSON_COLUMNS if name in rows.columns and name != person]
