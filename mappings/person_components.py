"""What a satellite row may hang on: requirements and licence conditions of the persons, in nDelius's keys."""

import polars as pl

from mappings.kinds import kind
from mappings.live import Frames, live_components
from vocabulary.batch import Batch

REQUIREMENT, LICENCE_CONDITION = "RQ", "LC"
MAIN_CATEGORY = {REQUIREMENT: pl.col("main_category"), LICENCE_CONDITION: pl.lit(None, pl.String)}
"""Of a requirement; a licence condition's categories are another list."""


def person_components(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """Requirements and licence conditions that nDelius has, the requirements first.

    Gives person_id (text), kind, component_id (Int64), event_id (Int64), main_category, is_live. Live is what
    nDelius has live, or the company's own case system.
    """
    known = {entity: baseline.carried("delius", entity) for entity in baseline.frames["delius"]}
    own = _own_frames(batch)
    return pl.concat([_of_kind(code, known, own) for code in (REQUIREMENT, LICENCE_CONDITION)])


def component_places(rows: pl.DataFrame, components: pl.DataFrame) -> pl.DataFrame:
    """`rows` with requirement_id, licence_condition_id and event_id (text) of what `component_id` names.

    A row that names none, or one that is not its person's, gets nulls: it hangs on the person. A number that
    is a requirement's and a licence condition's key is the requirement.
    """
    places = components.unique(["person_id", "component_id"], keep="first", maintain_order=True).select(
        "person_id",
        "component_id",
        pl.when(pl.col("kind") == REQUIREMENT).then("component_id").cast(pl.String).alias("requirement_id"),
        pl.when(pl.col("kind") == LICENCE_CONDITION)
        .then("component_id")
        .cast(pl.String)
        .alias("licence_condition_id"),
        pl.col("event_id").cast(pl.String),
    )
    return rows.join(places, on=["person_id", "component_id"], how="left", maintain_order="left")


def _own_frames(batch: Batch) -> Frames | None:
    """The frames of the company's own case system. An extract of nDelius adds nothing to the baseline."""
    if not batch.has("spg"):
        return None
    return {entity: batch.carried("spg", entity) for entity in batch.frames["spg"]}


def _of_kind(code: str, known: Frames, own: Frames | None) -> pl.DataFrame:
    found = kind(code)
    live = live_components(known, "delius", found)[found.word]
    if own is not None:
        live = pl.concat([live, live_components(own, "spg", found)[found.word].cast(live.dtype)])
    events = known["disposal"].select("disposal_id", "event_id").unique("disposal_id")
    return (
        known[found.entity]
        .join(events, on="disposal_id", how="left", maintain_order="left")
        .select(
            pl.col("offender_id").cast(pl.String).alias("person_id"),
            pl.lit(code).alias("kind"),
            pl.col(found.word).alias("component_id"),
            "event_id",
            MAIN_CATEGORY[code].alias("main_category"),
            pl.col(found.word).is_in(live.drop_nulls().implode()).alias("is_live"),
        )
    )
