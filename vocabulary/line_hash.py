"""A row of nDelius as one number: equal rows of an extract and of the baseline have equal numbers.

Written by stage map on both sides, so that only rows that differ are read again and compared word by word.
"""

import polars as pl
import polars_hash as plh

from vocabulary.source import source_words

LINE_HASH = "line_hash"
BETWEEN, ABSENT = "\x1f", "\x00"
"""Characters that no delivered line holds: it would be unreadable (T02)."""


def line_hash(export: str, entity: str) -> pl.Expr:
    """xxHash64 (UInt64) of the words of a text frame in the order of the specification, trimmed.

    A word that the version of the specification lacks is not a blank one. Stable between machines and
    versions, unlike the hash of polars.
    """
    words = [
        pl.col(word.name).str.strip_chars(" ").fill_null(ABSENT) for word in source_words(export)[entity]
    ]
    return plh.concat_str(words, separator=BETWEEN).nchash.xxhash64().alias(LINE_HASH)
