"""The document manifest: H01 to H03."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch

OWNERS = {
    "OFFENDER": ("offender", "offender_id"),
    "EVENT": ("event", "event_id"),
    "NSI": ("nsi", "nsi_id"),
    "CONTACT": ("contact", "contact_id"),
    "COURT_REPORT": ("court_report", "court_report_id"),
    "UPW_APPOINTMENT": ("upw_session", "upw_session_id"),
}
"""Owning table to the baseline's entity and its key."""

CHECKSUM = r"^[0-9A-Fa-f]{64}$"
"""SHA-256 as 64 hexadecimal digits (H01)."""

PERSON = "OFFENDER"
WHOLE_PERSON = 0
"""owner_id of a document that belongs to the person, who may have no key yet (documents.md)."""


@judges("documents", rules="H01 H02 H03")
def setting_aside(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """Findings of H01, H02 and H03."""
    documents = batch.in_scope("documents", "document")
    is_shared = pl.col("alfresco_id").is_not_null() & pl.col("alfresco_id").is_duplicated()
    is_checksum = pl.col("checksum").str.contains(CHECKSUM)
    return [
        failing(documents, ~is_checksum, "H01", "document", "checksum"),
        failing(documents, is_shared, "H02", "document", "alfresco_id"),
        failing(_with_owner(documents, baseline), ~pl.col("is_theirs"), "H03", "document", "owner_id"),
    ]


def _with_owner(documents: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    """`is_theirs`: the owning record stands in nDelius and belongs to the person; null without a person."""
    owners = pl.concat(_owners(documents, baseline, table) for table in OWNERS)
    is_whole = (pl.col("owner_table") == PERSON) & (pl.col("owner_id") == WHOLE_PERSON)
    return documents.join(
        owners, on=["owner_table", "owner_id"], how="left", maintain_order="left"
    ).with_columns(
        pl.when(pl.col("person_id").is_not_null())
        .then(is_whole | (pl.col("_person") == pl.col("person_id")).fill_null(False))
        .alias("is_theirs")
    )


def _owners(documents: pl.DataFrame, baseline: Batch, table: str) -> pl.DataFrame:
    """owner_table, owner_id, _person of the rows of `table` that documents name; contacts are too many to lay
    them all side by side."""
    entity, key = OWNERS[table]
    named = documents.filter(pl.col("owner_table") == table)["owner_id"].drop_nulls().unique()
    return baseline.standing_where(entity, pl.col(key).is_in(named.implode())).select(
        pl.lit(table).alias("owner_table"),
        pl.col(key).alias("owner_id"),
        pl.col("offender_id").cast(pl.String).alias("_person"),
    )
