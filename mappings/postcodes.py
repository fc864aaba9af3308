"""Which region and PDU a postcode lies in, where a company straddles two (routing.md)."""

from functools import cache

import polars as pl

from vocabulary.identifiers import is_postcode
from vocabulary.resources import text_table


def postcode_district(postcode: pl.Expr) -> pl.Expr:
    """The part before the last three characters; an odd postcode is not used for routing (P12)."""
    plain = postcode.str.to_uppercase().str.replace_all(r"\s", "")
    return pl.when(is_postcode(plain)).then(plain.str.head(-3))


@cache
def postcode_districts(company: str) -> pl.DataFrame:
    """postcode_district, postcode_region, postcode_pdu: of districts that lie in one region; one that
    straddles a border answers nothing."""
    table = text_table("mappings", "routing", "postcode_districts.csv")
    return table.filter((pl.col("company") == company) & (pl.col("straddles") == "N")).select(
        pl.col("district").alias("postcode_district"),
        pl.col("region").alias("postcode_region"),
        pl.col("pdu_code").alias("postcode_pdu"),
    )
