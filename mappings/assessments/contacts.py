"""The diary rows of nDelius: one CONTACT for each finished assessment and each complete star.

They stand on the day of the assessment, with its author (dictionary rule 12).
"""

from collections.abc import Sequence

import polars as pl

from mappings.parsing.code_lists import code_list
from mappings.registry import writes
from mappings.writes.authors import attribute_to_author
from vocabulary.batch import Batch
from vocabulary.source import Word, source_words

PROVENANCE = ["export", "source_file", "source_row"]
ASSESSMENT_CONTACT = "CRCA"
"""Contact type of an assessment carried over; no list of nDelius has one yet
(mappings.writes.provisional_codes)."""

SCORE = "score_"
"""Begins the names of the ten areas of a star."""

_SHOWN_ONLY = "Recorded by the company's own tool. It is no OASys score."


@writes("eoc", tables="CONTACT")
def assessment_contacts(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """Rows of CONTACT for the carried assessments."""
    rows = batch.carried("eoc", "assessment").with_columns(
        pl.format("eoc:assessment:{}", "assessment_ref").alias("natural_key"),
        pl.col("completed_date").alias("date"),
        pl.col("assessor").alias("author"),
        _assessment_note(batch.company).alias("notes"),
    )
    return _contacts(rows, baseline)


@writes("justice_star", tables="CONTACT")
def star_contacts(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """Rows of CONTACT for the carried stars; the note lists the scores of the ten areas."""
    rows = batch.carried("justice_star", "star").with_columns(
        pl.format("justice_star:star:{}", "star_ref").alias("natural_key"),
        pl.col("worker").alias("author"),
        _star_note(batch.company).alias("notes"),
    )
    return _contacts(rows, baseline)


def _contacts(rows: pl.DataFrame, baseline: Batch) -> pl.DataFrame:
    no = pl.lit(False)
    return attribute_to_author(rows, baseline).select(
        "natural_key",
        *PROVENANCE,
        "date",
        pl.col("person_id").alias("offender_id"),
        pl.lit(ASSESSMENT_CONTACT).alias("type"),
        *["area", "team", "officer", "notes"],
        no.alias("is_rar"),
        no.alias("is_sensitive"),
        no.alias("is_deleted"),
    )


def _assessment_note(company: str) -> pl.Expr:
    return _note(
        ("Assessment", pl.col("assessment_ref")),
        ("Version of the tool", pl.col("version")),
        ("Type", _label("eoc_type", "eoc", company, "type")),
        ("Started", pl.col("start_date").cast(pl.String)),
        ("Completed", pl.col("completed_date").cast(pl.String)),
        ("Risk of serious harm, as recorded", _label("rosh", "eoc", company, "rosh_level")),
        ("OGRS3 of one year, as recorded", pl.col("ogrs3_one_year").cast(pl.String)),
        ("OGRS3 of two years, as recorded", pl.col("ogrs3_two_year").cast(pl.String)),
        ending=pl.lit(_SHOWN_ONLY),
    )


def _star_note(company: str) -> pl.Expr:
    areas = [word for word in source_words("justice_star")["star"] if word.name.startswith(SCORE)]
    return _note(
        ("Star", pl.col("star_ref")),
        ("Type", _label("star_type", "justice_star", company, "type")),
        *((_area(word), pl.col(word.name).cast(pl.String)) for word in areas),
        ending=pl.col("note"),
    )


def _area(word: Word) -> str:
    """`accommodation, 1-10` as the agreement says it, without the scale."""
    return word.meaning.rsplit(",", 1)[0].capitalize()


def _label(list_name: str, export: str, company: str, column: str) -> pl.Expr:
    labels = {code.source_code: code.label for code in code_list(list_name, export, company).codes}
    return pl.col(column).replace_strict(labels, default=None, return_dtype=pl.String)


def _note(*lines: tuple[str, pl.Expr], ending: pl.Expr) -> pl.Expr:
    """A line per label and value; a blank value leaves its line out, as nDelius lays out its own notes."""
    told: Sequence[pl.Expr] = [pl.format("{}: {}", pl.lit(label), value) for label, value in lines]
    return pl.concat_str(*told, ending, separator="\n", ignore_nulls=True)
