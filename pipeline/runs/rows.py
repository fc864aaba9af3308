"""Which row of a delivery a finding is about, in a number that stays the same from delivery to delivery.

Files and row numbers change from one delivery to the next; the key of the record does not.
"""

from collections.abc import Callable, Sequence

import polars as pl
import polars_hash as plh

from vocabulary.keys import key_words
from vocabulary.line_hash import BETWEEN

ROW_KEY = "row_key"
ROW = ["source_file", "source_row"]

ScanText = Callable[[str, str, str], pl.LazyFrame | None]
"""Company, export and entity to the text as extract kept it; None where there is none."""


def add_row_keys(rows: pl.DataFrame, scan_text: ScanText) -> pl.DataFrame:
    """`rows` (company, export, entity, source_file, source_row ...) with ROW_KEY (UInt64): xxHash64 of the
    key fields as delivered.

    Of a row that could not be read, of one without a key and of a finding about a file, null.
    """
    numbered = rows.with_row_index("_at")
    keys = [
        _keys_of(group, str(export), str(entity), text)
        for (company, export, entity), group in numbered.partition_by(
            "company", "export", "entity", as_dict=True
        ).items()
        if (text := scan_text(str(company), str(export), str(entity))) is not None
    ]
    known = pl.concat([pl.DataFrame(schema={"_at": pl.UInt32, ROW_KEY: pl.UInt64}), *keys])
    return numbered.join(known, on="_at", how="left", maintain_order="left").drop("_at")


def _keys_of(rows: pl.DataFrame, export: str, entity: str, text: pl.LazyFrame) -> pl.DataFrame:
    words = key_words(export, entity)
    asked = rows.lazy().select("_at", *ROW)
    named = text.select(*ROW, *words).join(asked, on=ROW, how="inner").collect()
    found = named.select("_at", key_hash(words).alias(ROW_KEY))
    return found.unique("_at", keep="first")


def key_hash(words: Sequence[str]) -> pl.Expr:
    """xxHash64 (UInt64) of key fields as delivered, trimmed; null where all of them are blank."""
    parts = [pl.col(word).fill_null("").str.strip_chars() for word in words]
    is_blank = pl.all_horizontal(part == "" for part in parts)
    return pl.when(~is_blank).then(plh.concat_str(parts, separator=BETWEEN).nchash.xxhash64())
