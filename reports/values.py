"""The delivered values behind findings, fetched by their provenance. Only for a reader who asked for them."""

from collections.abc import Callable

import polars as pl

TextOf = Callable[[str, str, str], pl.DataFrame]
"""Company, export and entity to the text frame as delivered; empty when there is none."""

ROW = ["source_file", "source_row"]


def with_values(findings: pl.DataFrame, text_of: TextOf) -> pl.DataFrame:
    """`findings` with a last column `value`: the values of the columns named, joined by `;`, in their order.

    Blank where the finding names no column, or its row could not be read.
    """
    numbered = findings.with_row_index("finding")
    groups = numbered.filter(pl.col("column") != "").partition_by("company", "export", "entity", as_dict=True)
    values = [
        group_values(group, text_of(company, export, entity))
        for (company, export, entity), group in groups.items()
    ]
    found = pl.concat([pl.DataFrame(schema={"finding": pl.UInt32, "value": pl.String}), *values])
    joined = numbered.join(found, on="finding", how="left", maintain_order="left")
    return joined.drop("finding").with_columns(pl.col("value").fill_null(""))


def group_values(findings: pl.DataFrame, text: pl.DataFrame) -> pl.DataFrame:
    """`finding` and `value` of the findings of one entity whose row is in `text`."""
    asked = findings.select("finding", *ROW, pl.col("column").str.split(";")).explode("column")
    words = [word for word in asked["column"].unique() if word in text.columns]
    cells = text.select(*ROW, *words).unpivot(on=words, index=ROW, variable_name="column", value_name="value")
    return (
        asked.join(cells, on=[*ROW, "column"], how="inner", maintain_order="left")
        .group_by("finding", maintain_order=True)
        .agg(pl.col("value").fill_null("").str.join(";"))
    )
