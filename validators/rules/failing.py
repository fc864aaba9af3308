"""How a rule is written: a condition that is true where the row fails; a blank never fails."""

import polars as pl

from vocabulary.findings import findings_of


def failing(
    frame: pl.DataFrame, condition: pl.Expr, rule: str, entity: str, column: str = ""
) -> pl.DataFrame:
    """One finding of `rule` for each row of `frame` where `condition` is true; null counts as not failing."""
    return findings_of(frame.filter(condition.fill_null(False)), rule, entity, column)
