"""Dates that a sentence in custody turns on: only a company's own case system carries them (spg.md)."""

import polars as pl

from mappings.case.own_records import own_records
from vocabulary.batch import Batch

SCHEMA = {"custody_id": pl.Int64, "type": pl.String, "date": pl.Date}


def key_dates(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """SCHEMA of each key date of a custody that nDelius has."""
    if not batch.has_own_system:
        return pl.DataFrame(schema=SCHEMA)
    places = baseline.standing("custody").join(
        baseline.standing("disposal").select("disposal_id", "event_id"), on="disposal_id"
    )
    dates = own_records(batch)["key_date"]
    return dates.join(places.select("event_id", "custody_id"), on="event_id").select(list(SCHEMA))
