"""Records of a company's own case system that say something else than nDelius, which has given them a key:
listed, never written."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.own_records import is_added

ENTITIES = (
    "offender", "address", "event", "requirement", "licence_condition", "pss_requirement", "nsi",
    "upw_order", "upw_session", "upw_adjustment", "contact",
)  # fmt: skip
ROWS_AT_A_TIME = 100_000
"""Records laid beside nDelius's rows at a time: all contacts of a company with their notes are gigabytes."""

NOT_COMPARED = {"is_active", "area", "team", "officer", "key", "is_deleted", "row_version", "last_updated"}
"""Words that are not the record's content, or that the transfer itself changes."""


def record_differences(model: CaseModel) -> pl.DataFrame:
    """entity, source_file, source_row, column of every word that differs; both sides are typed, and blank
    equals blank.

    None of a company that records in nDelius.
    """
    found = [pl.DataFrame(schema=dict.fromkeys(("entity", "source_file", "source_row", "column"), pl.String))]
    for entity in ENTITIES if model.records else ():
        found.append(_of_entity(model.records[entity], model.baseline.known(entity), entity))
    return pl.concat(found)


def _of_entity(records: pl.DataFrame, known: pl.DataFrame, entity: str) -> pl.DataFrame:
    word = f"{entity}_id"
    own = {"company", "export", "source_file", "source_row", "row_number", "row_outcome", word} | NOT_COMPARED
    shared = [
        name
        for name in records.columns
        if name in known.columns
        and name not in own
        and records.schema[name] == known.schema[name]
        and not name.endswith(("_id", "_target"))
    ]
    standing = known.select(word, *shared).unique(word)
    kept = records.filter(~is_added(entity))
    parts = [kept] if kept.is_empty() else kept.iter_slices(ROWS_AT_A_TIME)
    found = pl.concat(_differing(part, standing, word, shared) for part in parts)
    return found.select(pl.lit(entity).alias("entity"), "source_file", "source_row", "column")


def _differing(records: pl.DataFrame, standing: pl.DataFrame, word: str, shared: list[str]) -> pl.DataFrame:
    """source_file, source_row, column of the words `shared` that differ from the row of the same `word`."""
    pairs = records.join(standing, on=word, how="inner", suffix=".known")
    marked = pairs.select(
        "source_file",
        "source_row",
        *(pl.col(name).ne_missing(pl.col(f"{name}.known")).alias(name) for name in shared),
    )
    told = marked.unpivot(on=shared, index=["source_file", "source_row"], variable_name="column")
    return told.filter("value").select("source_file", "source_row", "column")
