"""Words that are members of a list in one row: `need.score` is the score of every need (eoc.md).

The text frame holds a JSON list per word and row. Each member is read by itself, as a row of its own, and
goes back into its row as one list of structs under the name before the dot.
"""

from collections.abc import Sequence

import polars as pl

from mappings.parsing.failures import ROW
from vocabulary.source import Word

OF = "."
"""Stands between the list and the member in the name of a word."""

_TEXTS = pl.List(pl.String)


def plain_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words that are no members of a list."""
    return tuple(word for word in words if OF not in word.name)


def member_lists(words: Sequence[Word]) -> dict[str, tuple[Word, ...]]:
    """List to the words of its members."""
    found: dict[str, list[Word]] = {}
    for word in words:
        if OF in word.name:
            found.setdefault(word.name.split(OF)[0], []).append(word)
    return {name: tuple(members) for name, members in found.items()}


def members(text: pl.DataFrame, words: Sequence[Word]) -> pl.DataFrame:
    """The text frame of a list: a row per member, with the provenance of the row it stands in."""
    names = [word.name for word in words]
    lists = text.with_columns(pl.col(names).str.json_decode(_TEXTS))
    filled = lists.filter(pl.col(names[0]).list.len() > 0)
    others = [name for name in text.columns if OF not in name]
    return filled.select(*others, *names).explode(names)


def folded(frame: pl.DataFrame, typed: pl.DataFrame, name: str) -> pl.DataFrame:
    """`frame` with the typed members of list `name` as a column of structs; null in a row without members."""
    columns = [column for column in typed.columns if column.startswith(name + OF)]
    struct = pl.struct(pl.col(column).alias(column.removeprefix(name + OF)) for column in columns)
    lists = typed.group_by(ROW, maintain_order=True).agg(struct.alias(name))
    return frame.join(lists, on=ROW, how="left", maintain_order="left")
