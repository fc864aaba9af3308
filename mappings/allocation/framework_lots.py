"""The lots of the Dynamic Framework that may take a referral: candidates on a region's list, never written.

mappings/framework/lots.csv: lots with area, prime provider, the sex and age they take, and how certain each
line is (a later public list of what was likely there on Day 1). areas.csv: the police area of each local
authority, by which some lots were let.
"""

import polars as pl

from mappings.case.main_addresses import main_addresses
from vocabulary.batch import Batch
from vocabulary.resources import text_table

BY_REGION = "region"


def with_lots(rows: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """`rows` with lot, provider and takes: of the lots of their service where the person lives.

    Where the main address does not say which police area that is, all lots of the region are named. Several
    stand with `; ` between.

    Args:
        rows: person_id, region, service.
    """
    services = text_table("mappings", "framework", "services.csv").select(
        pl.col("nsi_type").alias("service"), "category"
    )
    lots = text_table("mappings", "framework", "lots.csv").join(services, on="category")
    marked = rows.with_row_index("_row").join(
        _police_areas(baseline), on="person_id", how="left", maintain_order="left"
    )
    fits = (
        (pl.col("area_kind") == BY_REGION) | pl.col("_area").is_null() | (pl.col("area") == pl.col("_area"))
    )
    takes = pl.concat_str("sex", "ages", separator=" ")
    found = (
        marked.select("_row", "region", "service", "_area")
        .join(lots, on=["region", "service"], maintain_order="left")
        .filter(fits)
        .group_by("_row", maintain_order=True)
        .agg(
            pl.col("lot").str.join("; "),
            pl.col("prime_provider").unique(maintain_order=True).str.join("; ").alias("provider"),
            takes.unique(maintain_order=True).str.join("; ").alias("takes"),
            pl.col("certainty").unique(maintain_order=True).str.join("; ").alias("how_certain"),
        )
    )
    return marked.join(found, on="_row", how="left", maintain_order="left").drop("_row", "_area")


def _police_areas(baseline: Batch) -> pl.DataFrame:
    """person_id, _area: by the district of the latest main address, where it is a local authority's name."""
    areas = text_table("mappings", "framework", "areas.csv")
    return (
        main_addresses(baseline.standing("address"))
        .join(
            areas.select(pl.col("local_authority").alias("district"), pl.col("area").alias("_area")),
            on="district",
            maintain_order="left",
        )
        .select(pl.col("offender_id").cast(pl.String).alias("person_id"), "_area")
    )
