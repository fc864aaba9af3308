"""The order in which people read findings."""

import polars as pl

from reports.tables import SEVERITY_ORDER

FOLLOWS = "X01"
"""The rule of rows that are set aside because another one is."""


def worst_first(findings: pl.DataFrame) -> pl.DataFrame:
    """`findings` by severity, the worst first, what follows from another row behind its causes; otherwise in
    their order."""
    order = pl.col("severity").replace_strict(SEVERITY_ORDER, range(len(SEVERITY_ORDER)))
    return findings.sort(order, pl.col("rule") == FOLLOWS, maintain_order=True)
