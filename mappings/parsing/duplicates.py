"""Rows delivered twice: identical ones count once (T10), one key with different content never (T11)."""

import polars as pl

from mappings.parsing.failures import ROW
from vocabulary.findings import collect, findings_of
from vocabulary.keys import key_words
from vocabulary.source import source_words

NUMBERING = "message_reference"
"""A message number is unique by itself (F08), so that it cannot tell whether two records are the same."""

FURTHER_KEYS = {("spg", "offender"): (["person_ref"],)}
"""LocalReference names the person (spg.md): one profile each, however its record is numbered."""


def duplicates(
    text: pl.DataFrame, export: str, entity: str, skip: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Findings T10 and T11 of a text frame, whose rows are in the order of the delivery.

    Padding does not count. `skip`: `source_file, source_row` of rows already set aside: no duplicates of any.
    """
    keys = [list(key_words(export, entity)), *FURTHER_KEYS.get((export, entity), ())]
    content = [word.name for word in source_words(export)[entity] if word.name != NUMBERING]
    judged = text
    if skip is not None and skip.height:
        judged = text.join(skip.select(ROW), on=ROW, how="anti", maintain_order="left")
    return collect([found for key in keys for found in _of_key(judged, entity, key, content)])


def _of_key(text: pl.DataFrame, entity: str, key: list[str], content: list[str]) -> list[pl.DataFrame]:
    stripped = [pl.col(word).str.strip_chars() for word in key]
    has_key = pl.all_horizontal((word != "").fill_null(False) for word in stripped)
    is_repeated = text.select(has_key & pl.struct(stripped).is_duplicated()).to_series()
    if not is_repeated.any():
        return []
    repeated = text.filter(is_repeated).with_columns(stripped)
    plain = repeated.with_columns(pl.col(content).str.strip_chars().fill_null(""))
    is_first = plain.select(pl.struct(content).is_first_distinct()).to_series()
    distinct = plain.filter(is_first)
    return [
        findings_of(plain.filter(~is_first), "T10", entity),
        findings_of(distinct.filter(pl.struct(key).is_duplicated()), "T11", entity, ";".join(key)),
    ]
