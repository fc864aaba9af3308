"""NSIs that Day 1 adds for what goes on in the satellite systems, each with its manager."""

import polars as pl

from vocabulary.calendar import DAY_1

PROVENANCE = ["export", "source_file", "source_row"]

NO = pl.lit(False)


def nsi_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of NSI; all are running, whatever end they are planned to have.

    Args:
        rows: natural_key, provenance, person_id, event_id, requirement_id (text, null without), type and
            status (target codes), intended_provider, referral_date, start_date, status_date, notes.
    """
    return rows.select(
        "natural_key",
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        *["event_id", "requirement_id", "type", "intended_provider", "referral_date", "start_date"],
        pl.lit(None, pl.Date).alias("end_date"),
        *["status", "status_date", "notes"],
        pl.lit(True).alias("is_active"),
        NO.alias("has_pending_transfer"),
        NO.alias("is_deleted"),
    )


def nsi_managers(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of NSI_MANAGER from Day 1 on. `rows`: natural_key, provenance, area, team, officer."""
    return rows.select(
        "natural_key",
        *PROVENANCE,
        pl.col("natural_key").alias("nsi_id"),
        *["area", "team", "officer"],
        pl.lit(DAY_1).alias("start_date"),
        pl.lit(None, pl.Date).alias("end_date"),
        pl.lit(True).alias("is_active"),
        NO.alias("is_deleted"),
    )
