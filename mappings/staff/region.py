"""The region an employee belongs to: the company's, or where it straddles two, the workplace's."""

import polars as pl

from mappings.allocation.postcodes import by_postcode
from mappings.allocation.routing import NO_TEAMS, only_region, own_teams

COMPANY, TEAM = "company", "team"


def with_region(employees: pl.DataFrame, company: str, decided: pl.DataFrame = NO_TEAMS) -> pl.DataFrame:
    """Add `region`, `region_from` and `pdu_code` of the workplace.

    `region_from` is company, full postcode, postcode district or team. All three are null where nothing
    answers: the employee goes to the decision list without region.
    `decided`: answers about teams (mappings.allocation.routing).
    """
    region = only_region(company)
    if region is not None:
        return employees.with_columns(
            pl.lit(region).alias("region"),
            pl.lit(COMPANY).alias("region_from"),
            pl.lit(None, pl.String).alias("pdu_code"),
        )
    placed = (
        by_postcode(employees, company, pl.col("postcode"))
        .rename({"postcode_pdu": "pdu_code"})
        .join(_teams(company, decided), on="team", how="left", maintain_order="left")
    )
    return placed.with_columns(
        pl.coalesce("postcode_region", "team_region").alias("region"),
        pl.when(pl.col("postcode_region").is_not_null())
        .then("postcode_from")
        .when(pl.col("team_region").is_not_null())
        .then(pl.lit(TEAM))
        .alias("region_from"),
    ).drop("postcode_from", "postcode_region", "team_region")


def _teams(company: str, decided: pl.DataFrame) -> pl.DataFrame:
    return own_teams(company, decided).select("team", "team_region")
