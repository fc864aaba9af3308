"""The crosswalk as the target holds it: which source row became which target row.

The load wrote it, so it proves nothing by itself: it says where to look. Proof 1 demands the rows it names,
proof 2 their fields, and whatever else was inserted is extra.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from reconcile.target.rows import read_text_parts
from reconcile.target.spill import Spill
from target.ledger import CROSSWALK

NAMES = {
    "COMPANY": "company", "CYCLE": "cycle", "TABLE_NAME": "table", "NATURAL_KEY": "natural_key",
    "TARGET_ID": "key", "EXPORT": "export", "SOURCE_FILE": "source_file", "SOURCE_ROW": "source_row",
}  # fmt: skip


@dataclass(frozen=True)
class Trail:
    """`rows`: company, cycle, table, natural_key, key (text), export, source_file, source_row."""

    rows: pl.DataFrame

    def of_table(self, name: str) -> pl.DataFrame:
        """The rows of one table."""
        return self._by_table.get((name,), self._nothing)

    def keys(self, name: str, export: str) -> pl.DataFrame:
        """source_file, source_row, key of rows of `name` that came from `export`."""
        return self._by_export.get((name, export), self._nothing)["source_file", "source_row", "key"]

    @cached_property
    def _by_table(self) -> dict[tuple[object, ...], pl.DataFrame]:
        return self.rows.partition_by("table", as_dict=True)

    @cached_property
    def _by_export(self) -> dict[tuple[object, ...], pl.DataFrame]:
        return self.rows.partition_by("table", "export", as_dict=True)

    @property
    def _nothing(self) -> pl.DataFrame:
        return self.rows.head(0)


@dataclass(frozen=True)
class Crosswalk:
    """The whole of it, not in memory. `rows`: as those of a Trail."""

    rows: pl.LazyFrame

    def of(self, company: str) -> Trail:
        """What one company brought."""
        return Trail(self.rows.filter(pl.col("company") == company).collect())

    def of_table(self, name: str) -> pl.DataFrame:
        """The rows of one table, whoever brought them."""
        return self.rows.filter(pl.col("table") == name).collect()


def read_trail(connection: sa.Connection, cycle: str, place: Path) -> Crosswalk:
    """The crosswalk of one cycle, laid down under `place`."""
    entries = Spill(place, dict.fromkeys(NAMES.values(), pl.String))
    for part in read_text_parts(connection, CROSSWALK, list(NAMES)):
        entries.add(part.rename(NAMES).filter(pl.col("cycle") == cycle))
    return Crosswalk(entries.scan())
