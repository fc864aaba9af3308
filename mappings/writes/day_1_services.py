"""Which referrals have a service of the Dynamic Framework on Day 1 (mappings/framework/services.csv)."""

import polars as pl

from vocabulary.companies import company
from vocabulary.resources import text_table

EMPLOYMENT, NO_SERVICE = "CRS02", "NONE"
"""One category of the companies is two needs; the sub category says when it is the one without a service."""


def young_adult_codes(company_code: str) -> list[str]:
    """The categories of the company's referrals that mean a service for young adults, a contract of the
    wellbeing service (V02): framework/young_adults.csv."""
    table = text_table("mappings", "framework", "young_adults.csv")
    return table.filter(owner=company(company_code).owner)["category"].to_list()


def with_service(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `service`: the NSI type of the referral, null where nothing stands for it on Day 1.

    Args:
        rows: category_target, sub_category_target, region (of the person).
    """
    services = text_table("mappings", "framework", "services.csv").select(
        pl.col("nsi_type").alias("service"), "not_in"
    )
    is_finance = (pl.col("category_target") == EMPLOYMENT) & (pl.col("sub_category_target") == NO_SERVICE)
    is_absent = is_finance.fill_null(False) | (pl.col("region") == pl.col("not_in")).fill_null(False)
    joined = rows.with_columns(pl.col("category_target").alias("service")).join(
        services.with_columns(pl.lit(True).alias("_is_service")),
        on="service",
        how="left",
        maintain_order="left",
    )
    has_one = pl.col("_is_service").fill_null(False) & ~is_absent
    return joined.with_columns(pl.when(has_one).then("service").alias("service")).drop(
        "not_in", "_is_service"
    )
