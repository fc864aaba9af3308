"""What spoke for and against a pair, in words and bits; without a value."""

import polars as pl

from matching.linkage.settings import settings


def explained() -> pl.Expr:
    """One text per pair: `names: both the same (+21.3), date of birth: the same (+14.3), ...; together +18`.

    The total counts what is known beforehand: how few of all pairs are one person.
    """
    told = [_of(each.name, each.title) for each in settings().comparisons]
    total = pl.format("; together {}", _bits("weight"))
    why = pl.when(pl.col("against").is_not_null()).then(pl.format("; {}", "against")).otherwise(pl.lit(""))
    return pl.concat_str(pl.concat_str(told, separator=", "), total, why)


def _of(name: str, title: str) -> pl.Expr:
    (own,) = (each for each in settings().comparisons if each.name == name)
    says = {number: level.says for number, level in enumerate(reversed(own.levels))} | {-1: "not known"}
    word = pl.col(f"level_{name}").cast(pl.Int64).replace_strict(says, return_dtype=pl.String)
    return pl.format("{}: {} ({})", pl.lit(title), word, _bits(f"bits_{name}"))


def _bits(word: str) -> pl.Expr:
    value = pl.col(word).round(1)
    sign = pl.when(value >= 0).then(pl.lit("+")).otherwise(pl.lit("-"))
    tenths = (value.abs() * 10).round(0).cast(pl.Int64)
    return pl.concat_str(sign, tenths // 10, pl.lit("."), tenths % 10)
