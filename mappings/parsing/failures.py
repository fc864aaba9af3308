"""What rules find in a frame: one condition per rule and column, all evaluated in one pass over the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from vocabulary.findings import collect, findings_of, no_findings
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
    if frame.is_empty():
        return Failed(no_findings(), pl.DataFrame(schema=LEFT_OUT_SCHEMA))
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


def judged_rows(rows: pl.DataFrame, skip: pl.DataFrame | None) -> pl.Series:
    """True for each of `rows` that is not among `skip` (source_file, source_row)."""
    if skip is None or skip.is_empty():
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, rows.height)
    skipped = skip.select(ROW).unique().with_columns(is_judged=pl.lit(False))
    marked = rows.select(ROW).join(skipped, on=ROW, how="left", maintain_order="left")
    return marked["is_judged"].fill_null(True)
