"""Which region and PDU a postcode lies in, where a company straddles two (routing.md).

The full postcode answers first, then its district. A district that straddles a border answers nothing.
"""

from functools import cache

import polars as pl

from vocabulary.companies import company
from vocabulary.identifiers import is_postcode
from vocabulary.resources import text_table

UNIT, DISTRICT = "full postcode", "postcode district"
"""What answered."""

INWARD = 3
"""Characters behind the blank."""


def by_postcode(rows: pl.DataFrame, company_code: str, postcode: pl.Expr) -> pl.DataFrame:
    """`rows` with `postcode_region, postcode_pdu, postcode_from` (UNIT or DISTRICT), null where none answers.

    An odd postcode is not used for routing (P12).
    """
    plain = postcode.str.to_uppercase().str.replace_all(r"\s", "")
    outward = plain.str.head(-INWARD)
    keyed = rows.with_columns(
        pl.when(is_postcode(plain)).then(outward + " " + plain.str.tail(INWARD)).alias("_unit"),
        pl.when(is_postcode(plain)).then(outward).alias("_district"),
    )
    found = keyed.join(_units(company_code), on="_unit", how="left", maintain_order="left").join(
        _districts(company_code), on="_district", how="left", maintain_order="left"
    )
    answer = pl.when(pl.col("unit_region").is_not_null())
    return found.with_columns(
        pl.coalesce("unit_region", "district_region").alias("postcode_region"),
        answer.then("unit_pdu").otherwise("district_pdu").alias("postcode_pdu"),
        answer.then(pl.lit(UNIT))
        .when(pl.col("district_region").is_not_null())
        .then(pl.lit(DISTRICT))
        .alias("postcode_from"),
    ).drop("_unit", "_district", "unit_region", "unit_pdu", "district_region", "district_pdu")


@cache
def _units(company_code: str) -> pl.DataFrame:
    """Full postcodes of the company's two regions: those of districts that straddle."""
    table = text_table("mappings", "routing", "postcode_units.csv")
    return table.filter(pl.col("region").is_in(company(company_code).regions)).select(
        pl.col("postcode").alias("_unit"),
        pl.col("region").alias("unit_region"),
        pl.col("pdu_code").alias("unit_pdu"),
    )


@cache
def _districts(company_code: str) -> pl.DataFrame:
    """Districts of the company that lie in one region."""
    table = text_table("mappings", "routing", "postcode_districts.csv")
    return table.filter((pl.col("company") == company_code) & (pl.col("straddles") == "N")).select(
        pl.col("district").alias("_district"),
        pl.col("region").alias("district_region"),
        pl.col("pdu_code").alias("district_pdu"),
    )
