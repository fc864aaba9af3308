"""What Day 1 must have changed of all companies' rows: laid down as it comes, asked for table by table."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from reconcile.expected.changes import EXPECTED_CHANGE
from reconcile.target.spill import Spill

EVERY = pl.lit(True)


@dataclass
class AllChanges:
    """EXPECTED_CHANGE of every company; `spill` holds it, `rows` counts it by table."""

    spill: Spill
    rows: Counter[str] = field(default_factory=Counter)

    @classmethod
    def under(cls, place: Path | None) -> "AllChanges":
        """None yet; laid down under `place` when there are many."""
        return cls(Spill(place, EXPECTED_CHANGE))

    def add(self, changes: pl.DataFrame) -> None:
        """Those of one company more."""
        self.spill.add(changes)
        self.rows.update(dict(changes.group_by("table").len().iter_rows()))

    def of(self, table: str, within: pl.Expr = EVERY) -> pl.DataFrame:
        """Those of rows of `table` whose key is `within`, each once, in the order in which they came."""
        if table not in self.rows:
            return pl.DataFrame(schema=EXPECTED_CHANGE)
        own = self.spill.scan().filter((pl.col("table") == table) & within)
        return own.unique(maintain_order=True).collect()
