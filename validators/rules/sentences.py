"""Events, offences and sentences: E01 to E05. An SPG event holds all three, nDelius keeps three rows."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch

SENTENCE_ENTITY = {"delius": "disposal", "spg": "event"}
"""Which entity holds the sentence of an event."""


@judges("delius", rules="E01 E03 E04 E05")
@judges("spg", rules="E01 E03 E05")
def setting_aside(batch: Batch, export: str) -> list[pl.DataFrame]:
    """Findings of E01, E03, E04 and E05, which set the row aside."""
    entity = SENTENCE_ENTITY[export]
    sentence = batch.in_scope(export, entity)
    found = [
        _event_numbers(batch.in_scope(export, "event")),
        failing(sentence, pl.col("sentence_date") > batch.extract_date, "E03", entity, "sentence_date"),
        failing(sentence, pl.col("end_date") < pl.col("sentence_date"), "E05", entity, "end_date"),
    ]
    if "is_active" in sentence.columns:
        is_wrong = pl.col("is_active") == pl.col("end_date").is_not_null()
        found.append(failing(sentence, is_wrong, "E04", entity, "is_active"))
    return found


@judges("delius", "spg", rules="E02")
def warnings(batch: Batch, export: str) -> list[pl.DataFrame]:
    """Findings of E02 on carried rows: an offence later than its sentence."""
    if export == "spg":
        offences, entity = batch.carried("spg", "event"), "event"
    else:
        sentences = batch.carried("delius", "disposal").select("event_id", "sentence_date").unique("event_id")
        offences, entity = (
            batch.carried("delius", "offence").join(sentences, on="event_id", how="left"),
            "offence",
        )
    return [
        failing(offences, pl.col("offence_date") > pl.col("sentence_date"), "E02", entity, "offence_date")
    ]


def _event_numbers(events: pl.DataFrame) -> pl.DataFrame:
    """E01: the first row that uses a number for a person keeps it."""
    person = "person_ref" if "person_ref" in events.columns else "offender_id"
    kept = events.filter(pl.col(person).is_not_null() & pl.col("event_number").is_not_null()).sort(
        "source_file", "row_number"
    )
    is_later = pl.int_range(pl.len()).over(person, "event_number") > 0
    return failing(kept, is_later, "E01", "event", "event_number")
