"""Who has a person from Day 1 on, whom rows of the satellite exports name."""

import polars as pl

from reconcile.allocation.geography import SCHEMA, regions_of
from reconcile.sources.cases import kinds
from reconcile.sources.evidence import Evidence
from vocabulary.resources import text_table


def receiving_people(evidence: Evidence, moved: pl.DataFrame, persons: pl.Series) -> pl.DataFrame:
    """person, area, pdu, team, officer of who has each of `persons` from Day 1 on.

    The offender manager opened, else the one who is in the person's region already, else whoever got the
    first of the person's components, else the region's unallocated team.

    `moved`: the components with n_area, n_team, n_officer (reconcile.expected.moves.assign_receivers).
    """
    order = {code: place for place, code in enumerate(kinds())}
    regions = _regions(evidence, persons)
    standing = evidence.country.cases.components.filter(
        (pl.col("kind") == "OM") & pl.col("area").is_not_null()
    )
    ranked = pl.concat(
        [
            moved.select(
                "person", pl.col("n_area").alias("region"), pl.col("n_team").alias("team"),
                pl.col("n_officer").alias("officer"),
                pl.when(pl.col("kind") == "OM").then(-2)
                .otherwise(pl.col("kind").replace_strict(order, return_dtype=pl.Int64)).alias("rank"),
            ),
            standing.select(
                "person", pl.col("area").alias("region"), "team", "officer",
                pl.lit(-1, pl.Int64).alias("rank"),
            ),
        ],
        how="vertical_relaxed",
    )  # fmt: skip
    first = (
        ranked.join(regions.select("person", "region"), on=["person", "region"], how="semi")
        .sort("person", "rank", maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
    )
    nobody = text_table("mappings", "routing", "regions.csv").select(
        "region", u_team="unallocated_team", u_officer="unallocated_officer"
    )
    return (
        regions.join(
            first.select("person", "team", "officer"), on="person", how="left", maintain_order="left"
        )
        .join(nobody, on="region", how="left", maintain_order="left")
        .select(
            "person",
            pl.col("region").alias("area"),
            "pdu",
            pl.coalesce("team", "u_team").alias("team"),
            pl.coalesce("officer", "u_officer").alias("officer"),
        )
    )


def _regions(evidence: Evidence, persons: pl.Series) -> pl.DataFrame:
    found = regions_of(
        persons.drop_nulls(), evidence.delivery, evidence.country.baseline, evidence.country.cases
    )
    return found.with_columns(pl.col("region").fill_null(evidence.home)).select(list(SCHEMA))
