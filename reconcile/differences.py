"""Makes differences: one line per row or field that is not as it must be (vocabulary.differences)."""

import polars as pl

from vocabulary.differences import (
    ACCESS,
    DESTINATION,
    DIFFERENCE_SCHEMA,
    FIELD,
    LEFT,
    OWN_RECORDS,
    PROOFS,
    TOTAL,
    UNCHANGED,
    VALUES,
    no_differences,
)

__all__ = [
    "ACCESS",
    "DESTINATION",
    "DIFFERENCE_SCHEMA",
    "FIELD",
    "LEFT",
    "OWN_RECORDS",
    "PROOFS",
    "TOTAL",
    "UNCHANGED",
    "VALUES",
    "differences_of",
    "no_differences",
]


def differences_of(rows: pl.DataFrame, proof: str, what: str) -> pl.DataFrame:
    """One difference for each row of `rows`, which has those columns of DIFFERENCE_SCHEMA that are known."""
    if rows.is_empty():
        return no_differences()
    said = {"proof": proof, "what": what}
    return rows.select(
        (
            pl.lit(said[name])
            if name in said
            else (pl.col(name) if name in rows.columns else pl.lit(None)).cast(pl.String)
        ).alias(name)
        for name in DIFFERENCE_SCHEMA
    )
