"""Which words name one row of an entity: column `key` of its export's fields.csv."""

from functools import cache

import polars as pl

from vocabulary.errors import ConfigError
from vocabulary.fields import export_fields
from vocabulary.source import NDELIUS


@cache
def key_words(export: str, entity: str) -> tuple[str, ...]:
    """The words that name one row of `entity`.

    Raises:
        ConfigError: fields.csv does not say.
    """
    words = _keys(export).get(entity, ())
    if not words:
        raise ConfigError(
            f"extractors/{export}/fields.csv names no key of {entity}. Write Y in column `key` of its words."
        )
    return words


@cache
def _keys(export: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in export_fields(export).iter_rows(named=True):
        if row["key"] == "Y":
            found[row["entity"]] = (*found.get(row["entity"], ()), row["field"])
    return found


def key(export: str, entity: str) -> pl.Expr:
    """The row's own key as text; two words are joined by a space, which no key contains."""
    return pl.concat_str(
        [pl.col(word).cast(pl.String).str.strip_chars() for word in key_words(export, entity)], separator=" "
    )


@cache
def key_in_ndelius(entity: str) -> tuple[str, str] | None:
    """The table of nDelius that `entity` is, and the word that holds its key there; None of what is none."""
    words = _keys(NDELIUS).get(entity, ())
    tables = export_fields(NDELIUS).filter(entity=entity)["part"].unique()
    return (tables.item(), words[0]) if len(words) == 1 and len(tables) == 1 else None
