"""What the satellite exports write: one function for each export that writes something."""

import polars as pl

from mappings.documents import document_inserts
from vocabulary.batch import Batch

Inserts = dict[str, pl.DataFrame]


def satellite_inserts(batch: Batch, baseline: Batch, regions: pl.DataFrame) -> list[Inserts]:  # noqa: ARG001
    """New rows by table, one dict for each export.

    Args:
        baseline: nDelius on the evening before, for who is in charge and which records are there.
        regions: person_id, region, pdu_code of the persons (mappings.regions).
    """
    inserts: list[Inserts] = []
    if batch.has("documents"):
        inserts.append({"DOCUMENT": document_inserts(batch)})
    return inserts
