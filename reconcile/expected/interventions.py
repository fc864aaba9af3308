"""The two rows that something new must have become as an NSI: itself and its manager."""

import polars as pl

from reconcile.proofs.fields import Expected
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence

MANAGER = "intervention"
"""Writer of fields.csv."""


def expected_nsis(evidence: Evidence, rows: pl.DataFrame, export: str, entity: str) -> list[Expected]:
    """NSI and NSI_MANAGER of `rows` of `export`, whose manager is their area, team and officer."""
    keyed = evidence.with_keys(rows, "NSI", export, "nsi")
    managers = evidence.with_keys(keyed, "NSI_MANAGER", export)
    return [
        Expected("NSI", f"{export}.{entity}", keyed.with_columns(key="nsi"), export, entity),
        Expected("NSI_MANAGER", MANAGER, managers.select(*PLACE, "key", "nsi", "area", "team", "officer")),
    ]
