"""The gender of every person, for services and projects that are for women."""

import polars as pl

from vocabulary.batch import Batch


def person_genders(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """person_id (text), gender. The first row of a person counts: the company's own word before nDelius's."""
    known = baseline.all("delius", "offender").select(
        pl.col("offender_id").cast(pl.String).alias("person_id"), "gender"
    )
    if not batch.has("spg"):
        return known
    own = batch.all("spg", "offender").select("person_id", "gender").drop_nulls("person_id")
    return pl.concat([own, known])
