"""Where the records of a company's own case system are: new rows of the target, or rows that nDelius gave a
key."""

import polars as pl

from reconcile.registry import places
from reconcile.sources.delivery import PLACE
from reconcile.sources.origins import SPG, TABLES, Records, is_new

OFFENDER, EVENT, RELEASE = "offender", "event", "custody_release"
KNOWN = pl.lit("known")


@places(SPG, entities=OFFENDER)
def place_persons(records: Records) -> pl.DataFrame:
    """By whom matching found."""
    return records.frames[OFFENDER].with_columns(
        pl.when(pl.col("is_new_person").fill_null(False)).then(pl.lit("new")).otherwise(KNOWN).alias("when"),
        pl.col("person").alias("there"),
    )


@places(SPG, entities=" ".join(TABLES))
def place_records(records: Records, entity: str) -> pl.DataFrame:
    """By the key that nDelius gave; a new event also by its sentence."""
    word = pl.lit("new")
    if entity == EVENT:
        word = pl.when(pl.col("is_sentenced")).then(pl.lit("new sentence")).otherwise(word)
    placed = records.scan(entity).select(
        *PLACE,
        pl.when(is_new(entity)).then(word).otherwise(KNOWN).alias("when"),
        pl.col(f"{entity}_id").alias("there"),
    )
    return placed.collect()


@places(SPG, entities=RELEASE)
def place_releases(records: Records) -> pl.DataFrame:
    """By the event: a release bears no key."""
    is_of_new = pl.col("is_new_event").fill_null(False)
    return records.frames[RELEASE].with_columns(
        pl.when(is_of_new).then(pl.lit("of a new event")).otherwise(pl.lit("of a known event")).alias("when"),
        pl.lit(None, pl.String).alias("there"),
    )
