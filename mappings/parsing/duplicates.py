"""Rows delivered twice: identical ones count once (T10), one key with different content never (T11)."""

from typing import Literal

import polars as pl

from mappings.parsing.failures import ROW
from vocabulary.findings import PROVENANCE, collect, findings_of, no_findings
from vocabulary.keys import key_words
from vocabulary.source import source_words

NUMBERING = "message_reference"
"""A message number is unique by itself (F08), so that it cannot tell whether two records are the same."""

Engine = Literal["in-memory", "streaming"]

FURTHER_KEYS = {("spg", "offender"): (["person_ref"],)}
"""LocalReference names the person (spg.md): one profile each, however its record is numbered."""


SEEDS = (1, 2)
"""Two hashes of 64 bits stand for the content of a row: one alone could be that of another."""


def duplicates(
    text: pl.DataFrame | pl.LazyFrame, export: str, entity: str, skip: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Findings T10 and T11 of a text frame, whose rows are in the order of the delivery.

    Padding does not count. `skip`: `source_file, source_row` of rows already set aside: no duplicates of any.
    Of all rows only the keys are held, of those with a repeated key their hash.
    """
    if isinstance(text, pl.DataFrame) and text.is_empty():
        return no_findings()
    keys = [list(key_words(export, entity)), *FURTHER_KEYS.get((export, entity), ())]
    content = [word.name for word in source_words(export)[entity] if word.name != NUMBERING]
    # What is in memory is not streamed: the engine for that costs more than most entities do.
    engine: Engine = "in-memory" if isinstance(text, pl.DataFrame) else "streaming"
    judged = text.lazy()
    if skip is not None and skip.height:
        judged = judged.join(skip.lazy().select(ROW), on=ROW, how="anti", maintain_order="left")
    return collect([found for key in keys for found in _of_key(judged, entity, key, content, engine)])


def _of_key(
    text: pl.LazyFrame, entity: str, key: list[str], content: list[str], engine: Engine
) -> list[pl.DataFrame]:
    stripped = [pl.col(word).str.strip_chars() for word in key]
    has_key = pl.all_horizontal((word != "").fill_null(False) for word in stripped)
    one = stripped[0] if len(key) == 1 else pl.struct(stripped)
    is_repeated = text.select(has_key & one.is_duplicated()).collect(engine=engine).to_series()
    if not is_repeated.any():
        return []
    values = text.select(stripped).collect(engine=engine).filter(is_repeated).unique()
    plain = pl.struct(pl.col(word).str.strip_chars().fill_null("") for word in content)
    hashes = [plain.hash(seed).alias(f"_hash_{seed}") for seed in SEEDS]
    repeated = text.select(*PROVENANCE, *stripped, *hashes).join(
        values.lazy(), on=key, how="semi", maintain_order="left"
    )
    rows = repeated.collect(engine=engine)
    is_first = rows.select(pl.struct(f"_hash_{seed}" for seed in SEEDS).is_first_distinct()).to_series()
    distinct = rows.filter(is_first)
    return [
        findings_of(rows.filter(~is_first), "T10", entity),
        findings_of(distinct.filter(pl.struct(key).is_duplicated()), "T11", entity, ";".join(key)),
    ]
