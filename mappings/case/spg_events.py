"""Where an SPG record hangs in nDelius: the keys of its event, sentence, custody and unpaid work order.

A company's record names its event; nDelius hangs requirements on the sentence and PSS, key dates and releases
on custody. A known event has both in the baseline; a new one gets them here.
"""

import polars as pl

from mappings.case.own_numbers import natural_key, record_ref
from vocabulary.batch import Batch


def event_places(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """local_event_ref, event_ref, disposal_ref, custody_ref (null without), is_new_event, is_new_custody.

    References are nDelius keys as text, or natural keys of rows that the same plan inserts.
    """
    events = batch.carried("spg", "event").select(
        pl.col("local_ref").alias("local_event_ref"),
        record_ref("event").alias("event_ref"),
        (pl.col("event_id").fill_null(0) == 0).alias("is_new_event"),
        is_sentenced().alias("is_sentenced"),
    )
    known = events.join(_known_sentences(baseline), on="event_ref", how="left", maintain_order="left")
    needs_custody = pl.col("local_event_ref").is_in(_custodial(batch).implode())
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
    ).drop("is_sentenced")


def _known_sentences(baseline: Batch) -> pl.DataFrame:
    """event_ref, disposal_ref, custody_ref of the baseline."""
    custody = baseline.carried("delius", "custody").select(
        "disposal_id", pl.col("custody_id").cast(pl.String).alias("custody_ref")
    )
    return (
        baseline.carried("delius", "disposal")
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


def _custodial(batch: Batch) -> pl.Series:
    """Events with a row to write that hangs on custody: PSS requirement, key date, release of a new event."""
    new_events = batch.carried("spg", "event").filter(pl.col("event_id").fill_null(0) == 0)["local_ref"]
    releases = batch.carried("spg", "custody_release")["local_event_ref"]
    written = [
        batch.carried("spg", entity).filter(pl.col(f"{entity}_id").fill_null(0) == 0)["local_event_ref"]
        for entity in ("pss_requirement", "key_date")
    ]
    return pl.concat([*written, releases.filter(releases.is_in(new_events.implode()))])
