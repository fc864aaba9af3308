"""What rules find in a frame: one condition per rule and column, all evaluated in one pass over the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from vocabulary.findings import collect, findings_of
from vocabulary.invisible import invisible_characters

ROW = ["source_file", "source_row"]
"""What names a source row within one company and export."""

LEFT_OUT_SCHEMA = {"source_file": pl.String, "source_row": pl.String, "column": pl.String}
"""A value that was delivered and is not carried, so that nobody compares its absence with the baseline."""


@dataclass(frozen=True)
class Failure:
    """`rule` fails in `column` where the condition `where` is true; null counts as not failing.

    `leaves_out`: the row goes on without the value. Several columns are joined by `;`.
    """

    rule: str
    column: str
    where: pl.Expr
    leaves_out: bool = False


@dataclass(frozen=True)
class Failed:
    """What the failures found: findings, and values left out."""

    findings: pl.DataFrame
    left_out: pl.DataFrame


def evaluate(frame: pl.DataFrame, failures: Sequence[Failure], entity: str, judged: pl.Expr) -> Failed:
    """Evaluates `failures` on the rows of `frame`, with provenance, that are `judged`; others never fail."""
    conditions = [failure.where.fill_null(False) & judged for failure in failures]
    masks = frame.select(condition.alias(str(number)) for number, condition in enumerate(conditions))
    findings, left_out = [], [pl.DataFrame(schema=LEFT_OUT_SCHEMA)]
    for number, failure in enumerate(failures):
        mask = masks[str(number)]
        if not mask.any():
            continue
        rows = frame.filter(mask)
        findings.append(findings_of(rows, failure.rule, entity, failure.column))
        findings += invisible_characters(rows, failure.rule, entity, failure.column)
        if failure.leaves_out:
            left_out.append(rows.select(*ROW, pl.lit(failure.column).alias("column")))
    return Failed(collect(findings), pl.concat(left_out))
