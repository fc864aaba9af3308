"""The region an employee belongs to: the company's, or where it straddles two, the workplace's."""

import polars as pl

from mappings.routing import only_region, teams
from vocabulary.identifiers import is_postcode
from vocabulary.resources import text_table

COMPANY, POSTCODE, TEAM = "company", "postcode district", "team"


def with_region(employees: pl.DataFrame, company: str) -> pl.DataFrame:
    """Add `region`, `region_from` (company, postcode district or team) and `pdu_code` of the workplace.

    All three are null where nothing answers: the employee goes to the decision list without region.
    """
    region = only_region(company)
    if region is not None:
        return employees.with_columns(
            pl.lit(region).alias("region"),
            pl.lit(COMPANY).alias("region_from"),
            pl.lit(None, pl.String).alias("pdu_code"),
        )
    placed = (
        employees.with_columns(_district().alias("district"))
        .join(_districts(company), on="district", how="left", maintain_order="left")
        .join(_teams(company), on="team", how="left", maintain_order="left")
    )
    return placed.with_columns(
        pl.coalesce("district_region", "team_region").alias("region"),
        pl.when(pl.col("district_region").is_not_null())
        .then(pl.lit(POSTCODE))
        .when(pl.col("team_region").is_not_null())
        .then(pl.lit(TEAM))
        .alias("region_from"),
    ).drop("district", "district_region", "team_region")


def _district() -> pl.Expr:
    """The part of a postcode before its last three characters; an odd one is not used for routing (P12)."""
    plain = pl.col("postcode").str.to_uppercase().str.replace_all(r"\s", "")
    return pl.when(is_postcode(plain)).then(plain.str.head(-3))


def _districts(company: str) -> pl.DataFrame:
    """Districts that lie in one region; one that straddles a border answers nothing (routing.md)."""
    table = text_table("mappings", "routing", "postcode_districts.csv")
    return table.filter((pl.col("company") == company) & (pl.col("straddles") == "N")).select(
        "district", pl.col("region").alias("district_region"), "pdu_code"
    )


def _teams(company: str) -> pl.DataFrame:
    return teams().filter(pl.col("company") == company).select("team", "team_region")
