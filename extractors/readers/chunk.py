"""Turns split rows into a chunk: provenance in front, all words in order, findings T01, T02, T03 and T09."""

from functools import partial

import polars as pl

from extractors.layout import Part
from extractors.readers.broken import Fields, broken_of
from extractors.readers.source import Chunk, Source
from vocabulary.findings import collect, findings_of
from vocabulary.source import source_words

RAGGED, UNREADABLE, MISWRITTEN = "_ragged", "_unreadable", "_miswritten"
"""Marks a reader sets on a row: wrong number of fields (T01); a NUL or an undecodable byte (T02); all fields
there, but their quoting wrong or a member there twice (T01). Only some readers know the third."""

DOUBLE_ENCODED = r"[ÃÂ][^\x00-\x7F]|â€"
"""UTF-8 read as CP1252: Ã or Â before another high character, or the start of a curly quote (T03)."""

DOUBLE_MARKS = ("Ã", "Â", "â€")
"""A text in which none of these stands has nothing of that."""

FORMULA_LIKE = r"^[=+\-@].*[^=+\-@\s]"
"""Text that a spreadsheet would take for a formula (T09); a dash alone is a placeholder (codes.md)."""


def chunk_of(
    source: Source,
    part: Part,
    rows: pl.DataFrame,
    *,
    looks_double: bool = True,
    broken_fields: tuple[Fields, ...] = (),
) -> Chunk:
    """The chunk of `rows`. `looks_double`: false where none of DOUBLE_MARKS stands in any of them.

    `rows` has `row_number`, `source_row`, the marks, words as far as the file has them, and for workbooks
    `date_system`. Words that are missing become null. `broken_fields`: what stands in the ragged rows.
    """
    frame = rows.select(
        pl.lit(source.company).alias("company"),
        pl.lit(source.export).alias("export"),
        pl.lit(source.path.name).alias("source_file"),
        pl.col("source_row").cast(pl.String),
        pl.col("row_number").cast(pl.Int64),
        *_words(source, part, rows),
        *(["date_system"] if "date_system" in rows.columns else []),
    )
    is_ragged = rows[RAGGED]
    is_aside = (
        is_ragged | rows[UNREADABLE] | rows[MISWRITTEN]
        if MISWRITTEN in rows.columns
        else is_ragged | rows[UNREADABLE]
    )
    return Chunk(
        part,
        frame,
        partial(_findings, source, part, frame, rows, looks_double),
        ~is_ragged,
        broken_of(rows, is_ragged, is_aside, broken_fields),
    )


def empty_frame(source: Source, part: Part) -> pl.DataFrame:
    """The text frame of `part` without a row, with the columns every chunk of `source` has."""
    marks = {"source_row": pl.String, "row_number": pl.Int64, RAGGED: pl.Boolean, UNREADABLE: pl.Boolean}
    system = {"date_system": pl.String} if source.dialect.container == "xlsx" else {}
    return chunk_of(source, part, pl.DataFrame(schema={**marks, **system})).frame


def _words(source: Source, part: Part, rows: pl.DataFrame) -> list[pl.Expr]:
    """Every word as text. One that the file's version does not have is null, never ''."""
    return [
        pl.col(word).cast(pl.String) if word in rows.columns else pl.lit(None, dtype=pl.String).alias(word)
        for word in source.words(part)
    ]


def _findings(
    source: Source, part: Part, frame: pl.DataFrame, rows: pl.DataFrame, looks_double: bool
) -> pl.DataFrame:
    is_broken = rows[RAGGED] | rows[MISWRITTEN] if MISWRITTEN in rows.columns else rows[RAGGED]
    found = [
        *(
            findings_of(frame.filter(mark), rule, part.entity)
            for rule, mark in (("T01", is_broken), ("T02", rows[UNREADABLE]))
            if mark.any()
        ),
    ]
    if looks_double:
        found += _matching(frame, part.entity, "T03", DOUBLE_ENCODED, text_words(source.export, part.entity))
    if source.dialect.container in ("csv", "xlsx"):
        found += _matching(frame, part.entity, "T09", FORMULA_LIKE, text_words(source.export, part.entity))
    return collect(found)


def _matching(
    frame: pl.DataFrame, entity: str, rule: str, pattern: str, words: tuple[str, ...]
) -> list[pl.DataFrame]:
    if frame.is_empty():
        return []
    there = [word for word in words if word in frame.columns]
    hits = frame.select(pl.col(there).str.contains(pattern).fill_null(False))
    return [findings_of(frame.filter(hit), rule, entity, hit.name) for hit in hits if hit.any()]


def text_words(export: str, entity: str) -> tuple[str, ...]:
    """The words of free or fixed-length text: not numbers, dates, flags or codes."""
    return tuple(
        word.name for word in source_words(export)[entity] if word.type.startswith(("text(", "char("))
    )
