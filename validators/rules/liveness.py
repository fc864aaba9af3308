"""Live on one side and closed on the other: X07 (live here only) and, of a gateway record, X04 (there only).

nDelius decides what moves. What it has closed is not revived on the company's word, so that is a question;
what it has live moves, whatever the company says.
"""

import polars as pl

from validators.registry import judges
from vocabulary.batch import Batch
from vocabulary.findings import findings_of

REPORTS = ("court_report", "institutional_report")
BELOW_EVENT = ("requirement", "licence_condition", "pss_requirement")
RECORDS = ("event", *BELOW_EVENT, "nsi")
"""What a gateway record closes by its end; court and institutional reports are no records (spg.md)."""

ENTITIES = (*RECORDS, "disposal", *REPORTS)


@judges("delius", rules="X07")
def closed_in_ndelius(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """X07: an event, sentence, component or report that is live in the extract and closed in nDelius."""
    found = []
    for entity in ENTITIES:
        word = "completed_date" if entity in REPORTS else "is_active"
        live = batch.carried("delius", entity).filter(_is_open(entity))
        closed = baseline.standing(entity).filter(~_is_open(entity))
        found.append(findings_of(live.join(closed, on="key", how="semi"), "X07", entity, word))
    return found


@judges("spg", rules="X04 X07")
def open_on_one_side(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """X07 and X04 of records that nDelius has given a key: it knows whether each is closed."""
    events = batch.carried("spg", "event").filter(pl.col("end_date").is_null())["local_ref"].implode()
    found = []
    for entity in RECORDS:
        known = baseline.standing(entity).select(f"{entity}_id", pl.col("is_active").alias("_lives"))
        records = batch.carried("spg", entity).join(
            known.unique(f"{entity}_id"), on=f"{entity}_id", how="inner", maintain_order="left"
        )
        has_ended = pl.col("end_date").is_not_null()
        is_over = has_ended | ~pl.col("local_event_ref").is_in(events) if entity in BELOW_EVENT else has_ended
        found.append(findings_of(records.filter(~is_over & ~pl.col("_lives")), "X07", entity, "end_date"))
        found.append(findings_of(records.filter(has_ended & pl.col("_lives")), "X04", entity, "end_date"))
    return found


def _is_open(entity: str) -> pl.Expr:
    if entity in REPORTS:
        return pl.col("completed_date").is_null()
    return pl.col("is_active").fill_null(False)
