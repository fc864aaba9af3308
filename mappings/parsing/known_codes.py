"""Codes that nDelius knows and our lists, a sample of its own, do not: they are carried as themselves.

Source: codes.md. Known is what the client's reference lists hold, and what the baseline uses in the same
column; of a gateway record, in the column that its element is written to. A row of ours counts first.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

import polars as pl

from mappings.parsing.code_lists import Code, CodeList, code_list
from target.schema.record import plain_list_name
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.resources import text_table
from vocabulary.source import CASE_SYSTEMS, Word, source_words

Place = tuple[str, str, str]
"""Export, entity and word of a coded column."""

KnownCodes = Mapping[Place, frozenset[str]]
NOTHING_KNOWN: KnownCodes = {}
NDELIUS = "delius"


UsedCodes = Mapping[tuple[str, str], frozenset[str]]
"""Entity and word of a coded column to the codes that stand in it."""


def coded_words(entity: str) -> tuple[str, ...]:
    """The coded words of an entity of nDelius."""
    return tuple(word.name for word in source_words(NDELIUS)[entity] if word.code_list)


def used_codes(entity: str, frame: pl.DataFrame | pl.LazyFrame) -> dict[tuple[str, str], frozenset[str]]:
    """The codes that stand in the coded columns of a typed frame of nDelius."""
    words = coded_words(entity)
    unique = frame.lazy().select(pl.col(word).drop_nulls().unique().implode() for word in words)
    found = unique.collect(engine="streaming")
    return {(entity, word): frozenset(found[word][0].to_list()) for word in words}


def known_codes(used: UsedCodes, client: Mapping[str, frozenset[str]]) -> KnownCodes:
    """The codes that nDelius knows, for every coded word of a case system.

    Args:
        used: the codes that stand in the baseline.
        client: the client's reference lists: name of the list to its codes.
    """
    written = {
        (row["entity"], row["word"]): (row["ndelius_entity"], row["ndelius_word"])
        for row in text_table("vocabulary", "record_columns.csv").iter_rows(named=True)
    }
    found: dict[Place, frozenset[str]] = {}
    for export in CASE_SYSTEMS:
        for entity, words in source_words(export).items():
            for word in words:
                column = (entity, word.name)
                if export != NDELIUS:
                    column = written.get(column, column)
                if word.code_list:
                    found[export, entity, word.name] = used.get(column, frozenset()) | _held(word, client)
    return found


def with_known(codes: CodeList, word: Word, known: KnownCodes) -> CodeList:
    """`codes` and what nDelius knows beside them in the column of `word`."""
    return _with_further(codes, known.get((word.export, word.entity, word.name), frozenset()))


@lru_cache(maxsize=512)
def _with_further(codes: CodeList, further: frozenset[str]) -> CodeList:
    """Kept, because nDelius knows the same for every company of a run."""
    unknown = _without(further, codes.known)
    added = (Code(code, "", "current", "mapped", codes.target_list, code) for code in unknown)
    return replace(codes, codes=(*codes.codes, *added)) if unknown else codes


def _held(word: Word, client: Mapping[str, frozenset[str]]) -> frozenset[str]:
    target_list = code_list(str(word.code_list), word.export, BASELINE_COMPANY).target_list
    return client.get(plain_list_name(target_list), frozenset())


def _without(codes: Collection[str], ours: Collection[str]) -> list[str]:
    return sorted(set(codes) - set(ours))
