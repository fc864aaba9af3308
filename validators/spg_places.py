"""An unacknowledged SPG record needs a place in nDelius: its sentence, its order, its project (X01, X02).

Judged on carried rows, after everything else: an event that is set aside has taken its records with it.
"""

import polars as pl

from validators.rules.failing import failing
from vocabulary.batch import CARRIED, Batch
from vocabulary.source import OWN_SYSTEM

ON_SENTENCE = (
    "requirement",
    "licence_condition",
    "pss_requirement",
    "upw_order",
    "upw_session",
    "upw_adjustment",
    "custody_release",
    "key_date",
)
ON_ORDER = ("upw_session", "upw_adjustment")
EVENT = "local_event_ref"


def missing_places(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """Findings on rows to add: an event without a sentence has no room for a requirement, a session none
    without an order (X02) or with one that is set aside (X01). None where the company records in nDelius."""
    if not batch.has_own_system:
        return []
    sentenced = _sentenced(batch, baseline)
    orders = batch.all(OWN_SYSTEM, "upw_order")
    standing = orders.filter(pl.col("row_outcome") == CARRIED)[EVENT].to_list() + _known_orders(
        batch, baseline
    )
    refused = orders.filter(pl.col("row_outcome") != CARRIED)[EVENT].drop_nulls()
    has_order, had_order = pl.col(EVENT).is_in(standing), pl.col(EVENT).is_in(refused.implode())
    found = [
        _failing(batch, entity, ~pl.col(EVENT).is_in(sentenced.implode()), "X02") for entity in ON_SENTENCE
    ]
    for entity in ON_ORDER:
        found.append(_failing(batch, entity, ~has_order & ~had_order, "X02"))
        found.append(_failing(batch, entity, ~has_order & had_order, "X01"))
    return [*found, _without_project(batch, baseline)]


def _sentenced(batch: Batch, baseline: Batch) -> pl.Series:
    """Events with a sentence: nDelius has it, or the record of a new event says enough for one."""
    known = baseline.standing("disposal")["event_id"]
    says_enough = pl.col("sentence_date").is_not_null() & pl.col("type").is_not_null()
    has_sentence = (_is_new("event") & says_enough) | pl.col("event_id").is_in(known.implode())
    return batch.carried(OWN_SYSTEM, "event").filter(has_sentence)["local_ref"]


def _known_orders(batch: Batch, baseline: Batch) -> list[str]:
    """Events whose order nDelius has."""
    disposals = baseline.standing("disposal").join(
        baseline.standing("upw_order"), on="disposal_id", how="semi"
    )
    known = pl.col("event_id").is_in(disposals["event_id"].implode())
    return batch.carried(OWN_SYSTEM, "event").filter(known)["local_ref"].to_list()


def _failing(batch: Batch, entity: str, condition: pl.Expr, rule: str) -> pl.DataFrame:
    """A release has no key of its own: it is added when its event is."""
    rows = batch.carried(OWN_SYSTEM, entity)
    if f"{entity}_id" in rows.columns:
        is_added = _is_new(entity)
    else:
        is_added = pl.col(EVENT).is_in(
            batch.carried(OWN_SYSTEM, "event").filter(_is_new("event"))["local_ref"].implode()
        )
    return failing(rows, condition & is_added & pl.col(EVENT).is_not_null(), rule, entity, EVENT)


def _without_project(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """A session's project stands in the schedule or in nDelius."""
    codes = [baseline.standing("upw_project")["code"]]
    if batch.has("upw"):
        codes.append(batch.carried("upw", "upw_project")["code"])
    is_known = pl.col("project_code").is_in(pl.concat(codes).drop_nulls().implode())
    sessions = batch.carried(OWN_SYSTEM, "upw_session")
    return failing(sessions, ~is_known & _is_new("upw_session"), "X02", "upw_session", "project_code")


def _is_new(entity: str) -> pl.Expr:
    return pl.col(f"{entity}_id").fill_null(0) == 0
