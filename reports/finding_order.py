"""The order in which people read findings."""

import polars as pl

from reports.tables import SEVERITY_ORDER


def worst_first(findings: pl.DataFrame) -> pl.DataFrame:
    """`findings` by severity, the worst first, otherwise in their order."""
    order = pl.col("severity").replace_strict(SEVERITY_ORDER, range(len(SEVERITY_ORDER)))
    return findings.sort(order, maintain_order=True)
