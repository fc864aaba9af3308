"""Who has each person from Day 1 on: new records about a person go to the same team and officer."""

import polars as pl

from mappings.allocation.routing import unallocated
from mappings.case.component_kinds import OM, kinds
from mappings.case.managers import offender_managers
from vocabulary.batch import Batch


def receivers(moving: pl.DataFrame, regions: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """person_id, region, team, officer of every person of `regions`.

    The offender manager decides: the one that Day 1 opens, else the one nDelius has in the person's region
    already (who moved earlier). Without one it is who gets the first of the person's components in the order
    of the kinds, else the region's unallocated team.

    Args:
        moving: the components that move, with n_team and n_officer.
        regions: person_id, region (mappings.allocation.regions).
    """
    order = pl.DataFrame({"kind": [kind.code for kind in kinds()]}).with_row_index("_order")
    moved = moving.join(order, on="kind", how="left", maintain_order="left").select(
        "person_id",
        "region",
        pl.col("n_team").alias("team"),
        pl.col("n_officer").alias("officer"),
        pl.when(pl.col("kind") == OM).then(-2).otherwise(pl.col("_order").cast(pl.Int64)).alias("_rank"),
    )
    first = (
        pl.concat([moved, _standing(baseline)])
        .join(regions.select("person_id", "region"), on=["person_id", "region"], how="semi")
        .sort("person_id", "_rank", maintain_order=True)
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", "team", "officer")
    )
    return (
        regions.select("person_id", "region")
        .join(first, on="person_id", how="left", maintain_order="left")
        .join(unallocated(), on="region", how="left", maintain_order="left")
        .select(
            "person_id",
            "region",
            pl.coalesce("team", "unallocated_team").alias("team"),
            pl.coalesce("officer", "unallocated_officer").alias("officer"),
        )
    )


def _standing(baseline: Batch) -> pl.DataFrame:
    """Offender managers of nDelius, behind those that Day 1 opens."""
    return offender_managers(baseline).rename({"area": "region"}).with_columns(_rank=pl.lit(-1, pl.Int64))
