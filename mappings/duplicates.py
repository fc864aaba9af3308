"""Rows delivered twice: identical ones count once (T10), one key with different content never (T11)."""

import polars as pl

from mappings.failures import ROW
from vocabulary.findings import collect, findings_of
from vocabulary.keys import key_words
from vocabulary.source import source_words

NUMBERING = "message_reference"
"""A message number is unique by itself (F08), so that it cannot tell whether two records are the same."""


def duplicates(
    text: pl.DataFrame, export: str, entity: str, skip: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Findings T10 and T11 of a text frame, whose rows are in the order of the delivery.

    Padding does not count. `skip`: `source_file, source_row` of rows already set aside: no duplicates of any.
    """
    key = list(key_words(export, entity))
    content = [word.name for word in source_words(export)[entity] if word.name != NUMBERING]
    keyed = text.with_columns(pl.col(key).str.strip_chars())
    if skip is not None:
        keyed = keyed.join(skip.select(ROW), on=ROW, how="anti", maintain_order="left")
    has_key = pl.all_horizontal((pl.col(word) != "").fill_null(False) for word in key)
    repeated = keyed.filter(has_key).filter(pl.struct(key).is_duplicated())
    plain = repeated.with_columns(pl.col(content).str.strip_chars().fill_null(""))
    is_first = plain.select(pl.struct(content).is_first_distinct()).to_series()
    distinct = plain.filter(is_first)
    return collect(
        [
            findings_of(plain.filter(~is_first), "T10", entity),
            findings_of(distinct.filter(pl.struct(key).is_duplicated()), "T11", entity, ";".join(key)),
        ]
    )
