"""The transfer manifest of a region: which files follow the records (documents.md)."""

import polars as pl

from lists.registry import makes_lists
from lists.sources import Lists, ListSources


@makes_lists("documents", "documents")
def documents_lists(sources: ListSources) -> Lists:
    """`transfer`: every carried document of the region, linked in nDelius already or by this load."""
    documents = sources.batch.carried("documents", "document").drop("crn")
    people = sources.people.select("person_id", "crn", "region")
    return {
        "transfer": documents.join(people, on="person_id", how="inner", maintain_order="left").select(
            *["region", "company", "document_ref", "crn", "owner_table", "owner_id", "type"],
            pl.col("name").alias("document_name"),
            *["created_date", "size", "checksum", "alfresco_id", "is_sensitive"],
            pl.col("ndelius_document_id").is_not_null().alias("is_linked_already"),
        )
    }
