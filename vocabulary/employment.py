"""What the staff return says of an employee before anything is decided: expressions over its words.

Rules and assignment share them, because the first answers of staff_functions.md come before any rule.
"""

import polars as pl

from vocabulary.calendar import DAY_1, LAST_CRC_DAY

SHARES = (
    "share_sentence_management", "share_unpaid_work", "share_programmes",
    "share_structured_interventions", "share_resettlement", "share_corporate",
)  # fmt: skip
"""Percentages of the employee's own time, whatever the hours; together 100 within 0.1 (S03)."""

CODE_MARK = ";"
"""Stands between two officer codes of one employee."""


def is_not_in_post() -> pl.Expr:
    """Left before Day 1, or joins after the companies' last day (S09)."""
    return ((pl.col("end_date") < DAY_1) | (pl.col("start_date") > LAST_CRC_DAY)).fill_null(False)


def is_placed_elsewhere() -> pl.Expr:
    """Objects (S06) or works for a supplier (S05, S15): does not come to the NPS."""
    return pl.col("has_objected").fill_null(False) | pl.col("is_sub_contracted").fill_null(False)


def officer_codes(employees: pl.DataFrame) -> pl.DataFrame:
    """`employees` with one row per officer code: `officer_code` as given, `officer` in capitals, as codes are
    compared; who has none is left out."""
    return (
        employees.with_columns(pl.col("officer_codes").str.split(CODE_MARK).alias("officer_code"))
        .explode("officer_code")
        .with_columns(pl.col("officer_code").str.strip_chars())
        .filter((pl.col("officer_code") != "").fill_null(False))
        .with_columns(pl.col("officer_code").str.to_uppercase().alias("officer"))
    )
