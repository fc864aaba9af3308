"""Characters that nobody sees on a screen: a finding names them, for looking at the cell tells nothing."""

import unicodedata

import polars as pl

from vocabulary.findings import findings_of

INVISIBLE = r"[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]|[\p{Zs}&&[^ ]]"
"""Format and control characters, and every blank that is not the ordinary one."""


def invisible_characters(rows: pl.DataFrame, rule: str, entity: str, word: str) -> list[pl.DataFrame]:
    """Findings of `rule` on the `rows` whose text in `word` holds one, its name in the place of a column.

    `(zero width space in code)` is no word, so whoever looks the word's value up passes it by.
    """
    if rows.schema.get(word) != pl.String or not rows[word].str.contains(INVISIBLE).any():
        return []
    held = rows[word].str.extract_all(INVISIBLE).explode().drop_nulls().unique(maintain_order=True)
    return [
        findings_of(
            rows.filter(pl.col(word).str.contains(character, literal=True)),
            rule,
            entity,
            f"({_name(character)} in {word})",
        )
        for character in held
    ]


def _name(character: str) -> str:
    """The name that Unicode gives it, in small letters; control characters have none."""
    return unicodedata.name(character, "control character").lower()
