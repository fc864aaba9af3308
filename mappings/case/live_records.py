"""Which records of a company's own case system are live: nDelius says it of whatever it knows (spg.md)."""

import polars as pl

from mappings.case.component_kinds import OM, Kind
from mappings.case.live_components import Frames, live_components
from mappings.case.own_records import is_added, own_records
from vocabulary.batch import Batch


def new_components_of(frames: Frames, known: Frames, kind: Kind) -> pl.DataFrame:
    """The live records of a kind without a key, of carried `frames`: not ended, on an event that is live."""
    live = records_without_end(frames, kind, _live_events(frames, known))
    return live.filter(is_added(kind.entity)).collect()


def records_without_end(frames: Frames, kind: Kind, events: pl.LazyFrame) -> pl.LazyFrame:
    """The records of a kind that have not ended: there is no active flag. One that hangs on an event, only
    where it is among `events` (local_ref)."""
    frame = frames[kind.entity].lazy()
    if kind.code == OM:
        return frame
    open_ = frame.filter(pl.col("end_date").is_null())
    if kind.code in ("OS", "NSI"):
        return open_
    return open_.join(
        events, left_on="local_event_ref", right_on="local_ref", how="semi", maintain_order="left"
    )


def _live_events(frames: Frames, known: Frames) -> pl.LazyFrame:
    """local_ref of the live events: as nDelius says of those it knows, else without an end."""
    active = known["event"].filter("is_active")["event_id"].implode()
    key = pl.col("event_id").fill_null(0)
    is_live = pl.when(key == 0).then(pl.col("end_date").is_null()).otherwise(key.is_in(active))
    return frames["event"].lazy().filter(is_live).select("local_ref").unique()


def live_rows(batch: Batch, known: Frames, kind: Kind) -> pl.DataFrame:
    """The live rows of a kind among the carried ones of the company: nDelius says it of whatever it knows."""
    live = live_components(known, kind)[kind.word].implode()
    carried = batch.carried(str(batch.case_export), kind.entity)
    standing = carried.filter(~is_added(kind.entity) & pl.col(kind.word).is_in(live))
    if not batch.has_own_system:
        return standing
    return pl.concat([standing, new_components_of(own_records(batch), known, kind)])
