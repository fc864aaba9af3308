"""DOCUMENT rows for manifest lines that nDelius has not linked yet (documents.md)."""

import polars as pl

from mappings.registry import writes
from vocabulary.batch import Batch

PROVENANCE = ["export", "source_file", "source_row"]
WHOLE_PERSON = 0
"""owner_id of a document that belongs to the person as a whole, who may be new."""


@writes("documents", tables="DOCUMENT")
def document_inserts(batch: Batch) -> pl.DataFrame:
    """Rows of DOCUMENT. The file itself travels apart; its store number is written here."""
    linked = pl.col("ndelius_document_id").is_not_null()
    is_whole = pl.col("owner_id") == WHOLE_PERSON
    return (
        batch.carried("documents", "document")
        .filter(~linked)
        .select(
            pl.concat_str(pl.lit("documents:document:"), "document_ref").alias("natural_key"),
            *PROVENANCE,
            pl.col("person_id").alias("offender_id"),
            pl.col("owner_table_target").alias("owner_table"),
            pl.when(is_whole)
            .then("person_id")
            .otherwise(pl.col("owner_id").cast(pl.String))
            .alias("owner_id"),
            *["name", "created_date", "alfresco_id"],
        )
    )
