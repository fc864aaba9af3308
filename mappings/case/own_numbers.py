"""How a record of a company's own case system is named: by nDelius's key, else by its own."""

import polars as pl


def natural_key(entity: str, local_ref: pl.Expr) -> pl.Expr:
    """The key of a record that nDelius has not acknowledged; never all digits."""
    return pl.concat_str(pl.lit(f"spg:{entity}:"), local_ref)


def record_ref(entity: str) -> pl.Expr:
    """nDelius's key of a record as text, or its natural key while that is 0."""
    key = pl.col(f"{entity}_id").fill_null(0)
    return pl.when(key != 0).then(key.cast(pl.String)).otherwise(natural_key(entity, pl.col("local_ref")))
