"""The region an employee belongs to: the company's, or where it straddles two, the workplace's."""

import polars as pl

from mappings.postcodes import postcode_district, postcode_districts
from mappings.routing import NO_TEAMS, only_region, own_teams

COMPANY, POSTCODE, TEAM = "company", "postcode district", "team"


def with_region(employees: pl.DataFrame, company: str, decided: pl.DataFrame = NO_TEAMS) -> pl.DataFrame:
    """Add `region`, `region_from` (company, postcode district or team) and `pdu_code` of the workplace.

    All three are null where nothing answers: the employee goes to the decision list without region.
    `decided`: answers about teams (mappings.routing).
    """
    region = only_region(company)
    if region is not None:
        return employees.with_columns(
            pl.lit(region).alias("region"),
            pl.lit(COMPANY).alias("region_from"),
            pl.lit(None, pl.String).alias("pdu_code"),
        )
    placed = (
        employees.with_columns(postcode_district(pl.col("postcode")).alias("postcode_district"))
        .join(postcode_districts(company), on="postcode_district", how="left", maintain_order="left")
        .rename({"postcode_pdu": "pdu_code"})
        .join(_teams(company, decided), on="team", how="left", maintain_order="left")
    )
    return placed.with_columns(
        pl.coalesce("postcode_region", "team_region").alias("region"),
        pl.when(pl.col("postcode_region").is_not_null())
        .then(pl.lit(POSTCODE))
        .when(pl.col("team_region").is_not_null())
        .then(pl.lit(TEAM))
        .alias("region_from"),
    ).drop("postcode_district", "postcode_region", "team_region")


def _teams(company: str, decided: pl.DataFrame) -> pl.DataFrame:
    return own_teams(company, decided).select("team", "team_region")
