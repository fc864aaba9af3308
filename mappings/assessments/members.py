"""The needs and objectives of assessments as rows of their own."""

import polars as pl

from mappings.parsing.code_lists import code_list

_AREAS = "eoc_need"


def members(assessments: pl.DataFrame, name: str, company: str) -> pl.DataFrame:
    """The members of list `name` with assessment_ref, their words, `area_label`, and provenance, in order."""
    kept = ["assessment_ref", "export", "source_file", "source_row"]
    labels = {code.source_code: code.label for code in code_list(_AREAS, "eoc", company).codes}
    return (
        assessments.select(*kept, name)
        .filter(pl.col(name).list.len() > 0)
        .explode(name)
        .unnest(name)
        .with_columns(
            pl.col("area").replace_strict(labels, default=None, return_dtype=pl.String).alias("area_label")
        )
    )
