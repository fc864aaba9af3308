"""How a rule is written: a condition that is true where the row fails; a blank never fails."""

import polars as pl

from vocabulary.findings import findings_of, no_findings
from vocabulary.invisible import invisible_characters


def failing(
    frame: pl.DataFrame, condition: pl.Expr, rule: str, entity: str, column: str = ""
) -> pl.DataFrame:
    """One finding of `rule` for each row of `frame` where `condition` is true; null counts as not failing."""
    if frame.is_empty():
        return no_findings()
    rows = frame.filter(condition.fill_null(False))
    if rows.is_empty():
        return no_findings()
    named = [found for word in column.split(";") for found in invisible_characters(rows, rule, entity, word)]
    return pl.concat([findings_of(rows, rule, entity, column), *named])
