"""What a move writes: one manager closed, one opened, one transfer row, one master transfer per person.

Source: exports/README, "What Day 1 writes"; delius.md, live components. Nothing is closed ahead of Day 1,
because a future end date makes a row inactive at once.
"""

import polars as pl

from mappings.allocation.responsible_officers import officer_changes, responsible
from mappings.case.component_kinds import kind, kinds
from target.plan import Change
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1

PROVENANCE = ["export", "source_file", "source_row"]


def transfer_inserts(routed: pl.DataFrame, closing: pl.DataFrame, baseline: Batch) -> dict[str, pl.DataFrame]:
    """New rows of the manager, transfer, MASTER_TRANSFER and RESPONSIBLE_OFFICER tables.

    Args:
        routed: Components.moving with region, n_team, n_officer.
        closing: Components.closing.
        baseline: nDelius as it stands; a report manager repeats the event of its report.
    """
    keyed = routed.with_columns(
        pl.concat_str("kind", pl.lit(":"), "component_ref").alias("natural_key"),
        pl.concat_str(pl.lit("person:"), "person_id").alias("master_transfer_id"),
    )
    transferred = keyed.filter(pl.col("manager_id").is_not_null())
    inserts: dict[str, list[pl.DataFrame]] = {}
    for (code,), rows in keyed.group_by("kind", maintain_order=True):
        found = kind(str(code))
        inserts.setdefault(found.manager_table, []).append(_managers(rows, found.word, baseline))
    for (code,), rows in transferred.group_by("kind", maintain_order=True):
        found = kind(str(code))
        inserts.setdefault(found.transfer_table, []).append(_transfers(rows, found.word))
    if transferred.height:
        inserts["MASTER_TRANSFER"] = [_masters(transferred)]
    opened = responsible(keyed, closing, baseline).opened
    if opened.height:
        inserts["RESPONSIBLE_OFFICER"] = [_responsible_officers(opened)]
    return {table: pl.concat(frames, how="diagonal") for table, frames in inserts.items()}


def transfer_changes(routed: pl.DataFrame, closing: pl.DataFrame, baseline: Batch) -> list[Change]:
    """Old managers and responsible officers closed, pending transfers withdrawn (R10)."""
    old = routed.filter(pl.col("manager_id").is_not_null()).select("kind", "manager_id")
    closed = pl.concat([old, closing]).unique(maintain_order=True)
    by_table: dict[str, list[pl.DataFrame]] = {}
    for (code,), rows in closed.group_by("kind", maintain_order=True):
        by_table.setdefault(kind(str(code)).manager_table, []).append(rows)
    changes = [Change(table, "close", _closed(pl.concat(frames))) for table, frames in by_table.items()]
    changes += officer_changes(responsible(routed, closing, baseline))
    return changes + _withdrawn(routed, baseline)


def _managers(rows: pl.DataFrame, word: str, baseline: Batch) -> pl.DataFrame:
    """Rows of one manager table. The person's own key is `offender_id` on OFFENDER_MANAGER."""
    is_report = word in ("court_report_id", "institutional_report_id")
    # REPORT_MANAGER serves both kinds of report, so it has a transfer column for each.
    transfer = f"{word.removesuffix('_id')}_transfer_id" if is_report else "transfer_id"
    with_event = (
        rows.join(_report_events(baseline), on=["kind", "component_ref"], how="left", maintain_order="left")
        if is_report
        else rows
    )
    return with_event.select(
        "natural_key",
        *PROVENANCE,
        pl.col("component_ref").alias(word),
        *(["event_id"] if is_report else []),
        pl.col("region").alias("area"),
        pl.col("n_team").alias("team"),
        pl.col("n_officer").alias("officer"),
        pl.lit(DAY_1).alias("start_date"),
        pl.lit(None, pl.Date).alias("end_date"),
        pl.lit(True).alias("is_active"),
        pl.when(pl.col("manager_id").is_not_null()).then("natural_key").alias(transfer),
        pl.lit(False).alias("is_deleted"),
    )


def _report_events(baseline: Batch) -> pl.DataFrame:
    """kind, component_ref, event_id of every report: the one names its event, the other its custody."""
    disposals = baseline.known("disposal").select("disposal_id", "event_id")
    custodies = baseline.known("custody").select("custody_id", "disposal_id")
    above = custodies.join(disposals.unique("disposal_id"), on="disposal_id").unique("custody_id")
    reports = {
        "CR": baseline.known("court_report"),
        "IR": baseline.known("institutional_report").join(above, on="custody_id"),
    }
    return pl.concat(
        rows.select(
            pl.lit(code).alias("kind"),
            pl.col(kind(code).word).cast(pl.String).alias("component_ref"),
            pl.col("event_id").cast(pl.String),
        )
        for code, rows in reports.items()
    ).unique(["kind", "component_ref"])


def _transfers(rows: pl.DataFrame, word: str) -> pl.DataFrame:
    component = [pl.col("component_ref").alias(word)] if word != "offender_id" else []
    return rows.select(
        "natural_key",
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        *component,
        "master_transfer_id",
        pl.col("old_area").alias("origin_area"),
        pl.col("old_team").alias("origin_team"),
        pl.col("old_officer").alias("origin_officer"),
        pl.col("n_team").alias("receiving_team"),
        pl.col("n_officer").alias("receiving_officer"),
        pl.lit(DAY_1).alias("request_date"),
        pl.lit(DAY_1).alias("status_date"),
    )


def _masters(transferred: pl.DataFrame) -> pl.DataFrame:
    """One per person, towards the person's region."""
    return transferred.unique("person_id", keep="first", maintain_order=True).select(
        pl.col("master_transfer_id").alias("natural_key"),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        pl.lit(DAY_1).alias("date"),
        pl.col("region").alias("target_area"),
    )


def _responsible_officers(opened: pl.DataFrame) -> pl.DataFrame:
    """RESPONSIBLE_OFFICER points at the manager row, so a new manager row means a new officer row."""
    return opened.select(
        "natural_key",
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        pl.col("natural_key").alias("manager_id"),
        pl.lit(DAY_1).alias("start_date"),
        pl.lit(None, pl.Date).alias("end_date"),
    )


def _closed(managers: pl.DataFrame) -> pl.DataFrame:
    return managers.select(
        pl.col("manager_id").alias("key"), pl.lit(DAY_1).alias("END_DATE"), pl.lit(0).alias("ACTIVE_FLAG")
    )


def _withdrawn(routed: pl.DataFrame, baseline: Batch) -> list[Change]:
    """Pending transfers of what moves are settled first (dictionary rule 36)."""
    changes = []
    for found in kinds():
        if not found.pending_table:
            continue
        refs = routed.filter(pl.col("kind") == found.code)["component_ref"]
        pending = baseline.standing(found.entity).filter(
            pl.col("has_pending_transfer") & pl.col(found.word).cast(pl.String).is_in(refs.implode())
        )
        if pending.height:
            rows = pending.select(pl.col(found.word).alias("key"), pl.lit(0).alias("PENDING_TRANSFER"))
            changes.append(Change(found.pending_table, "withdraw", rows))
    return changes
