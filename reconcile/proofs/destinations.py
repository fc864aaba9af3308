"""Proof 1: where every carried row is, looked up in the target (destinations.csv says where it must be).

written: the load made it the rows of the target that the line names. already there: nDelius held it before.
list only: it goes to a list that people work with, for the reason declared. Anything else is unproven.
Where a line says `already there` and gives a reason, the reason holds while the baseline has no such table
to look in.
"""

from dataclasses import dataclass
from functools import cache

import polars as pl

from reconcile.differences import DESTINATION, differences_of, no_differences
from reconcile.sources.delivery import PLACE, ROW
from reconcile.sources.evidence import Evidence
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table
from vocabulary.source import parts

WRITTEN, THERE, LIST_ONLY, UNPROVEN = "written", "already_there", "list_only", "unproven"
CLASSES = (UNPROVEN, WRITTEN, THERE, LIST_ONLY)
"""Of a source row that stands in two frames the first of these counts."""

EVERY = "*"
ALWAYS = "always"
"""Where a row is whatever it says."""


@dataclass(frozen=True)
class Destination:
    """One line of destinations.csv."""

    destination: str
    tables: tuple[str, ...]
    reason: str


@cache
def destinations(export: str, entity: str) -> dict[str, Destination]:
    """When to where, of one entity.

    Raises:
        ConfigError: destinations.csv has no line for it: nobody could say where its rows are.
    """
    lines = text_table("reconcile", "destinations.csv").filter(pl.col("export") == export)
    own = lines.filter(pl.col("entity").is_in([entity, EVERY]))
    if own.is_empty():
        raise ConfigError(
            f"reconcile/destinations.csv has no line for {export}.{entity}. Say where its carried rows are."
        )
    table = next((name for name, found in parts(export).items() if found == entity), "")
    return {
        row["when"]: Destination(
            row["destination"].replace(" ", "_"),
            (table,) if row["tables"] == EVERY else tuple((row["tables"] or "").split()),
            row["reason"] or "",
        )
        for row in own.iter_rows(named=True)
    }


def demanded_tables(export: str, entity: str) -> frozenset[str]:
    """The tables that some line of an entity demands a row in."""
    lines = text_table("reconcile", "destinations.csv").filter(export=export, entity=entity)
    return frozenset(name for tables in lines["tables"].drop_nulls() for name in tables.split())


def find_rows(placed: pl.DataFrame, evidence: Evidence) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Where each carried row is, and the differences of those without a proven destination.

    Args:
        placed: of every carried row PLACE, entity, `when` (null where no line of destinations.csv fits) and
            `there` (key of the row of nDelius that it is, where it is already there).

    Returns:
        PLACE, entity, `found` (CLASSES); differences.
    """
    judged, found = [], [no_differences()]
    for (export, entity, when), rows in placed.group_by("export", "entity", "when", maintain_order=True):
        known = destinations(str(export), str(entity)).get(str(when)) if when is not None else None
        if known is None:
            judged.append(rows.select(*PLACE, "entity", pl.lit(UNPROVEN).alias("found")))
            found.append(
                differences_of(rows, DESTINATION, f"No destination is declared for a {entity} like this.")
            )
        elif known.destination == WRITTEN:
            lost = _not_written(rows, known.tables, str(export), evidence)
            judged.append(_classed(rows, lost, WRITTEN))
            found.append(differences_of(lost, DESTINATION, "Carried, and not written to the target."))
        elif known.destination == THERE and not _is_out_of_sight(known, evidence):
            lost = _not_there(rows, known.tables[0], evidence)
            judged.append(_classed(rows, lost, THERE))
            found.append(
                differences_of(lost, DESTINATION, "Carried as known, and the target does not hold it.")
            )
        else:
            judged.append(rows.select(*PLACE, "entity", pl.lit(LIST_ONLY).alias("found")))
    whole = pl.concat(judged) if judged else placed.select(*PLACE, "entity", pl.lit("").alias("found"))
    return whole, pl.concat(found).with_columns(pl.lit(evidence.company).alias("company"))


def count_files(found: pl.DataFrame) -> dict[str, dict[str, int]]:
    """File to how many of its carried source rows are in each class."""
    rank = {name: place for place, name in enumerate(CLASSES)}
    once = (
        found.with_columns(pl.col("found").replace_strict(rank, return_dtype=pl.Int64).alias("_rank"))
        .sort("_rank")
        .unique(PLACE, keep="first")
    )
    counts: dict[str, dict[str, int]] = {}
    for file, name, rows in once.group_by("source_file", "found").len().iter_rows():
        counts.setdefault(str(file), {})[str(name)] = int(rows)
    return counts


def _is_out_of_sight(known: Destination, evidence: Evidence) -> bool:
    """The baseline has no row of that table at all, as the line's reason says: nothing can be looked up."""
    return bool(known.reason) and known.tables[0] not in evidence.country.snapshot.tables


def _classed(rows: pl.DataFrame, lost: pl.DataFrame, name: str) -> pl.DataFrame:
    if lost.is_empty():
        return rows.select(*PLACE, "entity", pl.lit(name).alias("found"))
    is_lost = lost.select(PLACE).unique().with_columns(pl.lit(UNPROVEN).alias("_lost"))
    return rows.join(is_lost, on=PLACE, how="left", maintain_order="left").select(
        *PLACE, "entity", pl.coalesce("_lost", pl.lit(name)).alias("found")
    )


def _not_written(
    rows: pl.DataFrame, tables: tuple[str, ...], export: str, evidence: Evidence
) -> pl.DataFrame:
    """PLACE, table, key of every row of the target that is missing."""
    lost = [pl.DataFrame(schema=dict.fromkeys((*PLACE, "key", "table"), pl.String))]
    for table in tables:
        gone = rows.join(evidence.standing(table, export), on=ROW, how="anti", maintain_order="left")
        if not gone.is_empty():
            keyed = evidence.with_keys(gone.drop("key", strict=False), table, export)
            lost.append(keyed.select(*PLACE, "key", pl.lit(table).alias("table")))
    return pl.concat(lost)


def _not_there(rows: pl.DataFrame, table: str, evidence: Evidence) -> pl.DataFrame:
    there = evidence.country.stands(table, rows["there"])
    if len(there) == rows.height:
        return rows.head(0)
    is_there = pl.col("there").is_in(there.implode()).fill_null(False)
    return rows.filter(~is_there).select(*PLACE, pl.col("there").alias("key"), pl.lit(table).alias("table"))
