"""New rows of the reference lists: the sample set, codes that stand in a baseline, and provisional codes."""

from functools import cache

import polars as pl

from target.bulk import insert
from target.resolve import Resolver
from target.schema.record import ReferenceList, record, reference_list
from target.schema.shape import columns
from target.sequences import new_ids
from vocabulary.resources import resource, text_table

CODE_SETS = "R_REFERENCE_DATA_MASTER"
SAMPLE_SET = "Sample reference set"
"""What a code set of ours is labelled as, so that nobody takes it for nDelius's own."""

SAMPLE = " (sample)"
"""Ending of the description of a code that stands in for the client's own list."""

PROVISIONAL = " (provisional)"
"""Ending of the description of a code that waits for a decision (codes.md, waiting values)."""


def add_codes(resolver: Resolver, list_name: str, codes: pl.DataFrame) -> pl.DataFrame:
    """Insert the codes of a list that it does not hold yet; gives `code`, `id` of the rows inserted.

    `codes` has `code`, `description` and, where not all are selectable, `selectable` (Y or N).
    """
    where = reference_list(list_name)
    known = resolver.codes(list_name)["code"]
    new = codes.filter(~pl.col("code").is_in(known.implode())).unique(
        "code", keep="first", maintain_order=True
    )
    if new.is_empty():
        return pl.DataFrame(schema={"code": pl.String, "id": pl.Int64})
    _insert_codes(resolver, where, _fitting(where, new))
    resolver.forget(list_name)
    return new.select("code").join(resolver.codes(list_name), on="code", maintain_order="left")


def _insert_codes(resolver: Resolver, where: ReferenceList, new: pl.DataFrame) -> None:
    if where.code_set is not None:
        add_code_set(resolver, where.code_set)
        new = new.with_columns(pl.lit(resolver.code_set_id(where.code_set)).alias("code_set_id"))
    if where.category is not None:
        new = new.with_columns(pl.lit(where.category).alias("category"))
    known = new.join(code_words(where.table), on="code", how="left", maintain_order="left")
    rows = resolver.rows(where.table, known, next_ids(resolver, where.table, known))
    insert(resolver.connection, where.table, rows)


@cache
def code_words(table: str) -> pl.DataFrame:
    """`code`, and what is known of single codes beside their name (target/dictionary/code_words)."""
    path = ("target", "dictionary", "code_words", f"{table}.csv")
    if not resource(*path).is_file():
        return pl.DataFrame(schema={"code": pl.String})
    return text_table(*path).drop("certainty")


def next_ids(resolver: Resolver, table: str, frame: pl.DataFrame) -> pl.Series:
    """Ids of `table` that nobody has, one per row of `frame`."""
    key = next(fill.column for fill in record(table) if fill.fill == "key")
    return new_ids(resolver.connection, table, key, frame.height)


def add_code_set(resolver: Resolver, name: str) -> None:
    """Make the code set of a list that shares R_STANDARD_REFERENCE_LIST, where it is missing."""
    if not resolver.code_set_id(name):
        row = pl.DataFrame({"code": [name], "description": [SAMPLE_SET]})
        insert(
            resolver.connection, CODE_SETS, resolver.rows(CODE_SETS, row, next_ids(resolver, CODE_SETS, row))
        )


def _fitting(where: ReferenceList, codes: pl.DataFrame) -> pl.DataFrame:
    """Descriptions cut to the column's length, a label at their end kept; blank ones repeat the code."""
    column = next((fill.column for fill in record(where.table) if fill.source == "description"), None)
    length = columns(where.table)[column].length if column else None
    text = pl.coalesce(pl.col("description").replace("", None), "code")
    if length is None:
        return codes.with_columns(text.alias("description"))
    fitted = text.str.head(length)
    for ending in (SAMPLE, PROVISIONAL):
        label = text.str.strip_suffix(ending).str.head(length - len(ending)) + ending
        fitted = pl.when(text.str.ends_with(ending)).then(label).otherwise(fitted)
    return codes.with_columns(fitted.alias("description"))
