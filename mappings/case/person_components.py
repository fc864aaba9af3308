"""What a satellite row may hang on: requirements and licence conditions of the persons, in nDelius's keys."""

import polars as pl

from mappings.case.component_kinds import kind
from mappings.case.live_components import Frames, live_components
from vocabulary.batch import Batch

REQUIREMENT, LICENCE_CONDITION = "RQ", "LC"
MAIN_CATEGORY = {REQUIREMENT: pl.col("main_category"), LICENCE_CONDITION: pl.lit(None, pl.String)}
"""Of a requirement; a licence condition's categories are another list."""


def person_components(baseline: Batch) -> pl.DataFrame:
    """Requirements and licence conditions that nDelius has, the requirements first.

    Gives person_id (text), kind, component_id (Int64), event_id (Int64), main_category, start_date, is_live:
    in nDelius, which decides (delius.md).
    """
    known = baseline.standing_frames()
    return pl.concat([_of_kind(code, known) for code in (REQUIREMENT, LICENCE_CONDITION)])


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


def _of_kind(code: str, known: Frames) -> pl.DataFrame:
    found = kind(code)
    live = live_components(known, found)[found.word]
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
            "start_date",
            pl.col(found.word).is_in(live.drop_nulls().implode()).alias("is_live"),
        )
    )
