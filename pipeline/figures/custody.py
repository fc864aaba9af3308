"""Whose release or end of supervision in the first four weeks waits for a practitioner."""

import polars as pl

from lists.custody import custody_cases, unattended
from lists.sources import ListSources
from reports.data import Unattended


def unattended_cases(sources: ListSources) -> tuple[Unattended, ...]:
    """One line per person and event, by day."""
    found = unattended(custody_cases(sources))
    shown = found.select(
        "region", pl.col("pdu").fill_null(""), "team", "person_id", "event", pl.col("day").cast(pl.String)
    )
    return tuple(Unattended(*row) for row in shown.sort("day", "person_id").iter_rows())
