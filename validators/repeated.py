"""Values that stand in more than one row, or that no row has: found without holding the rows."""

import polars as pl

ROWS_AT_A_TIME = 500_000
"""Keys that are looked at together."""

KEYS_IN_HAND = 4_000_000
"""Keys that are counted together where they are in no order."""


def repeated_keys(rows: pl.LazyFrame, key: str) -> pl.Series:
    """The keys, whole numbers, that more than one row of `rows` has.

    Keys that only grow are each there once, and so most tables come. Others are counted in shares.
    """
    keys = rows.select(key).filter(pl.col(key).is_not_null())
    last, count, grows = None, 0, True
    for batch in keys.collect_batches(chunk_size=ROWS_AT_A_TIME, maintain_order=True):
        found = batch.to_series()
        count += found.len()
        if not found.len():
            continue
        grows = grows and bool((found.diff() > 0).all()) and (last is None or found[0] > last)
        last = found[-1]
    if grows:
        return pl.Series(key, [], pl.Int64)
    shares = -(-count // KEYS_IN_HAND) or 1
    return pl.concat(
        _more_than_once(keys.filter(pl.col(key) % shares == share), [key]) for share in range(shares)
    ).to_series()


def repeated_values(rows: pl.LazyFrame, words: list[str]) -> pl.DataFrame:
    """The combinations of `words`, all of them filled, that more than one row of `rows` has."""
    return _more_than_once(rows.select(words).drop_nulls(), words)


def missing_values(rows: pl.LazyFrame, word: str, others: pl.LazyFrame, key: str) -> pl.Series:
    """The values of `word` that are the `key` of none of `others`."""
    named = rows.select(pl.col(word).alias(key)).drop_nulls().unique().collect(engine="streaming")
    if named.is_empty():
        return named.to_series()
    # What is looked for is the smaller side: it is held, and the others go by.
    there = others.select(key).join(named.lazy(), on=key, how="semi").collect(engine="streaming")
    return named.join(there, on=key, how="anti").to_series()


def _more_than_once(rows: pl.LazyFrame, words: list[str]) -> pl.DataFrame:
    counted = rows.group_by(words).agg(pl.len().alias("_rows")).filter(pl.col("_rows") > 1)
    return counted.select(words).collect(engine="streaming")
