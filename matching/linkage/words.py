"""What spoke for and against a pair, in words and bits; without a value."""

import polars as pl

from matching.linkage.settings import Comparison, settings

LINE_SCHEMA = {
    "row": pl.UInt32, "offender_id": pl.Int64, "what": pl.String, "says": pl.String, "bits": pl.Float64,
}  # fmt: skip
"""A pair and one thing it was compared in."""

NOT_KNOWN = "not known"


def explained() -> pl.Expr:
    """One text per pair: `names: both the same +21.3, date of birth: the same +14.3; together +18.2`.

    What one side does not say is left out. The total counts what is known beforehand: how few of all pairs
    are one person.
    """
    told = [
        pl.when(pl.col(f"level_{each.name}") >= 0).then(
            pl.format("{}: {} {}", pl.lit(each.title), _says(each), _signed(f"bits_{each.name}"))
        )
        for each in settings().comparisons
    ]
    total = pl.format("; together {}", _signed("weight"))
    why = pl.when(pl.col("against").is_not_null()).then(pl.format("; {}", "against")).otherwise(pl.lit(""))
    return pl.concat_str(pl.concat_str(told, separator=", ", ignore_nulls=True), total, why)


def lines(pairs: pl.DataFrame) -> pl.DataFrame:
    """LINE_SCHEMA: every comparison of every pair, in the order of model.toml."""
    told = [
        pairs.select(
            "row", "offender_id", pl.lit(each.title).alias("what"), _says(each).alias("says"),
            pl.col(f"bits_{each.name}").round(1).alias("bits"),
        )
        for each in settings().comparisons
    ]  # fmt: skip
    return pl.concat([pl.DataFrame(schema=LINE_SCHEMA), *told])


def _says(each: Comparison) -> pl.Expr:
    says = {number: level.says for number, level in enumerate(reversed(each.levels))} | {-1: NOT_KNOWN}
    return pl.col(f"level_{each.name}").cast(pl.Int64).replace_strict(says, return_dtype=pl.String)


def _signed(word: str) -> pl.Expr:
    """+18.2"""
    tenths = (pl.col(word) * 10).round(0).cast(pl.Int64)
    sign = pl.when(tenths >= 0).then(pl.lit("+")).otherwise(pl.lit("-"))
    return pl.concat_str(sign, tenths.abs() // 10, pl.lit("."), tenths.abs() % 10)
