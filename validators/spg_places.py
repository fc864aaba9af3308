"""An unacknowledged SPG record needs a place in nDelius: its sentence, its order, its project (X02)."""

import polars as pl

from validators.rules.failing import failing
from vocabulary.batch import Batch

ON_SENTENCE = (
    "requirement",
    "licence_condition",
    "pss_requirement",
    "upw_order",
    "upw_session",
    "upw_adjustment",
)
ON_ORDER = ("upw_session", "upw_adjustment")
EVENT = "local_event_ref"


def missing_places(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """Findings of X02: an event without a sentence has no room for a requirement,
    a session none without an order."""
    events = batch.all("spg", "event")
    sentences = baseline.all("delius", "disposal")["event_id"]
    placed = events.filter(
        pl.col("sentence_date").is_not_null() | pl.col("event_id").is_in(sentences.implode())
    )
    orders = batch.all("spg", "upw_order")[EVENT]
    return [
        *(_outside(batch, entity, events["local_ref"], placed["local_ref"]) for entity in ON_SENTENCE),
        *(_outside(batch, entity, events["local_ref"], orders) for entity in ON_ORDER),
        _without_project(batch, baseline),
    ]


def _outside(batch: Batch, entity: str, known: pl.Series, places: pl.Series) -> pl.DataFrame:
    """Rows to add whose event is delivered but offers no place; an unknown event is X02 already."""
    named = pl.col(EVENT)
    has_none = named.is_in(known.implode()) & ~named.is_in(places.drop_nulls().implode())
    return failing(batch.all("spg", entity), has_none & _is_new(entity), "X02", entity, EVENT)


def _without_project(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """A session's project stands in the schedule or in nDelius."""
    codes = [baseline.all("delius", "upw_project")["code"]]
    if batch.has("upw"):
        codes.append(batch.all("upw", "upw_project")["code"])
    is_known = pl.col("project_code").is_in(pl.concat(codes).drop_nulls().implode())
    return failing(
        batch.all("spg", "upw_session"),
        ~is_known & _is_new("upw_session"),
        "X02",
        "upw_session",
        "project_code",
    )


def _is_new(entity: str) -> pl.Expr:
    return pl.col(f"{entity}_id").fill_null(0) == 0
