"""Stage match: who each delivered person is.

Persons of a provider extract carry nDelius's own key and need nothing.
"""

from pathlib import Path

import polars as pl

from mappings.case.own_numbers import natural_key
from mappings.parsing.person_identifiers import shared_identifier_rules
from matching.baseline import candidates
from matching.cascade import HELD_SCHEMA, NEW_PERSON, Matched, match_persons, match_satellites
from matching.clerk import NO_ANSWERS
from pipeline.stages.weigh import Beside, keep_evidence, weighing
from pipeline.storage.store import read_frame, write_frame
from vocabulary.batch import OUT_OF_SCOPE, Batch
from vocabulary.findings import collect, findings_of
from vocabulary.source import satellites

ROW = ["source_file", "source_row"]
PEOPLE = "people"
"""Folder of the answers for satellite rows: <export>/<entity> with person_id."""

MATCHED_ON = ("offender", "identifier", "alias")
"""Entities of the baseline that say who a person is."""

ANSWERED = "answered"
"""Frame of what clerks had answered about the company's persons when they were matched."""


def match_delivery(
    batch: Batch,
    baseline: Batch,
    before: pl.DataFrame,
    out: Path,
    answers: pl.DataFrame = NO_ANSWERS,
    beside: Beside | None = None,
) -> dict[str, int]:
    """Write `persons` (spg) and the people of satellite rows, with person_id, and the findings of the stage.

    Who waits for a clerk goes to `held` (matching.cascade.HELD_SCHEMA), whom evidence linked to `linked`
    (EVIDENCE_SCHEMA), and what it was weighed with to weights.json.

    Args:
        batch: the frames of map.
        before: findings so far; rows they set aside are not matched.
        answers: what clerks answered about the company's persons.
        beside: addresses and sentences of nDelius, unread.
    """
    known = candidates(*(baseline.known(entity) for entity in MATCHED_ON))
    found: list[pl.DataFrame] = []
    held = [pl.DataFrame(schema=HELD_SCHEMA)]
    persons: Matched | None = None
    if batch.has("spg"):
        offenders = _judged(batch.all("spg", "offender"), before, "spg")
        given = answers.filter(export="spg", entity="offender")
        persons = match_persons(offenders, known, given, weighing(batch, offenders, baseline, beside))
        held.append(persons.held)
        keep_evidence(out, persons)
        found += [persons.findings, *_shared(offenders, persons, out)]
    for export in batch.frames:
        for entity in satellites(export):
            rows = _judged(batch.all(export, entity), before, export)
            given = answers.filter(export=export, entity=entity)
            matched = match_satellites(
                _in_scope(rows), entity, known, persons.frame if persons else None, given
            )
            own = _of_held_persons(matched, rows, entity, batch, persons)
            found.append(own)
            # A row that goes with a held person is not asked about: the person is.
            held.append(matched.held.join(own.filter(rule="X01"), on=ROW, how="anti"))
            write_frame(out / PEOPLE / export, entity, _with_person_id(matched.frame))
    write_frame(out, "held", pl.concat(held))
    write_frame(out, ANSWERED, answers)
    write_frame(out, "findings", collect(found))
    return {"rows": sum(frame.height for frame in found)}


def read_people(batch: Batch, out: Path) -> list[pl.DataFrame]:
    """What `match_delivery` wrote of persons and satellite rows of `batch` under `out`, with `person_id`."""
    satellite = [
        read_frame(out / PEOPLE / export, entity) for export in batch.frames for entity in satellites(export)
    ]
    return [*([read_frame(out, "persons")] if batch.has("spg") else []), *satellite]


def _judged(frame: pl.DataFrame, before: pl.DataFrame, export: str) -> pl.DataFrame:
    """Rows that are neither set aside nor repeated."""
    if frame.is_empty() or before.is_empty():
        return frame
    is_out = (pl.col("severity") == "set_aside") | (pl.col("rule") == "T10")
    kept_out = before.filter((pl.col("export") == export) & is_out)
    return frame.join(kept_out.select(ROW).unique(), on=ROW, how="anti", maintain_order="left")


def _in_scope(rows: pl.DataFrame) -> pl.DataFrame:
    """A draft or an ended referral looks for nobody; of a held person it is held all the same."""
    return rows.filter(~pl.col(OUT_OF_SCOPE)) if OUT_OF_SCOPE in rows.columns else rows


def _shared(offenders: pl.DataFrame, persons: Matched, out: Path) -> list[pl.DataFrame]:
    """Write the answers; P02 and P08 among persons that are not held."""
    free = persons.frame.filter(~pl.col("is_held"))
    checked = shared_identifier_rules(
        offenders.join(free, on=ROW, how="semi", maintain_order="left"), "offender"
    )
    answered = _with_person_id(persons.frame).with_columns(
        (pl.col("answer") == NEW_PERSON).alias("is_new_person")
    )
    write_frame(out, "persons", answered)
    write_frame(out, "left_out", checked.left_out)
    return [checked.findings]


def _with_person_id(answers: pl.DataFrame) -> pl.DataFrame:
    """source_file, source_row, person_ref, person_id: nDelius's key as text,
    or the natural key of a new person."""
    ref = pl.col("person_ref") if "person_ref" in answers.columns else pl.lit(None, pl.String)
    new = pl.when(pl.col("answer") == NEW_PERSON).then(natural_key("offender", ref))
    return answers.select(
        *ROW,
        ref.alias("person_ref"),
        "answer",
        "is_held",
        pl.coalesce(pl.col("offender_id").cast(pl.String), new).alias("person_id"),
    )


def _of_held_persons(
    matched: Matched, rows: pl.DataFrame, entity: str, batch: Batch, persons: Matched | None
) -> pl.DataFrame:
    """The findings of satellite rows; those of a person who is held in spg go with that person (X01,
    matching.md)."""
    if persons is None:
        return matched.findings
    held = persons.frame.filter("is_held").join(batch.all("spg", "offender").select(*ROW, "crn"), on=ROW)
    with_held = rows.filter(is_of_persons(rows, held))
    own = matched.findings.join(with_held, on=ROW, how="anti")
    return collect([own, findings_of(with_held, "X01", entity, "crn")])


def is_of_persons(rows: pl.DataFrame, persons: pl.DataFrame) -> pl.Expr:
    """Satellite `rows` that name one of `persons` (crn, person_ref) by either."""
    is_named = pl.col("crn").is_in(persons["crn"].drop_nulls().implode()).fill_null(False)
    if "person_ref" in rows.columns:
        is_named |= pl.col("person_ref").is_in(persons["person_ref"].drop_nulls().implode()).fill_null(False)
    return is_named
