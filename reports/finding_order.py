"""The order in which people read findings."""

import polars as pl

from reports.tables import SEVERITY_ORDER

FOLLOWS = "X01"
"""The rule of rows that are set aside because another one is."""


def worst_first(findings: pl.DataFrame) -> pl.DataFrame:
    """`findings` by severity, the worst first, otherwise in their order: what follows from another row stands
    behind that row."""
    order = pl.col("severity").replace_strict(SEVERITY_ORDER, range(len(SEVERITY_ORDER)))
    return findings.sort(order, maintain_order=True)


def counted_below(findings: pl.DataFrame) -> pl.DataFrame:
    """`findings` with a line for all that follow from one row in the place of one for each: its `source_row`
    says the first and how many more. Where the causes are not shown nothing is counted."""
    is_follower = (pl.col("rule") == FOLLOWS) & (pl.col("_group") > 0)
    numbered = findings.with_columns(_group=(pl.col("rule") != FOLLOWS).cum_sum().over("company"))
    same = ["company", "export", "source_file", "_group"]
    several = pl.len().over([*same, "rule"])
    place = pl.int_range(pl.len()).over([*same, "rule"])
    more = pl.format("{} and {} more", "source_row", several - 1)
    told = pl.when(is_follower & (several > 1)).then(more).otherwise("source_row").alias("source_row")
    return (
        numbered.with_columns(told, _place=place)
        .filter(~is_follower | (pl.col("_place") == 0))
        .drop("_group", "_place")
    )


def with_count_below(findings: pl.DataFrame) -> pl.DataFrame:
    """`findings` with a last column `follows`: how many of X01 stand behind; null where none does."""
    is_follower = pl.col("rule") == FOLLOWS
    grouped = findings.with_columns(_group=(~is_follower).cum_sum().over("company"))
    below = is_follower.sum().over("company", "_group").cast(pl.Int64)
    return grouped.with_columns(follows=pl.when(~is_follower & (below > 0)).then(below)).drop("_group")
