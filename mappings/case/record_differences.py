"""Records of a company's own case system that say something else than nDelius, which has given them a key:
listed, never written."""

from collections.abc import Iterable

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.own_records import is_added

ENTITIES = (
    "offender", "address", "event", "requirement", "licence_condition", "pss_requirement", "nsi",
    "upw_order", "upw_session", "upw_adjustment",
)  # fmt: skip
CONTACT = "contact"

NOT_COMPARED = {"is_active", "area", "team", "officer", "key", "is_deleted", "row_version", "last_updated"}
"""Words that are not the record's content, or that the transfer itself changes."""


Pairs = Iterable[tuple[pl.DataFrame, pl.DataFrame]]
"""Carried records of an entity, and the rows of nDelius among which those stand whose keys they bear."""


def record_differences(model: CaseModel, contacts: Pairs) -> pl.DataFrame:
    """entity, source_file, source_row, column of every word that differs; both sides are typed, and blank
    equals blank.

    None of a company that records in nDelius. `contacts`: some at a time, for they are more than all else.
    """
    found = [pl.DataFrame(schema=dict.fromkeys(("entity", "source_file", "source_row", "column"), pl.String))]
    if not model.records:
        return pl.concat(found)
    for entity in ENTITIES:
        found.append(_of_entity(model.records[entity], model.baseline.known(entity), entity))
    for records, known in contacts:
        found.append(_of_entity(records, known, CONTACT))
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
    found = _differing(records.filter(~is_added(entity)), standing, word, shared)
    return found.select(pl.lit(entity).alias("entity"), "source_file", "source_row", "column")


def _differing(records: pl.DataFrame, standing: pl.DataFrame, word: str, shared: list[str]) -> pl.DataFrame:
    """source_file, source_row, column of the words `shared` that differ from the row of the same `word`."""
    pairs = records.join(standing, on=word, how="inner", suffix=".known")
    is_other = pl.any_horizontal(
        pl.lit(False), *(pl.col(name).ne_missing(pl.col(f"{name}.known")) for name in shared)
    )
    marked = pairs.filter(is_other).select(
        "source_file",
        "source_row",
        *(pl.col(name).ne_missing(pl.col(f"{name}.known")).alias(name) for name in shared),
    )
    told = marked.unpivot(on=shared, index=["source_file", "source_row"], variable_name="column")
    return told.filter("value").select("source_file", "source_row", "column")
