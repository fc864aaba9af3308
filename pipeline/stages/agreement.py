"""What a company delivered of nDelius's rows, compared with nDelius: X04 and X05.

It stands before the case model and looks at the two deliveries themselves, so it knows which export is which.
"""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from extractors.base import scan_entity
from mappings.case.case_model import CaseModel
from mappings.case.company_persons import persons_of_area
from mappings.parsing.other_forms import WHOLE_TYPES
from pipeline.figures.company_rows import company_rows
from validators.agreement import differences, not_delivered
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, Batch
from vocabulary.findings import collect
from vocabulary.keys import key
from vocabulary.line_hash import LINE_HASH
from vocabulary.links import parents_first
from vocabulary.source import NDELIUS, OWN_SYSTEM, source_words

RECORDS = ("offender", "event", "requirement", "licence_condition", "pss_requirement", "nsi", "upw_order")
"""What nDelius and a gateway company both hold, each under nDelius's key (delius.md, X05)."""

ROW = ["source_file", "source_row"]

TextReader = Callable[[str, str, pl.DataFrame], pl.DataFrame]
"""Gives rows (source_file, source_row, row_number) of an export and entity as text, as extract left them."""


def agreement(
    batch: Batch, baseline: Batch, delivered: TextReader, known: TextReader, left_out: pl.DataFrame
) -> pl.DataFrame:
    """X04 and X05 of an extract of nDelius, X05 of a company with its own case system.

    Args:
        delivered, known: read rows of the two sides as text. left_out: values that are not carried.
    """
    if batch.has_own_system:
        return records_not_delivered(batch, baseline)
    return _of_extract(batch, baseline, delivered, known, left_out)


def records_not_delivered(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """X05 of a company with its own case system: what nDelius has of the persons of its area, by its key."""
    expected = company_rows(baseline, batch.company, persons_of_area(CaseModel(batch, baseline)))
    found = []
    for entity in RECORDS:
        records = batch.all(OWN_SYSTEM, entity)
        keys = records.select(pl.col(f"{entity}_id").cast(pl.String).alias("key"))
        if entity == "offender":  # whose key went with a merger, or was never told, is delivered all the same
            keys = pl.concat([keys, records.select(pl.col("person_id").alias("key"))])
        standing = expected[entity].filter(pl.col("row_outcome") == CARRIED)
        found.append(not_delivered(keys, standing, batch.company, entity))
    return collect(found)


def text_reader(folder: Path) -> TextReader:
    """Reads rows of what extract left under `folder`, a whole number written 1.0 as 1: keys are compared as
    text."""

    def read(export: str, entity: str, rows: pl.DataFrame) -> pl.DataFrame:
        numbers = pl.col("row_number").is_in(rows["row_number"].implode())
        found = scan_entity(folder / export, entity).filter(numbers).collect()
        return _plain(found.join(rows, on=ROW, how="semi", maintain_order="left"), export, entity)

    return read


def _of_extract(
    batch: Batch, baseline: Batch, delivered: TextReader, known: TextReader, left_out: pl.DataFrame
) -> pl.DataFrame:
    found = []
    persons = [batch.all(NDELIUS, "offender")["offender_id"].drop_nulls().cast(pl.String)]
    persons.append(persons_of_area(CaseModel(batch, baseline)).alias("offender_id"))
    expected = company_rows(baseline, batch.company, pl.concat(persons).unique())
    for entity in parents_first(NDELIUS):
        ours = batch.all(NDELIUS, entity)
        here, there = _unequal(ours, _standing_or_held(baseline, entity))
        if here.height:
            words = [word.name for word in source_words(NDELIUS)[entity]]
            text, known_text = (
                read(NDELIUS, entity, rows).with_columns(key(NDELIUS, entity).alias("key"))
                for read, rows in ((delivered, here), (known, there))
            )
            found.append(differences(text, known_text, entity, words, left_out))
        found.append(not_delivered(ours, expected[entity], batch.company, entity))
    return collect(found)


def _standing_or_held(baseline: Batch, entity: str) -> pl.LazyFrame:
    """Every row of the baseline, also those that nDelius could not hold."""
    sides = [baseline.known(entity), *([baseline.held[entity]] if entity in baseline.held else [])]
    rows = pl.concat(side.lazy().select(*ROW, "row_number", "key", LINE_HASH) for side in sides)
    return rows.unique("key", keep="first", maintain_order=True)


def _unequal(ours: pl.DataFrame, theirs: pl.LazyFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """ROW and row_number, here and there, of rows of one key whose lines are not the same."""
    places = [*ROW, "row_number"]
    judged = (
        ours.lazy()
        .filter(pl.col("row_outcome").is_in([CARRIED, NOT_IN_SCOPE]))
        .select(*places, "key", LINE_HASH)
    )
    differ = (
        judged.join(theirs, on="key", how="inner", suffix=".there", maintain_order="left")
        .filter(pl.col(LINE_HASH) != pl.col(f"{LINE_HASH}.there"))
        .collect()
    )
    there = differ.select(pl.col(f"{name}.there").alias(name) for name in places)
    return differ.select(places), there.unique(maintain_order=True)


def _plain(text: pl.DataFrame, export: str, entity: str) -> pl.DataFrame:
    whole = [word.name for word in source_words(export)[entity] if word.type in WHOLE_TYPES]
    if not whole or text.is_empty():
        return text
    return text.with_columns(pl.col(whole).str.replace(r"^( *-?\d+)\.0( *)$", "${1}${2}"))
