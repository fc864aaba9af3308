"""Which words name one row of an entity: column `key` of its export's fields.csv."""

from functools import cache

import polars as pl

from vocabulary.errors import ConfigError
from vocabulary.fields import export_fields


@cache
def key_words(export: str, entity: str) -> tuple[str, ...]:
    """The words that name one row of `entity`.

    Raises:
        ConfigError: fields.csv does not say.
    """
    words = export_fields(export).filter(entity=entity, key="Y")["field"]
    if words.is_empty():
        raise ConfigError(
            f"extractors/{export}/fields.csv names no key of {entity}. Write Y in column `key` of its words."
        )
    return tuple(words)


def key(export: str, entity: str) -> pl.Expr:
    """The row's own key as text; two words are joined by a space, which no key contains."""
    return pl.concat_str(
        [pl.col(word).cast(pl.String).str.strip_chars() for word in key_words(export, entity)], separator=" "
    )
