"""The receiving team and officer of every component that moves."""

import polars as pl

from mappings.allocation.routing import NO_TEAMS, route, unallocated
from mappings.case.components import Components


def allocate_components(
    components: Components, regions: pl.DataFrame, company_code: str, decided: pl.DataFrame = NO_TEAMS
) -> pl.DataFrame:
    """The moving components with region, n_team, n_officer and allocation."""
    placed = components.moving.join(regions, on="person_id", how="inner", maintain_order="left")
    routed = route(placed, company_code, decided).join(
        unallocated(), on="region", how="left", maintain_order="left"
    )
    # A component that nobody manages has no team to follow: the region's unallocated team (O01, O03).
    nobody = pl.col("goes_unallocated")
    return routed.with_columns(
        pl.when(nobody).then("unallocated_team").otherwise("n_team").alias("n_team"),
        pl.when(nobody).then("unallocated_officer").otherwise("n_officer").alias("n_officer"),
        pl.when(nobody).then(pl.lit("unallocated")).otherwise("allocation").alias("allocation"),
        pl.col("is_team_unknown") & ~nobody,
    ).drop("unallocated_team", "unallocated_officer")
