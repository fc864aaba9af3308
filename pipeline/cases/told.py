"""What match said of every row that names a person by itself, company by company."""

from pathlib import Path

import polars as pl

from pipeline.failures import is_through
from pipeline.stages.across import TWICE
from pipeline.stages.match import PEOPLE
from pipeline.storage.store import read_findings, read_frame, scan_frame
from pipeline.workspace import Workspace
from vocabulary.decisions import ACROSS
from vocabulary.source import NDELIUS, OWN_SYSTEM

ROW = ["source_file", "source_row"]
PERSON_ENTITY = "offender"
OWN_KEY = "key of nDelius"
"""Answer of a row that bears OFFENDER_ID itself: nothing had to be matched."""

TOLD_SCHEMA = {
    **dict.fromkeys(("company", "export", "entity", *ROW, "crn", "person_ref", "answer"), pl.String),
    "is_held": pl.Boolean,
    "person_id": pl.String,
}
"""A row, the numbers it gives, the rule that answered, and whom it is: OFFENDER_ID as text, the natural key
of a new person, or null of one whom nobody knows yet."""


def told_by_match(workspace: Workspace, company: str) -> pl.DataFrame:
    """TOLD_SCHEMA of a company that has been matched; nothing of another."""
    if not is_through(workspace, company, "match"):
        return pl.DataFrame(schema=TOLD_SCHEMA)
    folder, mapped = (workspace.stage_folder(company, stage) for stage in ("match", "map"))
    found = [pl.DataFrame(schema=TOLD_SCHEMA)]
    if (folder / "persons.parquet").exists():
        twice = read_findings(workspace.stage_folder(company, ACROSS)).filter(rule=TWICE).select(ROW)
        persons = _held_twice(read_frame(folder, "persons"), twice)
        found.append(_told(company, OWN_SYSTEM, PERSON_ENTITY, persons, mapped))
    for path in sorted((folder / PEOPLE).glob("*/*.parquet")):
        export, entity = path.parent.name, path.stem
        found.append(_told(company, export, entity, read_frame(path.parent, entity), mapped))
    if (mapped / NDELIUS).is_dir():
        found.append(_told(company, NDELIUS, PERSON_ENTITY, _own_keys(mapped), mapped))
    return pl.concat(found)


def candidates_of(workspace: Workspace, company: str) -> pl.DataFrame:
    """Held rows and each person of nDelius whom they may be (matching.cascade.HELD_SCHEMA)."""
    return read_frame(workspace.stage_folder(company, "match"), "held")


def _told(company: str, export: str, entity: str, people: pl.DataFrame, mapped: Path) -> pl.DataFrame:
    """`people` (ROW, person_ref, answer, is_held, person_id) with the CRN that each row gives."""
    rows = scan_frame(mapped / export, entity)
    has_crn = "crn" in rows.collect_schema()
    crn = pl.col("crn") if has_crn else pl.lit(None, pl.String).alias("crn")
    numbers = rows.select(*ROW, crn).collect().unique(ROW, keep="first")
    named = people.join(numbers, on=ROW, how="left", maintain_order="left")
    place = {"company": company, "export": export, "entity": entity}
    return named.with_columns(pl.lit(word).alias(name) for name, word in place.items()).select(
        list(TOLD_SCHEMA)
    )


def _held_twice(persons: pl.DataFrame, twice: pl.DataFrame) -> pl.DataFrame:
    """New persons whom another company delivers too (M09) are nobody until a clerk has answered."""
    marked = persons.join(
        twice.unique().with_columns(_twice=pl.lit(True)), on=ROW, how="left", maintain_order="left"
    )
    is_twice = pl.col("_twice").fill_null(False)
    return marked.with_columns(
        pl.when(is_twice).then(pl.lit(TWICE)).otherwise("answer").alias("answer"),
        (pl.col("is_held") | is_twice).alias("is_held"),
        pl.when(~is_twice).then("person_id").alias("person_id"),
    )


def _own_keys(mapped: Path) -> pl.DataFrame:
    return (
        scan_frame(mapped / NDELIUS, PERSON_ENTITY)
        .select(
            *ROW,
            pl.lit(None, pl.String).alias("person_ref"),
            pl.lit(OWN_KEY).alias("answer"),
            pl.lit(False).alias("is_held"),
            pl.col("offender_id").cast(pl.String).alias("person_id"),
        )
        .collect()
    )
