"""The crosswalk as the target holds it: which source row became which target row.

The load wrote it, so it proves nothing by itself: it says where to look. Proof 1 demands the rows it names,
proof 2 their fields, and whatever else was inserted is extra.
"""

from collections.abc import Mapping, Sequence
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

NO_LINE: Mapping[str, Sequence[str]] = {}
"""Of a full cycle, which continues nothing."""


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


def read_trail(
    connection: sa.Connection, cycle: str, place: Path, before: Mapping[str, Sequence[str]] = NO_LINE
) -> Crosswalk:
    """The crosswalk of one cycle, laid down under `place`.

    `before`: of a delta, company to the cycles that its line continues, in order. Their rows are part of it,
    with the cycle in front of the file, but for those that a later cycle names too.
    """
    entries = Spill(place, dict.fromkeys(NAMES.values(), pl.String))
    for part in read_text_parts(connection, CROSSWALK, list(NAMES)):
        entries.add(part.rename(NAMES).filter(pl.col("cycle").is_in([cycle, *_cycles(before)])))
    rows = entries.scan()
    return Crosswalk(_latest(rows, cycle, before) if before else rows)


def _cycles(before: Mapping[str, Sequence[str]]) -> set[str]:
    return {cycle for cycles in before.values() for cycle in cycles}


def _latest(rows: pl.LazyFrame, cycle: str, before: Mapping[str, Sequence[str]]) -> pl.LazyFrame:
    """Of the rows that several cycles of a company's line name, those of the last; each with its file as the
    cycle that is proved calls it."""
    order = [(company, name, place) for company, line in before.items() for place, name in enumerate(line)]
    order += [(company, cycle, len(line)) for company, line in before.items() if cycle not in line]
    known = pl.DataFrame(
        order, schema={"company": pl.String, "cycle": pl.String, "_place": pl.Int64}, orient="row"
    )
    last = known.group_by("company").agg(pl.col("cycle").sort_by("_place").last().alias("_last"))
    is_own = pl.col("source_file").str.starts_with(pl.concat_str("company", pl.lit("_")))
    is_earlier = (
        is_own & (pl.col("cycle") != pl.col("_last")) & ~pl.col("source_file").str.contains("/", literal=True)
    )
    named = (
        pl.when(is_earlier).then(pl.concat_str("cycle", pl.lit("/"), "source_file")).otherwise("source_file")
    )
    return (
        rows.join(known.lazy(), on=["company", "cycle"])
        .join(last.lazy(), on="company")
        .sort("_place", descending=True, maintain_order=True)
        .unique(["company", "table", "natural_key", "key"], keep="first", maintain_order=True)
        .with_columns(named.alias("source_file"))
        .select(list(NAMES.values()))
    )
