"""Every person of nDelius, and whom only the company's own case system knows."""

import polars as pl

from mappings.case.own_records import every_record
from vocabulary.batch import CARRIED, Batch

NAMES = ["crn", "surname", "first_name"]
NDELIUS_FIRST = [*NAMES, "tier_target"]
"""What is nDelius's word wherever it has the person."""


def persons(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """person_id, person_ref, NAMES, tier_target, gender, is_standing; one row per person.

    `person_id` is text: nDelius's key, or the natural key of somebody new. `person_ref` is the company's own
    number (null without one), also of a record that is set aside. Names and tier are nDelius's, of somebody
    new the record's; of the gender the company's word counts first. `is_standing`: nDelius has the person or
    gets it.
    """
    known = baseline.standing("offender").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"), *NDELIUS_FIRST, "gender"
    )
    if not batch.has_own_system:
        return known.with_columns(person_ref=pl.lit(None, pl.String), is_standing=pl.lit(True))
    own = every_record(batch, "offender").select(
        *["person_id", "person_ref", *NDELIUS_FIRST, "gender"],
        (pl.col("row_outcome") == CARRIED).alias("is_carried"),
    )
    once = (
        own.drop_nulls("person_id")
        .sort("is_carried", descending=True, maintain_order=True)
        .unique("person_id", keep="first", maintain_order=True)
    )
    both = known.with_columns(is_known=pl.lit(True)).join(
        once, on="person_id", how="full", coalesce=True, suffix="_own", maintain_order="left_right"
    )
    return both.select(
        "person_id",
        *(pl.when("is_known").then(name).otherwise(f"{name}_own").alias(name) for name in NDELIUS_FIRST),
        pl.coalesce("gender_own", "gender").alias("gender"),
        "person_ref",
        (pl.col("is_known") | pl.col("is_carried")).fill_null(False).alias("is_standing"),
    )


def person_refs(batch: Batch) -> pl.DataFrame:
    """person_ref, person_id of every own number of a person who was matched; a person may have several."""
    if not batch.has_own_system:
        return pl.DataFrame(schema=dict.fromkeys(("person_ref", "person_id"), pl.String))
    named = every_record(batch, "offender").select("person_ref", "person_id").drop_nulls()
    return named.unique("person_ref", keep="first", maintain_order=True)
