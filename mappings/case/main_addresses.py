"""Where a person lives, as nDelius says: geography and the lots of the Dynamic Framework go by it."""

import polars as pl

from vocabulary.batch import Batch

MAIN_ADDRESS = "M"


def main_addresses(baseline: Batch) -> pl.DataFrame:
    """The open main address of each person of nDelius, of several the one that began last."""
    return (
        baseline.carried("delius", "address")
        .filter((pl.col("status") == MAIN_ADDRESS) & pl.col("end_date").is_null())
        .sort("start_date", descending=True, nulls_last=True, maintain_order=True)
        .unique("offender_id", keep="first", maintain_order=True)
    )
