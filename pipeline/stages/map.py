"""Stage map: text frames become typed, coded frames; rows are judged by themselves (T, Q,
P rules, repeated rows)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from extractors.base import read_entity
from mappings.parsing.coded_columns import WAITING_SCHEMA, waiting_findings
from mappings.parsing.convert import convert, typed_frame
from mappings.parsing.decided_codes import NOTHING_DECIDED, DecidedCodes
from mappings.parsing.duplicates import duplicates
from mappings.parsing.failures import LEFT_OUT_SCHEMA
from mappings.parsing.known_codes import NOTHING_KNOWN, KnownCodes
from mappings.parsing.out_of_scope import judge_scope, waiting_in_scope
from mappings.parsing.panel_answers import UNDECIDED, with_panel_answers
from mappings.parsing.person_identifiers import (
    Checked,
    identifier_rules,
    postcode_rules,
    shared_identifier_rules,
)
from pipeline.storage.store import read_findings, write_frame
from vocabulary.batch import Batch
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.findings import collect, no_findings
from vocabulary.keys import key
from vocabulary.links import parents_first
from vocabulary.source import source_words

ROW = ["source_file", "source_row"]
PERSONS = "offender"
POSTCODES = ("address", "property", "employee")
_BESIDE = (LEFT_OUT_SCHEMA, WAITING_SCHEMA, WAITING_SCHEMA)
"""What is left out, waits and is unknown."""


@dataclass(frozen=True)
class Mapped:
    """One entity after the stage."""

    frame: pl.DataFrame
    findings: pl.DataFrame
    left_out: pl.DataFrame
    waiting: pl.DataFrame
    unknown: pl.DataFrame


def map_delivery(
    extracted: Path,
    out: Path,
    exports: list[str],
    company: str,
    extract_date: dt.date,
    decided: DecidedCodes = NOTHING_DECIDED,
    panel: pl.DataFrame = UNDECIDED,
    known: KnownCodes = NOTHING_KNOWN,
) -> dict[str, Any]:
    """Map every entity of `exports`.

    Writes <export>/<entity>, each row with its `key`, findings, left_out, waiting and unknown under `out`.
    `decided`: answers about codes; `panel`: about activities (mappings.parsing.panel_answers). `known`:
    codes that nDelius knows (mappings.parsing.known_codes).
    """
    before = read_findings(extracted)
    found, left_out, rows = [], [pl.DataFrame(schema=LEFT_OUT_SCHEMA)], 0
    waiting, unknown = ([pl.DataFrame(schema=WAITING_SCHEMA)] for _ in range(2))
    for export in exports:
        for entity in parents_first(export):
            text = with_panel_answers(read_entity(extracted / export, entity), entity, panel)
            mapped = map_entity(text, export, entity, company, before, extract_date, decided, known)
            keyed = mapped.frame.with_columns(key(export, entity).alias("key"))
            write_frame(out / export, entity, keyed)
            found.append(mapped.findings)
            left_out.append(mapped.left_out)
            waiting.append(mapped.waiting)
            unknown.append(mapped.unknown)
            rows += mapped.frame.height
    write_frame(out, "left_out", pl.concat(left_out))
    write_frame(out, "waiting", pl.concat(waiting))
    write_frame(out, "unknown", pl.concat(unknown))
    write_frame(out, "findings", collect([*found, waiting_findings(waiting)]))
    return {"rows": rows}


def map_entity(
    text: pl.DataFrame,
    export: str,
    entity: str,
    company: str,
    before: pl.DataFrame,
    extract_date: dt.date,
    decided: DecidedCodes = NOTHING_DECIDED,
    known: KnownCodes = NOTHING_KNOWN,
) -> Mapped:
    """One entity. `before` are the findings of extract; rows they set aside are not judged again."""
    if company == BASELINE_COMPANY:
        # The codes of the baseline are nDelius's own (codes.md): none is unknown, none is left out.
        frame = typed_frame(text, export, entity, company, decided, known)
        frame = frame.with_columns(_own_codes(text, export, entity))
        return Mapped(frame, no_findings(), *(pl.DataFrame(schema=each) for each in _BESIDE))
    skip = _rows_of(before, (pl.col("export") == export) & (pl.col("severity") == "set_aside"))
    converted = convert(text, export, entity, company, skip, decided, known)
    if text.is_empty():
        frame, _ = judge_scope(converted.frame, export, entity, skip)
        return Mapped(frame, converted.findings, converted.left_out, converted.waiting, converted.unknown)
    repeated = duplicates(text, export, entity, skip)
    kept_out = pl.concat([skip, _rows_of(collect([converted.findings, repeated]), _keeps_out())])
    frame, checked = judge_persons(converted.frame, export, entity, kept_out, extract_date)
    refused = _rows_of(collect([check.findings for check in checked]), _keeps_out())
    kept_out = pl.concat([kept_out, refused])
    frame, outside = judge_scope(frame, export, entity, kept_out)
    return Mapped(
        frame,
        collect([converted.findings, repeated, *(check.findings for check in checked), outside]),
        pl.concat([converted.left_out, *(check.left_out for check in checked)]),
        waiting_in_scope(converted.waiting, frame, kept_out),
        converted.unknown,
    )


def judge_persons(
    frame: pl.DataFrame, export: str, entity: str, kept_out: pl.DataFrame, extract_date: dt.date
) -> tuple[pl.DataFrame, list[Checked]]:
    """The P rules on rows in scope.

    CRN and prison number are compared only where no matching comes between.
    """
    # P rules name the person's row: the person itself, or a satellite row (defects.md).
    names_person = entity == PERSONS or (export not in ("delius", "spg") and "crn" in frame.columns)
    if not names_person and entity not in POSTCODES:
        return frame, []
    is_judged = pl.col("_row").is_in(_row_ids(kept_out).implode()).not_()
    if "is_deleted" in frame.columns:
        is_judged = is_judged & ~pl.col("is_deleted").fill_null(False)
    marked = frame.with_columns(_row_id().alias("_row"))
    judged = marked.filter(is_judged)
    checked = []
    if names_person:
        checked.append(identifier_rules(judged, entity, extract_date))
    if entity == PERSONS and export == "delius":
        checked.append(shared_identifier_rules(checked[-1].frame, entity))
    if entity in POSTCODES:
        checked.append(postcode_rules(judged, entity))
    whole = pl.concat([checked[-1].frame, marked.filter(~is_judged)], how="diagonal")
    return whole.sort("source_file", "row_number").drop("_row"), checked


def delivered_batch(
    company: str, cycle: str, extract_date: dt.date, folder: Path, exports: list[str]
) -> Batch:
    """The frames that map wrote under `folder`, as a batch."""
    frames = {
        export: {
            entity: pl.read_parquet(folder / export / f"{entity}.parquet") for entity in parents_first(export)
        }
        for export in exports
    }
    return Batch(company, cycle, extract_date, frames)


def _rows_of(findings: pl.DataFrame, where: pl.Expr) -> pl.DataFrame:
    """source_file, source_row of the findings that are so."""
    if findings.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(ROW, pl.String))
    return findings.filter(where).select(ROW)


def _keeps_out() -> pl.Expr:
    return (pl.col("severity") == "set_aside") | (pl.col("rule") == "T10")


def _row_id() -> pl.Expr:
    return pl.concat_str(ROW, separator="\n")


def _row_ids(rows: pl.DataFrame) -> pl.Series:
    return rows.select(_row_id().alias("_row"))["_row"]


def _own_codes(text: pl.DataFrame, export: str, entity: str) -> list[pl.Series]:
    coded = [word.name for word in source_words(export)[entity] if word.code_list]
    trimmed = text.select(pl.col(coded).str.strip_chars())
    return [trimmed[name].replace("", None) for name in coded]
