"""Proof of an undo: the target equals the snapshot but for what other companies' loads still account for.

Never against the load's own before-images: an undo that relied on a damaged one would prove itself right.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import sqlalchemy as sa

from reconcile.proofs.unchanged import DERIVED, ORGANISATIONS
from reconcile.target.snapshot import MISSING, Snapshot, TableChange, compare_with
from target.bulk import read
from target.ledger import BEFORE_IMAGE, CROSSWALK, ENTRY_HASH, LEDGER, hash_entry, hash_rows
from target.schema.tables import of_load, table
from vocabulary.errors import TargetError

STAFF, OFFICER = "STAFF", "OFFICER"


@dataclass(frozen=True)
class Standing:
    """What the loads that remain account for: rows by their naming value, and fields by table, key,
    column."""

    rows: pl.DataFrame
    fields: pl.DataFrame


def require_records(connection: sa.Connection, company: str, cycle: str, snapshot: Snapshot) -> None:
    """The load can be taken out and the undo be proved.

    Raises:
        TargetError: ledger, crosswalk or before-images are not as the load left them, or the load was made on
            another state of the target than the snapshot. Says what is missing; nothing has been undone.
    """
    ledger = read(connection, LEDGER, where=of_load(LEDGER, company, cycle))
    if ledger.is_empty():
        return  # nothing of this cycle is loaded: the undo itself says so
    entry = ledger.to_dicts()[0]
    problems = []
    if hash_entry(entry) != entry[ENTRY_HASH]:
        problems.append(f"{LEDGER}: the entry is not the one that the load made.")
    for name, count, digest in (
        (CROSSWALK, "CROSSWALK_ROWS", "CROSSWALK_HASH"),
        (BEFORE_IMAGE, "IMAGE_ROWS", "IMAGES_HASH"),
    ):
        rows = read(connection, name, where=of_load(name, company, cycle))
        if rows.height != entry[count]:
            problems.append(f"{name}: {rows.height:,} rows are there, the load left {entry[count]:,}.")
        elif hash_rows(rows) != entry[digest]:
            problems.append(f"{name}: rows are not as the load left them.")
    if entry["SNAPSHOT_HASH"] != snapshot.hash:
        problems.append(
            "The load was made on another state of the target than the snapshot of this workspace."
        )
    if problems:
        raise TargetError(
            f"{company} cannot be undone: the proof is missing. Nothing was changed.\n  "
            + "\n  ".join(problems)
            + "\nRestore these tables from the database's backup, or the target from before the load."
        )


def find_left_over(connection: sa.Connection, snapshot: Snapshot, cycle: str) -> list[str]:
    """What is not as it was before the load of `cycle`, a sentence per table; empty when the undo is proved.

    Only other loads of the cycle account for anything: those of earlier cycles stand in the snapshot.
    """
    with TemporaryDirectory() as place:
        changes = compare_with(snapshot, connection, Path(place))
        return _told(changes, _standing(connection, cycle))


def _told(changes: Mapping[str, TableChange], standing: Standing) -> list[str]:
    found = []
    for name, change in changes.items():
        if name in DERIVED:
            continue  # rebuilt from rows that are proved here
        extra = _extra(change, standing)
        if extra.height:
            found.append(f"{name}: {extra.height} rows of the load are still there ({_named(extra)}).")
        if gone := change.counts[MISSING]:
            found.append(f"{name}: {gone} rows are gone ({_named(change.missing)}).")
        altered = _altered(change, standing)
        if altered.height:
            found.append(
                f"{name}: {altered.height} values are not as they were before the load ({_named(altered)})."
            )
    return found


def _standing(connection: sa.Connection, cycle: str) -> Standing:
    of_crosswalk, of_images = (table(name).c["CYCLE"] == cycle for name in (CROSSWALK, BEFORE_IMAGE))
    entries = read(connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID"], of_crosswalk).select(
        pl.col("TABLE_NAME").alias("table"), pl.col("TARGET_ID").cast(pl.String).alias("name")
    )
    images = read(connection, BEFORE_IMAGE, ["TABLE_NAME", "TARGET_ID", "NEW_VALUES"], of_images)
    fields = [
        (str(name), str(key), column)
        for name, key, values in images.iter_rows()
        for column in json.loads(values)
    ]
    schema = dict.fromkeys(("table", "key", "column"), pl.String)
    return Standing(entries.unique(), pl.DataFrame(fields, schema=schema, orient="row").unique())


def _extra(change: TableChange, standing: Standing) -> pl.DataFrame:
    if change.table == OFFICER:  # its rows come and go with those of STAFF
        own = standing.rows.filter(pl.col("table") == STAFF)["name"]
        return change.inserted_rows().filter(~pl.col("STAFF_EMPLOYEE_ID").is_in(own.implode()))
    own = standing.rows.filter(pl.col("table") == change.table)["name"]
    return change.inserted.filter(~change.inserted_names().is_in(own.implode()))


def _altered(change: TableChange, standing: Standing) -> pl.DataFrame:
    own = standing.fields.filter(pl.col("table") == change.table)
    rest = change.changed.filter(pl.col("column") != ORGANISATIONS)
    return rest.join(own, on=["key", "column"], how="anti")


def _named(rows: pl.DataFrame) -> str:
    """The first keys, so that somebody can look."""
    keys = rows["key"].unique(maintain_order=True)
    more = f" and {len(keys) - 3} more" if len(keys) > 3 else ""
    return f"key {', '.join(keys.head(3))}{more}"
