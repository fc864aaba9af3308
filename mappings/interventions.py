"""NSIs that Day 1 adds for what goes on in the satellite systems, each with its manager in the region."""

import polars as pl

from vocabulary.calendar import DAY_1, LAST_CRC_DAY

PROVENANCE = ["export", "source_file", "source_row"]
REFERRED, IN_PROGRESS = "REFER", "INPROG"
"""NSI status before and after the first session (mappings/codes/nsi_status.csv)."""

NO = pl.lit(False)


def intervention_inserts(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Rows of NSI and NSI_MANAGER; all are running, whatever end they are planned to have.

    Args:
        rows: natural_key, provenance, person_id, requirement_id, event_id (text, null without), type (target
            code), intended_provider, referral_date, start_date, region, team, officer.
    """
    has_started = pl.col("start_date") < DAY_1
    # Neither date may lie after the day the record was made on (dictionary rule 23).
    referred = pl.min_horizontal("referral_date", pl.lit(LAST_CRC_DAY))
    nsi = rows.select(
        "natural_key",
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        *["event_id", "requirement_id", "type", "intended_provider"],
        referred.alias("referral_date"),
        pl.when(has_started).then("start_date").alias("start_date"),
        pl.lit(None, pl.Date).alias("end_date"),
        pl.when(has_started).then(pl.lit(IN_PROGRESS)).otherwise(pl.lit(REFERRED)).alias("status"),
        pl.when(has_started)
        .then(pl.max_horizontal("start_date", referred))
        .otherwise(referred)
        .alias("status_date"),
        pl.lit(True).alias("is_active"),
        NO.alias("has_pending_transfer"),
        NO.alias("is_deleted"),
    )
    managers = rows.select(
        "natural_key",
        *PROVENANCE,
        pl.col("natural_key").alias("nsi_id"),
        pl.col("region").alias("area"),
        *["team", "officer"],
        pl.lit(DAY_1).alias("start_date"),
        pl.lit(None, pl.Date).alias("end_date"),
        pl.lit(True).alias("is_active"),
        NO.alias("is_deleted"),
    )
    return {"NSI": nsi, "NSI_MANAGER": managers}
