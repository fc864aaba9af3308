"""Which function takes most of an employee's time, and by how much (staff_functions.md, assignment 6)."""

from decimal import Decimal
from functools import cache

import polars as pl

from vocabulary.employment import SHARES
from vocabulary.resources import text_table

PERCENT = pl.Decimal(9, 6)


@cache
def functions() -> pl.DataFrame:
    """function, share (the word that holds it), goes_to, note: the six functions in their order."""
    return text_table("mappings", "staff", "functions.csv")


def with_leading_share(employees: pl.DataFrame, assign_min: Decimal) -> pl.DataFrame:
    """Add `leading_function, leading_share, second_share, threshold`: the figures that decide.

    Of equal shares the first function leads, and its second share is the same.
    """
    ranked = pl.concat_list(pl.col(SHARES).fill_null(0).cast(PERCENT)).list.sort(descending=True)
    with_figures = employees.with_columns(
        ranked.list.get(0).alias("leading_share"),
        ranked.list.get(1).alias("second_share"),
        pl.lit(assign_min).cast(PERCENT).alias("threshold"),
    )
    leading = [
        pl.when(pl.col(share).cast(PERCENT) == pl.col("leading_share")).then(pl.lit(function))
        for function, share in functions().select("function", "share").iter_rows()
    ]
    return with_figures.with_columns(pl.coalesce(leading).alias("leading_function"))


def leads_alone() -> pl.Expr:
    """The leading share is at least the threshold and greater than every other."""
    return (pl.col("leading_share") >= pl.col("threshold")) & (
        pl.col("leading_share") > pl.col("second_share")
    )
