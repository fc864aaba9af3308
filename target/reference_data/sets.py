"""Fills the reference tables: from the client's export where it has a list, elsewhere a labelled sample."""

from collections.abc import Iterator
from functools import cache

import polars as pl

from target.bulk import insert
from target.reference_data.export import CODE_SET_ID, CODE_SET_NAME, CODES
from target.reference_data.oasys_form import CATEGORIES, add_categories
from target.reference_data.rows import CODE_SETS, SAMPLE, add_code_sets, add_codes, code_words, next_ids
from target.resolve import Resolver
from target.schema.record import (
    filled_tables,
    is_filled,
    plain_list_name,
    record,
    reference_list,
    reference_lists,
)
from target.schema.shape import constraints, load_order
from vocabulary.resources import text_table

_SAMPLE_FILES = (("reference_codes.csv",), ("sample_codes.csv",), ("oasys", "elements.csv"))
_WORDS = ["list_name", "code", "description", "selectable"]


def fill_references(resolver: Resolver, codes: pl.DataFrame, export: dict[str, pl.DataFrame]) -> None:
    """Insert the reference rows of a new target.

    Args:
        codes: list_name, code, description of what our code lists add to the dictionary's sample.
        export: table to the client's rows, from target.reference_data.export.
    """
    samples = sample_codes(codes)
    exported = _exported_lists(export)
    for table in load_order():
        if table in export:
            insert(resolver.connection, table, _client_rows(resolver, table, export))
        if table == CODE_SETS:
            _add_code_sets(resolver)
        if table == CATEGORIES:
            add_categories(resolver)
        own = [_wanted(name, samples[name], exported) for name in _lists_in(table, samples)]
        if own:
            add_codes(resolver, pl.concat(own))


def _wanted(name: str, rows: pl.DataFrame, exported: frozenset[str]) -> pl.DataFrame:
    """The sample rows of a list; of one that the client's export holds those that every target needs."""
    if name in exported:
        rows = rows.filter(pl.col("code").is_in(sorted(_stand_ins().get(name, set()))))
    return rows.with_columns(pl.lit(name).alias("list_name"))


def sample_codes(codes: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Plain list name to its sample rows; the first to describe a code counts."""
    given = codes.with_columns(selectable=pl.lit("Y")) if "selectable" not in codes.columns else codes
    ours = [text_table("target", "dictionary", *path) for path in _SAMPLE_FILES]
    every = pl.concat([*(frame.select(_WORDS) for frame in ours), given.select(_WORDS)])
    label = pl.coalesce(pl.col("description").replace("", None), "code") + SAMPLE
    by_list: dict[str, list[pl.DataFrame]] = {}
    for (name,), rows in every.with_columns(label.alias("description")).group_by(
        "list_name", maintain_order=True
    ):
        by_list.setdefault(plain_list_name(str(name)), []).append(rows)
    return {name: pl.concat(rows) for name, rows in by_list.items() if name}


def _lists_in(table: str, samples: dict[str, pl.DataFrame]) -> Iterator[str]:
    for name in samples:
        where = reference_list(name)
        if where.table == table and where.is_reference:
            yield name


def _exported_lists(export: dict[str, pl.DataFrame]) -> frozenset[str]:
    """Plain names of the lists that the client's export holds."""
    named = {name for name in reference_lists() if reference_list(name).table in export}
    own = {name for name in named if reference_list(name).code_set is None}
    if CODES not in export:
        return frozenset(own)
    sets = export[CODE_SETS].join(export[CODES], on=CODE_SET_ID, how="semi")
    return frozenset(own | set(sets[CODE_SET_NAME]))


def _add_code_sets(resolver: Resolver) -> None:
    # Every code set stands from the start: one made by a load would outlive its undo.
    add_code_sets(
        resolver, [name for name in sorted(reference_lists()) if reference_list(name).code_set is not None]
    )


@cache
def _stand_ins() -> dict[str, set[str]]:
    """Plain list name to the codes that records write where a word is blank; every target needs them."""
    found: dict[str, set[str]] = {}
    for table in filled_tables():
        for fill in record(table):
            if fill.fill == "code" and fill.default:
                found.setdefault(plain_list_name(fill.list_name), set()).add(fill.default)
    return found


def _client_rows(resolver: Resolver, table: str, export: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The client's rows as they are; what is blank or not exported as the table's record fills it."""
    given = export[table].select(_usable(table, export))
    filled = resolver.rows(table, _words(table, given), _ids(resolver, table, given))
    both = [
        pl.coalesce(given[name], filled[name]).alias(name) if name in filled.columns else given[name]
        for name in given.columns
    ]
    return filled.with_columns(both)


def _usable(table: str, export: dict[str, pl.DataFrame]) -> list[str]:
    """Columns of the export that keep their meaning: no users, no ids of tables not exported."""
    elsewhere = {
        name
        for rule in constraints(table)
        if rule.kind == "refers_to" and not _has_ids(rule.argument, export)
        for name in rule.columns
    }
    audit = {fill.column for fill in record(table) if fill.fill == "audit"}
    return [name for name in export[table].columns if name not in elsewhere | audit]


def _has_ids(table: str, export: dict[str, pl.DataFrame]) -> bool:
    return table in export and is_filled(table) and _key(table) in export[table].columns


def _key(table: str) -> str:
    return next(fill.column for fill in record(table) if fill.fill == "key")


def _words(table: str, given: pl.DataFrame) -> pl.DataFrame:
    """The words of the record that a column of the export gives as it is, and what is known of its codes."""
    words = {
        fill.source: given[fill.column]
        for fill in reversed(record(table))
        if fill.fill == "value" and fill.column in given.columns
    }
    known = code_words(table)
    own = [name for name in known.columns if name not in words]
    named = pl.DataFrame(words)
    return named.join(known.select("code", *own), on="code", how="left") if own else named


def _ids(resolver: Resolver, table: str, given: pl.DataFrame) -> pl.Series:
    key = _key(table)
    return given[key] if key in given.columns else next_ids(resolver, table, given)
