"""Which words name one row of an entity: one row of keys.csv per export and entity."""

from functools import cache

import polars as pl

from vocabulary.errors import ConfigError
from vocabulary.resources import text_table


@cache
def key_words(export: str, entity: str) -> tuple[str, ...]:
    """The words that name one row of `entity`.

    Raises:
        ConfigError: keys.csv does not say.
    """
    rows = text_table("vocabulary", "keys.csv").filter(export=export, entity=entity)
    if rows.is_empty():
        raise ConfigError(
            f"vocabulary/keys.csv has no row for {entity} of export {export!r}. Add the words of its key."
        )
    return tuple(rows["words"][0].split(";"))


def key(export: str, entity: str) -> pl.Expr:
    """The row's own key as text; two words are joined by a space, which no key contains."""
    return pl.concat_str(
        [pl.col(word).cast(pl.String).str.strip_chars() for word in key_words(export, entity)], separator=" "
    )
