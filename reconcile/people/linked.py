"""Persons whom weighed evidence linked (M11): told by name of the row, because no identifier says so."""

import polars as pl

from reconcile.people.whose import LINKED
from reconcile.sources.delivery import ROW
from reconcile.sources.evidence import Evidence

SCHEMA = dict.fromkeys(("person", "region", *ROW), pl.String)
FULL = ("spg", "offender")


def linked_by_evidence(evidence: Evidence) -> pl.DataFrame:
    """SCHEMA of every person of the company's full record whom the model linked, in the order of the file."""
    if not evidence.delivery.has(FULL[0]):
        return pl.DataFrame(schema=SCHEMA)
    rows = evidence.delivery.all(*FULL)
    if "answer" not in rows.columns:
        return pl.DataFrame(schema=SCHEMA)
    linked = rows.filter(pl.col("answer") == LINKED).select(pl.col("person_id").alias("person"), *ROW)
    regions = evidence.regions.select("person", "region").unique("person")
    return linked.join(regions, on="person", how="left", maintain_order="left").select(list(SCHEMA))
