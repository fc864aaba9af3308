"""SPG records that nDelius has acknowledged and that say something else than nDelius: listed,
never written."""

import polars as pl

from vocabulary.batch import Batch
from vocabulary.keys import key_words

ENTITIES = (
    "offender", "address", "event", "requirement", "licence_condition", "pss_requirement", "nsi",
    "upw_order", "upw_session", "upw_adjustment", "contact",
)  # fmt: skip
NOT_COMPARED = {"is_active", "area", "team", "officer", "key", "is_deleted", "row_version", "last_updated"}
"""Words that are not the record's content, or that the transfer itself changes."""


def spg_differences(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """entity, source_file, source_row, column of every word that differs; both sides typed,
    blank equals blank."""
    found = [
        _of_entity(batch.carried("spg", entity), baseline.all("delius", entity), entity)
        for entity in ENTITIES
    ]
    return pl.concat(found)


def _of_entity(records: pl.DataFrame, known: pl.DataFrame, entity: str) -> pl.DataFrame:
    (word,) = key_words("delius", entity)
    own = {"company", "export", "source_file", "source_row", "row_number", "row_outcome", word} | NOT_COMPARED
    shared = [
        name
        for name in records.columns
        if name in known.columns
        and name not in own
        and records.schema[name] == known.schema[name]
        and not name.endswith(("_id", "_target"))
    ]
    pairs = records.filter(pl.col(word).fill_null(0) != 0).join(
        known.select(word, *shared).unique(word), on=word, how="inner", suffix=".known"
    )
    marked = pairs.select(
        "source_file",
        "source_row",
        *(pl.col(name).ne_missing(pl.col(f"{name}.known")).alias(name) for name in shared),
    )
    return (
        marked.unpivot(on=shared, index=["source_file", "source_row"], variable_name="column")
        .filter("value")
        .select(pl.lit(entity).alias("entity"), "source_file", "source_row", "column")
    )
