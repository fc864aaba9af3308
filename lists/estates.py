"""The estates list of a region: properties and assets, nothing of which is loaded (estates.md)."""

import polars as pl

from lists.registry import makes_lists
from lists.sources import NO_REGION, Lists, ListSources
from mappings.allocation.postcodes import by_postcode
from mappings.allocation.routing import only_region


@makes_lists("estates", "estates")
def estates_lists(sources: ListSources) -> Lists:
    """`properties` and `assets`; an asset without property goes where its company goes."""
    batch = sources.batch
    region = only_region(batch.company)
    found = by_postcode(batch.carried("estates", "property"), batch.company, pl.col("postcode"))
    placed = found.with_columns(
        pl.coalesce(pl.lit(region), "postcode_region", pl.lit(NO_REGION)).alias("region")
    )
    properties = placed.select(
        *["region", "company", "property_ref", "name", "address", "postcode", "use", "tenure"],
        *["lease_end_date", "desks", "transfer", "office_code"],
    )
    kept = placed.select("property_ref", "region", pl.col("name").alias("kept_at"))
    assets = (
        batch.carried("estates", "asset")
        .join(kept, on="property_ref", how="left", maintain_order="left")
        .with_columns(pl.col("region").fill_null(region or NO_REGION))
        .select(
            *["region", "company", "asset_ref", "kind", "description", "serial", "kept_at", "property_ref"],
            *["employee_ref", "transfer"],
        )
    )
    return {"properties": properties, "assets": assets}
