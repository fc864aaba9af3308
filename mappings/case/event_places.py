"""Where a record of a company's own case system hangs in nDelius: the keys of event, sentence and custody.

A company's record names its event; nDelius hangs requirements on the sentence and PSS, key dates and releases
on custody. A known event has both in the baseline; a new one gets them here.
"""

import polars as pl

from mappings.case.live_components import Frames
from mappings.case.own_numbers import natural_key, record_ref
from mappings.case.own_records import is_added, own_records
from vocabulary.batch import Batch

PLACES = {
    **dict.fromkeys(("local_event_ref", "event_ref", "disposal_ref", "custody_ref"), pl.String),
    **dict.fromkeys(("is_new_event", "is_new_custody"), pl.Boolean),
}


def event_places(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """PLACES of every event that the company's own case system carries; custody_ref is null without one.

    References are nDelius keys as text, or natural keys of rows that the same plan inserts.
    """
    if not batch.has_own_system:
        return pl.DataFrame(schema=PLACES)
    records = own_records(batch)
    events = records["event"].select(
        pl.col("local_ref").alias("local_event_ref"),
        record_ref("event").alias("event_ref"),
        is_added("event").alias("is_new_event"),
        is_sentenced().alias("is_sentenced"),
    )
    known = events.join(_known_sentences(baseline), on="event_ref", how="left", maintain_order="left")
    needs_custody = pl.col("local_event_ref").is_in(_custodial(records).implode())
    own = (
        natural_key("disposal", pl.col("local_event_ref")),
        natural_key("custody", pl.col("local_event_ref")),
    )
    places = known.with_columns(
        pl.coalesce(
            "disposal_ref", pl.when(pl.col("is_new_event") & pl.col("is_sentenced")).then(own[0])
        ).alias("disposal_ref"),
        (needs_custody & pl.col("custody_ref").is_null()).alias("is_new_custody"),
    )
    return places.with_columns(
        pl.coalesce("custody_ref", pl.when(pl.col("is_new_custody")).then(own[1])).alias("custody_ref")
    ).select(list(PLACES))


def _known_sentences(baseline: Batch) -> pl.DataFrame:
    """event_ref, disposal_ref, custody_ref of the baseline."""
    custody = baseline.standing("custody").select(
        "disposal_id", pl.col("custody_id").cast(pl.String).alias("custody_ref")
    )
    return (
        baseline.standing("disposal")
        .join(custody.unique("disposal_id"), on="disposal_id", how="left")
        .select(
            pl.col("event_id").cast(pl.String).alias("event_ref"),
            pl.col("disposal_id").cast(pl.String).alias("disposal_ref"),
            "custody_ref",
        )
        .unique("event_ref", keep="first", maintain_order=True)
    )


def is_sentenced() -> pl.Expr:
    """The record of an event says enough for a DISPOSAL row."""
    return pl.col("sentence_date").is_not_null() & pl.col("type").is_not_null()


def _custodial(records: Frames) -> pl.Series:
    """Events with a row to write that hangs on custody: PSS requirement, key date, release of a new event."""
    new_events = records["event"].filter(is_added("event"))["local_ref"]
    releases = records["custody_release"]["local_event_ref"]
    written = [
        records[entity].filter(is_added(entity))["local_event_ref"]
        for entity in ("pss_requirement", "key_date")
    ]
    return pl.concat([*written, releases.filter(releases.is_in(new_events.implode()))])
