"""Which components of nDelius are live. The table `Live components` of delius.md as expressions."""

from collections.abc import Mapping

import polars as pl

from mappings.case.component_kinds import Kind

Frames = Mapping[str, pl.DataFrame]
"""Frames by entity, already without deleted rows."""


def live_components(frames: Frames, kind: Kind) -> pl.DataFrame:
    """The rows of the kind's entity that are live, with `event_ref` where the kind has an event."""
    frame = frames[kind.entity]
    match kind.code:
        case "OM":
            return frame
        case "OS" | "NSI":
            return frame.filter("is_active")
        case "RQ" | "LC":
            return _with_live_event(frame.filter("is_active"), _disposals(frames), "disposal_id")
        case "PSS":
            custody = (
                frames["custody"]
                .join(_disposals(frames), on="disposal_id")
                .select("custody_id", "has_live_event")
            )
            return _with_live_event(frame.filter("is_active"), custody, "custody_id")
        case _:
            return frame.filter(pl.col("completed_date").is_null())


def _disposals(frames: Frames) -> pl.DataFrame:
    """disposal_id, has_live_event."""
    events = frames["event"].select("event_id", pl.col("is_active").alias("has_live_event"))
    return (
        frames["disposal"]
        .join(events, on="event_id")
        .select("disposal_id", "has_live_event")
        .unique("disposal_id")
    )


def _with_live_event(frame: pl.DataFrame, parents: pl.DataFrame, word: str) -> pl.DataFrame:
    return frame.join(parents.filter("has_live_event").unique(word), on=word, how="semi")
