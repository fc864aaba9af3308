"""The Dynamic Framework hand-over of a region: open referrals per lot, and those that have none."""

import polars as pl

from mappings.lists.sources import Lists, ListSources
from mappings.service_referrals import framework_lot
from vocabulary.batch import CARRIED, OUT_OF_SCOPE, SET_ASIDE

LOTS = tuple(f"CRS{number:02}" for number in range(1, 8))
YOUNG_ADULTS = "CRS07"
"""The lot that only one region has (V02): elsewhere such a referral has none."""

PERSON = ["region", "team", "officer", "crn", "surname", "first_name"]


def referrals_lists(sources: ListSources) -> Lists:
    """One list per lot of the framework, and `no_lot`; the region names the suppliers of the lots."""
    every = sources.batch.all("referrals", "service_referral").rename({"officer": "referred_by"})
    rows = sources.with_person(every.with_columns(framework_lot().alias("lot"))).sort(
        *PERSON[:4], "referral_ref", maintain_order=True
    )
    carried = rows.filter(pl.col("row_outcome") == CARRIED)
    by_lot = {
        lot: _shown(carried.filter(pl.col("lot") == lot)).with_columns(pl.lit("").alias("new_supplier"))
        for lot in LOTS
    }
    has_none = pl.col("lot").is_null() | (pl.col("lot") == YOUNG_ADULTS)
    placed_nowhere = rows.filter(pl.col("row_outcome") == SET_ASIDE, has_none, _is_open())
    return {**by_lot, "no_lot": _shown(placed_nowhere).with_columns(pl.lit("").alias("lot"))}


def _is_open() -> pl.Expr:
    """The status says so, and V01 does not say otherwise (mappings.scope judges rows set aside as well)."""
    return (pl.col("status_target") == "open") & ~pl.col(OUT_OF_SCOPE)


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        *PERSON,
        pl.col("service_name").alias("service"),
        "supplier",
        pl.col("referral_date").alias("referred"),
        pl.col("start_date").alias("started"),
        pl.col("end_date").alias("ends"),
        pl.col("sessions_booked").alias("booked"),
        pl.col("component_id").cast(pl.String).alias("requirement"),
        *["company", "referred_by", "referral_ref"],
    )
