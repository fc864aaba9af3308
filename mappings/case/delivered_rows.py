"""Of a row that nDelius has: the row that the company delivered of it.

What moves is nDelius's to say, whether or not its row was delivered. Findings name the delivered row,
whatever became of it, and else nDelius's own (delius.md); what is written comes from the carried row, else
from nDelius's.
"""

import polars as pl

from mappings.case.own_numbers import record_ref
from vocabulary.batch import CARRIED, Batch

PLACE = ["export", "source_file", "source_row"]
NAMED = {place: f"named_{place.removeprefix('source_')}" for place in PLACE}
"""Where a place stands that a finding names, beside the row's own."""


def with_delivered(rows: pl.DataFrame, batch: Batch, entity: str, ref: str) -> pl.DataFrame:
    """`rows` of nDelius (PLACE; key as text in `ref`) with named_export, named_file and named_row of the
    delivered row, and PLACE of the carried one, where there are such; `company` is the batch's."""
    found = rows.lazy().join(
        _delivered(batch, entity), left_on=ref, right_on="_ref", how="left", maintain_order="left"
    )
    is_carried = (pl.col("_outcome") == CARRIED).fill_null(False)
    return (
        found.with_columns(
            *(pl.coalesce(f"_{place}", place).alias(NAMED[place]) for place in PLACE),
            *(pl.when(is_carried).then(f"_{place}").otherwise(place).alias(place) for place in PLACE),
            pl.lit(batch.company).alias("company"),
        )
        .drop("_outcome", *(f"_{place}" for place in PLACE))
        .collect()
    )


def named(rows: pl.DataFrame, batch: Batch, entity: str, ref: str) -> pl.DataFrame:
    """`rows` of nDelius under the place that a finding about them names."""
    found = with_delivered(rows, batch, entity, ref)
    return at_named_place(found).drop(NAMED.values())


def at_named_place(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with the place that findings name in the place of their own."""
    return rows.with_columns(pl.col(name).alias(place) for place, name in NAMED.items())


def _delivered(batch: Batch, entity: str) -> pl.LazyFrame:
    """`_ref`, `_outcome` and the place of the delivered row of each key; of several the carried one."""
    delivered = batch.cases(entity)
    if delivered is None:
        return pl.LazyFrame(
            schema=dict.fromkeys(("_ref", "_outcome", *(f"_{name}" for name in PLACE)), pl.String)
        )
    ref = record_ref(entity) if batch.has_own_system else pl.col("key")
    if batch.has_own_system and entity == "offender":
        ref = pl.col("person_id")
    rows = delivered.lazy().select(
        ref.alias("_ref"),
        pl.col("row_outcome").alias("_outcome"),
        *(pl.col(name).alias(f"_{name}") for name in PLACE),
    )
    carried_first = rows.drop_nulls("_ref").sort(pl.col("_outcome") != CARRIED, maintain_order=True)
    return carried_first.unique("_ref", keep="first", maintain_order=True)
