"""Both sides of a comparison by evidence: a company's persons and nDelius, with addresses and sentences.

Nothing beside the persons is read, and Splink is not imported, unless somebody is left to compare.
"""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import polars as pl

from matching.baseline import identifier_keys
from matching.cascade import Matched, Weigh
from matching.linkage.people import (
    ALIAS_SCHEMA,
    ID,
    PERSON_SCHEMA,
    POSTCODE_SCHEMA,
    SENTENCE_SCHEMA,
    People,
)
from matching.linkage.weighing import Left, Weighed, weigh_left
from pipeline.storage.store import write_frame
from vocabulary.batch import Batch

Beside = Mapping[str, pl.LazyFrame]
BESIDE = ("address", "disposal")
"""Entities of nDelius that say more of a person, read where somebody is compared."""

LINKED_BY_EVIDENCE = "linked"
"""Frame of whom evidence linked (matching.cascade.EVIDENCE_SCHEMA)."""

COMPARED = "compared"
"""Frame of what was weighed, thing by thing (matching.cascade.COMPARED_SCHEMA)."""

WEIGHTS = "weights.json"
KEY = "offender_id"


def weighing(batch: Batch, offenders: pl.DataFrame, baseline: Batch, beside: Beside | None) -> Weigh | None:
    """What compares the persons `offenders` (spg) with nDelius; None where nDelius is not at hand."""
    if beside is None:
        return None
    return partial(_weigh, batch=batch, offenders=offenders, baseline=baseline, beside=beside)


def keep_evidence(out: Path, persons: Matched) -> None:
    """Write whom evidence linked and the weights, if anybody was compared."""
    write_frame(out, LINKED_BY_EVIDENCE, persons.linked)
    write_frame(out, COMPARED, persons.lines)
    if persons.weights:
        text = json.dumps(persons.weights.as_json(), indent=1)
        (out / WEIGHTS).write_text(text, encoding="utf-8")


def people_of_delivery(batch: Batch, offenders: pl.DataFrame) -> People:
    """The persons of a full record by their place in `offenders`; addresses and sentences by their number."""
    numbered = offenders.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(ID))
    named = numbered.select(ID, "person_ref").drop_nulls().lazy()
    addresses = batch.all("spg", "address").lazy().join(named, on="person_ref")
    events = batch.all("spg", "event").lazy().join(named, on="person_ref")
    return People(
        persons_of(numbered), addresses.select(list(POSTCODE_SCHEMA)), events.select(list(SENTENCE_SCHEMA))
    )


def people_of_ndelius(baseline: Batch, beside: Beside) -> People:
    """The persons of nDelius who are not deleted, by OFFENDER_ID."""
    live = baseline.known("offender").filter(~pl.col("is_deleted").fill_null(False))
    persons = persons_of(live.with_columns(pl.col(KEY).alias(ID)))
    address, disposal, alias = (
        rows.filter(~pl.col("is_deleted").fill_null(False)).with_columns(pl.col(KEY).alias(ID))
        for rows in (beside["address"], beside["disposal"], baseline.known("alias").lazy())
    )
    return People(
        persons,
        address.select(list(POSTCODE_SCHEMA)),
        disposal.select(list(SENTENCE_SCHEMA)),
        alias.select(list(ALIAS_SCHEMA)),
    )


def _weigh(left: Left, *, batch: Batch, offenders: pl.DataFrame, baseline: Batch, beside: Beside) -> Weighed:
    return weigh_left(left, people_of_delivery(batch, offenders), people_of_ndelius(baseline, beside))


def persons_of(rows: pl.DataFrame, *beside: str) -> pl.DataFrame:
    """PERSON_SCHEMA of typed persons that are numbered, and the columns `beside`."""
    return rows.with_columns(identifier_keys(rows)).select(*PERSON_SCHEMA, *beside)
