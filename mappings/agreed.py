"""The rows that extract and baseline share, with the baseline's values: where they differ it counts (X04)."""

import polars as pl

from vocabulary.batch import Batch

DELIVERED = ["company", "export", "source_file", "source_row", "row_number", "row_outcome"]
"""What stays the delivered row's own: a decision is told of the file and row that the company knows."""


def agreed(batch: Batch, baseline: Batch, entity: str) -> pl.DataFrame:
    """The rows of one entity. A row that nDelius has deleted is no longer there."""
    known = baseline.carried("delius", entity).drop(DELIVERED)
    delivered = batch.carried("delius", entity).select("key", *DELIVERED)
    return delivered.join(known.unique("key"), on="key", how="inner", maintain_order="left")
