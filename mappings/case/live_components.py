"""Which components are live. The table `Live components` of delius.md, and LIVE of spg.md, as expressions."""

import polars as pl

from mappings.case.component_kinds import Kind

Frames = dict[str, pl.DataFrame]
"""Frames of one export by entity, already without deleted rows."""


def live_components(frames: Frames, export: str, kind: Kind) -> pl.DataFrame:
    """The rows of the kind's entity that are live, with `event_ref` where the kind has an event."""
    frame = frames[kind.entity]
    if export == "spg":
        return _live_in_spg(frames, kind)
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


def _live_in_spg(frames: Frames, kind: Kind) -> pl.DataFrame:
    """There is no active flag: live is what has not ended, and a requirement only while its event is."""
    frame = frames[kind.entity]
    match kind.code:
        case "OM":
            return frame
        case "OS" | "NSI":
            return frame.filter(pl.col("end_date").is_null())
        case _:
            live = frames["event"].filter(pl.col("end_date").is_null()).select("local_ref").unique()
            return frame.filter(pl.col("end_date").is_null()).join(
                live, left_on="local_event_ref", right_on="local_ref", how="semi"
            )


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
