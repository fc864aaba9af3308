"""Live components that only a company with its own case system holds: nDelius gave them no key (spg.md)."""

import polars as pl

from mappings.case.component_kinds import OM, Kind, kinds
from mappings.case.delivered_rows import NAMED, PLACE
from mappings.case.live_components import Frames, live_components
from mappings.case.own_numbers import record_ref
from mappings.case.own_records import is_added, own_records
from vocabulary.batch import Batch

REPORTS = ("CR", "IR")
"""Kept in nDelius only (spg.md)."""

SCHEMA = dict.fromkeys(
    ("kind", "entity", "person_id", "component_ref", "company", *PLACE, "area", "team", "officer"), pl.String
)


def added_components(batch: Batch, known: Frames, judged: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is added under the company's own team, and what a record gives to another area (O07), both with
    the columns of mappings.case.components.COLUMNS. A person whom somebody manages in nDelius gets no second
    one.

    Args:
        known: nDelius by entity. judged: its live components with `area` of who manages each.
    """
    records = pl.DataFrame(schema=SCHEMA)
    if batch.has_own_system:
        frames = own_records(batch)
        records = pl.concat(
            [_new_records(frames, known, kind) for kind in kinds() if kind.code not in REPORTS]
        )
    managed = judged.filter((pl.col("kind") == OM) & pl.col("area").is_not_null())["person_id"]
    is_managed = (pl.col("kind") == OM) & pl.col("person_id").is_in(managed.implode())
    is_own = pl.col("area") == batch.company
    free = records.filter(~is_managed)
    return _as_components(free.filter(is_own)), _as_components(free.filter(~is_own))


def new_components_of(frames: Frames, known: Frames, kind: Kind) -> pl.DataFrame:
    """The live records of a kind without a key, of carried `frames`: not ended, on an event that is live."""
    frame = frames[kind.entity]
    if kind.code == OM:
        return frame.filter(is_added("offender"))
    new = frame.filter(is_added(kind.entity) & pl.col("end_date").is_null())
    if kind.code in ("OS", "NSI"):
        return new
    return new.join(
        live_events(frames, known),
        left_on="local_event_ref",
        right_on="local_ref",
        how="semi",
        maintain_order="left",
    )


def live_events(frames: Frames, known: Frames) -> pl.DataFrame:
    """local_ref of the live events: as nDelius says of those it knows, else without an end."""
    active = known["event"].filter("is_active")["event_id"].implode()
    key = pl.col("event_id").fill_null(0)
    is_live = pl.when(key == 0).then(pl.col("end_date").is_null()).otherwise(key.is_in(active))
    return frames["event"].filter(is_live).select("local_ref").unique()


def live_rows(batch: Batch, known: Frames, kind: Kind) -> pl.DataFrame:
    """The live rows of a kind among the carried ones of the company: nDelius says it of whatever it knows."""
    live = live_components(known, kind)[kind.word].implode()
    carried = batch.carried(str(batch.case_export), kind.entity)
    standing = carried.filter(~is_added(kind.entity) & pl.col(kind.word).is_in(live))
    if not batch.has_own_system:
        return standing
    return pl.concat([standing, new_components_of(own_records(batch), known, kind)])


def _new_records(frames: Frames, known: Frames, kind: Kind) -> pl.DataFrame:
    ref = pl.col("person_id") if kind.code == OM else record_ref(kind.entity)
    return new_components_of(frames, known, kind).select(
        pl.lit(kind.code).alias("kind"),
        pl.lit(kind.entity).alias("entity"),
        "person_id",
        ref.alias("component_ref"),
        *("company", *PLACE, "area", "team", "officer"),
    )


def _as_components(records: pl.DataFrame) -> pl.DataFrame:
    """Nothing is closed for them, and the record itself names the team."""
    nothing = pl.lit(None, pl.String)
    return records.with_columns(
        pl.lit(None, pl.Int64).alias("manager_id"),
        *(nothing.alias(name) for name in ("old_area", "old_team", "old_officer")),
        pl.lit(False).alias("goes_unallocated"),
        pl.col("component_ref").str.starts_with("spg:").alias("is_new"),
        pl.col("entity").alias("named_entity"),
        *(pl.col(place).alias(name) for place, name in NAMED.items()),
    )
