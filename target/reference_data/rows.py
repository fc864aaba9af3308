"""New rows of the reference lists: the sample set, codes that stand in a baseline, and provisional codes."""

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl

from target.bulk import insert
from target.resolve import Resolver
from target.schema.record import record, reference_list
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


def add_codes(resolver: Resolver, codes: pl.DataFrame) -> pl.DataFrame:
    """Insert the codes that their lists do not hold yet; gives `list_name`, `code`, `id` of those.

    `codes` has `list_name` (plain names), `code`, `description` and, where not all are selectable,
    `selectable` (Y or N), and `id` where some had a number before, which they keep. Of a code that is there
    twice the first counts.
    """
    held = {name: set(resolver.codes(name)["code"]) for name in set(codes["list_name"])}
    is_new = [
        _is_first(held[name], code) for name, code in zip(codes["list_name"], codes["code"], strict=True)
    ]
    inserted = [pl.DataFrame(schema={"list_name": pl.String, "code": pl.String, "id": pl.Int64})]
    if not any(is_new):
        return inserted[0]
    new = codes.filter(pl.Series(is_new))
    tables = {name: reference_list(name).table for name in held}
    for table in dict.fromkeys(tables[name] for name in new["list_name"]):
        own = new.filter(pl.col("list_name").is_in([name for name in held if tables[name] == table]))
        inserted.append(_insert_codes(resolver, table, _fitting(table, own)))
    return pl.concat(inserted)


def _is_first(held: set[str | None], code: str | None) -> bool:
    """The code is not held yet; from now on it is."""
    is_new = code is not None and code not in held
    held.add(code)
    return is_new


def _insert_codes(resolver: Resolver, table: str, new: pl.DataFrame) -> pl.DataFrame:
    lists = {name: reference_list(name) for name in dict.fromkeys(new["list_name"])}
    sets = {name: where.code_set for name, where in lists.items() if where.code_set is not None}
    if sets:
        add_code_sets(resolver, list(sets.values()))
        ids = {name: resolver.lists.code_set_id(code_set) for name, code_set in sets.items()}
        new = new.with_columns(_of_list(ids, pl.Int64).alias("code_set_id"))
    categories = {name: where.category for name, where in lists.items() if where.category is not None}
    if categories:
        new = new.with_columns(_of_list(categories, pl.String).alias("category"))
    known = new.join(code_words(table), on="code", how="left", maintain_order="left")
    ids_of_rows = _ids_of_codes(resolver, table, known)
    insert(resolver.connection, table, resolver.rows(table, known.drop("id", strict=False), ids_of_rows))
    inserted = known.select("list_name", "code", ids_of_rows.alias("id"))
    for (name,), rows in inserted.partition_by("list_name", as_dict=True, include_key=False).items():
        resolver.lists.learn(str(name), rows)
    return inserted


def _of_list(values: Mapping[str, int] | Mapping[str, str], kind: type[pl.DataType]) -> pl.Expr:
    return pl.col("list_name").replace_strict(values, default=None, return_dtype=kind)


@cache
def code_words(table: str) -> pl.DataFrame:
    """`code`, and what is known of single codes beside their name (target/dictionary/code_words)."""
    path = ("target", "dictionary", "code_words", f"{table}.csv")
    if not resource(*path).is_file():
        return pl.DataFrame(schema={"code": pl.String})
    return text_table(*path).drop("certainty")


def _ids_of_codes(resolver: Resolver, table: str, codes: pl.DataFrame) -> pl.Series:
    """The number that each had before, else one that nobody has."""
    if "id" not in codes.columns or codes["id"].null_count() == codes.height:
        return next_ids(resolver, table, codes)
    ids, top = codes["id"], int(str(codes["id"].max()))
    free = next_ids(resolver, table, codes.filter(pl.col("id").is_null()), above=top)
    return ids.scatter(ids.is_null().arg_true(), free)


def next_ids(resolver: Resolver, table: str, frame: pl.DataFrame, above: int = 0) -> pl.Series:
    """Ids of `table` that nobody has, higher than `above`, one per row of `frame`."""
    key = next(fill.column for fill in record(table) if fill.fill == "key")
    return new_ids(resolver.connection, table, key, frame.height, above)


def add_code_sets(resolver: Resolver, names: Sequence[str]) -> None:
    """Make the code sets of lists that share R_STANDARD_REFERENCE_LIST, where they are missing."""
    missing = [name for name in names if not resolver.lists.code_set_id(name)]
    if missing:
        rows = pl.DataFrame({"code": missing, "description": [SAMPLE_SET] * len(missing)})
        ids = next_ids(resolver, CODE_SETS, rows)
        insert(resolver.connection, CODE_SETS, resolver.rows(CODE_SETS, rows, ids))
        resolver.lists.forget_sets()


def _fitting(table: str, codes: pl.DataFrame) -> pl.DataFrame:
    """Descriptions cut to the column's length, a label at their end kept; blank ones repeat the code."""
    column = next((fill.column for fill in record(table) if fill.source == "description"), None)
    length = columns(table)[column].length if column else None
    text = pl.coalesce(pl.col("description").replace("", None), "code")
    if length is None:
        return codes.with_columns(text.alias("description"))
    fitted = text.str.head(length)
    for ending in (SAMPLE, PROVISIONAL):
        label = text.str.strip_suffix(ending).str.head(length - len(ending)) + ending
        fitted = pl.when(text.str.ends_with(ending)).then(label).otherwise(fitted)
    return codes.with_columns(fitted.alias("description"))
