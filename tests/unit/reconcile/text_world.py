"""Deliveries and a baseline as the proofs read them: text, from drawn tables. Dates are drawn as 2021-06-25.

Words that a table leaves out are blank; keys are counted from 1.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa

from reconcile.sources.baseline import Baseline
from reconcile.sources.cases import national_cases
from reconcile.sources.delivery import Delivery, Frames
from reconcile.sources.evidence import Country, Evidence
from reconcile.sources.reading import blank_as_null
from reconcile.target.code_names import Lists
from reconcile.target.snapshot import Snapshot, compare_with, take_snapshot
from reconcile.target.trail import NAMES, Crosswalk, Trail
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.dialects import dialect
from vocabulary.findings import no_findings
from vocabulary.keys import key_words
from vocabulary.source import Word, satellites, source_words

NO_TRAIL = pl.DataFrame(schema=dict.fromkeys(NAMES.values(), pl.String))
"""A crosswalk without entries."""

Cases = list[dict[str, str]]
BESIDE = ("row_outcome", "person_id", "is_new_person", "matched_ref", "answer")
"""Columns that are no words of an export."""


def rows_of(export: str, entity: str, company: str, cases: Cases) -> pl.DataFrame:
    """The rows of one entity as extract leaves them, carried unless a case says otherwise."""
    return _rows_of(export, entity, company, cases) if cases else _without_rows(export, entity, company)


@cache
def _without_rows(export: str, entity: str, company: str) -> pl.DataFrame:
    """Most tables of most cases are empty."""
    return _rows_of(export, entity, company, [])


def _rows_of(export: str, entity: str, company: str, cases: Cases) -> pl.DataFrame:
    words = source_words(export)[entity]
    keys = key_words(export, entity)
    style = dialect(export, company)
    lines: list[dict[str, Any]] = []
    for number, case in enumerate(cases, start=1):
        unknown = set(case) - {word.name for word in words} - {*BESIDE, "case"}
        assert not unknown, f"{entity} has no word {unknown}"
        lines.append(
            {
                word.name: _text(word, case[word.name], style.date_format)
                for word in words
                if word.name in case
            }
            | {name: str(number) for name in keys if name not in case}
            | {"source_file": f"{company}_{export}_{entity}", "source_row": str(number + 1)}
            | {"row_outcome": case.get("row_outcome") or "carried"}
            | {name: case[name] or None for name in BESIDE[1:] if name in case}
        )
    names = ["source_file", "source_row", "row_outcome", *(word.name for word in words)]
    beside = [name for name in BESIDE[1:] if cases and name in cases[0]]
    frame = pl.DataFrame(lines, schema=dict.fromkeys([*names, *beside], pl.String), orient="row")
    return blank_as_null(frame, export, entity).with_columns(
        pl.lit(export).alias("export"), pl.int_range(pl.len()).alias("row_number")
    )


def baseline(**tables: Cases) -> Frames:
    """nDelius before; entities that no table draws are empty."""
    return {
        entity: rows_of("delius", entity, BASELINE_COMPANY, tables.get(entity, []))
        for entity in source_words("delius")
    }


def delivery(company: str, findings: pl.DataFrame | None = None, **exports: dict[str, Cases]) -> Delivery:
    """What a company delivered."""
    frames = {
        export: {
            entity: rows_of(export, entity, company, tables.get(entity, []))
            for entity in source_words(export)
        }
        for export, tables in exports.items()
    }
    nobody = {name: pl.lit(None, pl.String) for name in ("person_id", "matched_ref", "answer")}
    for export, own in frames.items():
        for entity in satellites(export):
            missing = {name: value for name, value in nobody.items() if name not in own[entity].columns}
            own[entity] = own[entity].with_columns(**missing)
    if "spg" in frames:
        frames["spg"] = _with_persons(frames["spg"])
    return Delivery(company, "day-1", frames, no_findings() if findings is None else findings)


def _with_persons(frames: Frames) -> Frames:
    """Every record of a case system has the person that its company number stands for."""
    drawn = frames["offender"]
    missing = {"person_id", "is_new_person", "answer"} - set(drawn.columns)
    drawn = drawn.with_columns(pl.lit(None, pl.String).alias(name) for name in sorted(missing))
    offenders = drawn.with_columns(pl.col("is_new_person") == "Y")
    persons = offenders.select("person_ref", "person_id", "is_new_person")
    return {
        entity: offenders if entity == "offender" else frame.join(persons, on="person_ref", how="left")
        for entity, frame in frames.items()
    }


def _text(word: Word, cell: str, pattern: str) -> str:
    is_date = word.type == "date" and len(cell) == len("2021-06-25")
    return dt.date.fromisoformat(cell).strftime(pattern) if is_date and cell else cell


def country_of(
    frames: Frames, connection: sa.Connection, snapshot: Snapshot | None = None, trail: Trail | None = None
) -> Country:
    """The baseline beside the target as it is: compared with `snapshot`; without one no row is looked at."""
    changes = {} if snapshot is None else compare_with(snapshot, connection, snapshot.folder / "changes")
    before, entries = snapshot or Snapshot(Path(), "", {}), (trail or Trail(NO_TRAIL)).rows.lazy()
    lists, known = Lists(connection), Baseline.of(frames)
    return Country(known, national_cases(known), before, changes, Crosswalk(entries), lists, connection)


def evidence_of(
    sent: Delivery, frames: Frames, connection: sa.Connection, folder: Path, trail: pl.DataFrame | None = None
) -> Evidence:
    """What the proofs look at: the delivery, the baseline, and the target as it is, compared with itself."""
    take_snapshot(connection, folder / "snapshot")
    entries = Trail(NO_TRAIL if trail is None else trail)
    country = country_of(frames, connection, Snapshot.open(folder / "snapshot"), entries)
    return Evidence(sent, country, entries)
