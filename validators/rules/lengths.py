"""A value fits the target column; nothing is cut (T07). Lengths are the dictionary's, in characters."""

from functools import cache

import polars as pl

from target.schema.record import record
from target.schema.shape import columns
from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch
from vocabulary.companies import company
from vocabulary.resources import text_table


@judges("delius", "spg", rules="T07")
def too_long(batch: Batch, export: str) -> list[pl.DataFrame]:
    """Findings of T07 on every frame of `export` whose entity has a target table (tables.csv).

    Of a case system it is one rule among others. Of every other export it is asked first, by the pipeline:
    rules judge no row that does not fit.
    """
    found = []
    for entity in batch.frames[export]:
        frame = batch.in_scope(export, entity)
        for word, length in _lengths(entity).items():
            if word in frame.columns and frame.schema[word] == pl.String:
                text = _new_project_code(batch.company) if _is_recoded(export, entity, word) else pl.col(word)
                found.append(failing(frame, text.str.len_chars() > length, "T07", entity, word))
    return found


def _is_recoded(export: str, entity: str, word: str) -> bool:
    return (export, entity, word) == ("upw", "upw_project", "code")


def _new_project_code(code: str) -> pl.Expr:
    """The longest code a project may go on under: region, its old code without the company's, company."""
    region = max(company(code).regions, key=len)
    local = pl.col("code").str.strip_prefix(code)
    return pl.concat_str(pl.lit(region), local, pl.lit(f"-{code}"))


@cache
def _lengths(entity: str) -> dict[str, int]:
    """Longest text of each word that goes into a text column as it is."""
    tables = dict(text_table("validators", "tables.csv").iter_rows())
    if entity not in tables:
        return {}
    table = tables[entity]
    limits = columns(table)
    return {
        fill.source: length
        for fill in record(table)
        if fill.fill == "value" and (length := limits[fill.column].length) is not None
    }
