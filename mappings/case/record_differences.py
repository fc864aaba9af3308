"""Records of a company's own case system that say something else than nDelius, which has given them a key:
listed, never written."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.own_records import is_added

ENTITIES = (
    "offender", "address", "event", "requirement", "licence_condition", "pss_requirement", "nsi",
    "upw_order", "upw_session", "upw_adjustment", "contact",
)  # fmt: skip
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
    pairs = records.filter(~is_added(entity)).join(
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
