"""Where a person lives, as nDelius says: geography and the lots of the Dynamic Framework go by it."""

import polars as pl

MAIN_ADDRESS = "M"


def main_addresses(addresses: pl.DataFrame) -> pl.DataFrame:
    """The open one of each person among the `addresses` of nDelius, of several the one that began last."""
    return (
        addresses.filter((pl.col("status") == MAIN_ADDRESS) & pl.col("end_date").is_null())
        .sort("start_date", descending=True, nulls_last=True, maintain_order=True)
        .unique("offender_id", keep="first", maintain_order=True)
    )
