"""Findings: one line per failed rule per row.

There is no value column, so no finding can carry personal data.
"""

from functools import cache

import polars as pl

from vocabulary.rules import catalogue

FINDING_SCHEMA = {
    "company": pl.String,
    "export": pl.String,
    "source_file": pl.String,
    "source_row": pl.String,
    "entity": pl.String,
    "column": pl.String,
    "rule": pl.String,
    "severity": pl.String,
    "stage": pl.String,
}
"""Columns of a finding, in the order `day1 findings --format csv` prints them.

`source_row` is blank for a file.
"""

PROVENANCE = ["company", "export", "source_file", "source_row"]
"""The columns that say where a source row came from; every frame of source rows has them."""


@cache
def no_findings() -> pl.DataFrame:
    """An empty frame of findings."""
    return pl.DataFrame(schema=FINDING_SCHEMA)


def findings_of(rows: pl.DataFrame, rule: str, entity: str, column: str = "") -> pl.DataFrame:
    """One finding of `rule` for each row of `rows`, which has the provenance columns.

    `column` is the shared source word the rule looked at, several joined with `;`, blank for the whole row.
    """
    known = catalogue()[rule]
    if rows.is_empty():  # the common case: nearly no rule finds anything in a column
        return no_findings()
    return rows.select(
        *(pl.col(name).cast(pl.String) for name in PROVENANCE),
        pl.lit(entity).alias("entity"),
        pl.lit(column).alias("column"),
        pl.lit(rule).alias("rule"),
        pl.lit(known.severity).alias("severity"),
        pl.lit(known.stage).alias("stage"),
    )


def file_finding(
    company: str, export: str, source_file: str, rule: str, entity: str = "file"
) -> pl.DataFrame:
    """One finding about a whole file or delivery."""
    known = catalogue()[rule]
    values = [company, export, source_file, "", entity, "", rule, known.severity, known.stage]
    return pl.DataFrame([values], schema=FINDING_SCHEMA, orient="row")


def collect(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """All findings of `frames` as one frame, one line per row and rule:
    columns of the same rule are joined by `;`."""
    told = [frame for frame in frames if not frame.is_empty()]
    if not told:
        return no_findings()
    keys = [name for name in FINDING_SCHEMA if name != "column"]
    return (
        pl.concat(frame.lazy() for frame in told)
        .group_by(keys, maintain_order=True)
        .agg(pl.col("column").unique(maintain_order=True).str.join(";"))
        .select(list(FINDING_SCHEMA))
        .collect()
    )
