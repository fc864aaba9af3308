"""What every list is made from, and who has each person from Day 1 on."""

from dataclasses import dataclass

import polars as pl

from mappings.components import OM
from mappings.regions import person_regions
from mappings.routing import unallocated
from vocabulary.batch import Batch

NO_REGION = "unknown"
"""Region of what geography does not place; the company's two regions must say whose it is."""

Lists = dict[str, pl.DataFrame]
"""List (reports/region_lists.csv) to its rows, which have a column `region`."""


@dataclass(frozen=True)
class ListSources:
    """One company after planning.

    `people`: person_id, crn, surname, first_name, region, team, officer of who has the person from Day 1 on;
    a person whom nobody has yet is with the region's unallocated team. `moving`: the components that move.
    """

    batch: Batch
    baseline: Batch
    people: pl.DataFrame
    moving: pl.DataFrame


def list_sources(batch: Batch, baseline: Batch, moving: pl.DataFrame) -> ListSources:
    """`moving` has n_team and n_officer, as the plan left it."""
    managed = moving.filter(pl.col("kind") == OM).select(
        "person_id", pl.col("n_team").alias("team"), pl.col("n_officer").alias("officer")
    )
    people = (
        person_regions(batch)
        .persons.select("person_id", "region")
        .join(_names(batch, baseline), on="person_id", how="left", maintain_order="left")
        .join(managed.unique("person_id"), on="person_id", how="left", maintain_order="left")
        .join(unallocated(), on="region", how="left", maintain_order="left")
        .select(
            *["person_id", "crn", "surname", "first_name", "region"],
            pl.coalesce("team", "unallocated_team").alias("team"),
            pl.coalesce("officer", "unallocated_officer").alias("officer"),
        )
    )
    return ListSources(batch, baseline, people, moving)


def _names(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """person_id, crn, surname, first_name: as nDelius has them, of a new person as delivered."""
    words = ["crn", "surname", "first_name"]
    known = baseline.carried("delius", "offender").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"), *words
    )
    if not batch.has("spg"):
        return known
    own = batch.carried("spg", "offender").select("person_id", *words)
    return pl.concat([known, own.join(known, on="person_id", how="anti")]).unique("person_id", keep="first")
