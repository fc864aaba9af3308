"""Which rows of a delivery are, or may be, about persons with limited access, and what they call them."""

import polars as pl

from mappings.case.case_model import CaseModel
from pipeline.failures import is_through
from pipeline.figures.row_regions import row_regions
from pipeline.stages.limited_persons import LimitedPersons
from pipeline.storage.batches import both_sides
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from vocabulary.batch import Batch

ROW = ["source_file", "source_row"]
NO_EMPLOYEES = pl.DataFrame(schema=dict.fromkeys((*ROW, "region"), pl.String))


def limited_names(
    workspace: Workspace, limited: LimitedPersons, batch: Batch, baseline: Batch
) -> pl.DataFrame:
    """name, person_id: every CRN and own number under which rows of `batch` may name one of them.

    The CRN of somebody else of nDelius is no such name, though a row that may be about either bears it.
    """
    own = limited.persons["person_id"]
    told = _with_candidates(workspace, limited, batch)
    refs = CaseModel(told, baseline).person_refs.select(pl.col("person_ref").alias("name"), "person_id")
    delivered = [
        frame.select(pl.col("crn").alias("name"), "person_id")
        for frame in _frames(told)
        if {"crn", "person_id"} <= {*frame.columns}
    ]
    others = baseline.standing("offender").filter(~pl.col("offender_id").cast(pl.String).is_in(own.implode()))
    is_own = pl.col("person_id").is_in(own.implode()) & ~pl.col("name").is_in(others["crn"].implode())
    named = pl.concat([refs, *delivered]).drop_nulls().filter(is_own)
    known = limited.persons.select(pl.col("crn").alias("name"), "person_id")
    return pl.concat([known, named]).unique("name", keep="first", maintain_order=True)


def limited_rows(workspace: Workspace, limited: LimitedPersons, company: str) -> pl.DataFrame:
    """company, source_file, source_row of every row that the company delivered and that is, or may be, about
    one of them. A company that was not judged has none: no list shows what it delivered."""
    if not is_through(workspace, company, "validate"):
        return pl.DataFrame(schema=dict.fromkeys(("company", *ROW), pl.String))
    batch, baseline = both_sides(workspace, company)
    names = limited_names(workspace, limited, batch, baseline)
    marked = limited.persons.select("person_id", pl.lit("limited").alias("region"))
    told = _with_candidates(workspace, limited, batch)
    about = row_regions(told, marked, NO_EMPLOYEES).drop_nulls("region").select(ROW)
    known = pl.col("crn").is_in(names["name"].implode())
    named = [frame.filter(known).select(ROW) for frame in _frames(batch) if "crn" in frame.columns]
    return pl.concat([about, *named]).unique().select(pl.lit(company).alias("company"), *ROW)


def _with_candidates(workspace: Workspace, limited: LimitedPersons, batch: Batch) -> Batch:
    """`batch` where a row that is held for a clerk is the limited person that it may be about."""
    own = pl.col("offender_id").cast(pl.String)
    held = (
        read_frame(workspace.stage_folder(batch.company, "match"), "held")
        .filter(own.is_in(limited.persons["person_id"].implode()))
        .select("export", "entity", *ROW, own.alias("_candidate"))
        .unique(["export", "entity", *ROW], keep="first", maintain_order=True)
    )
    frames = {export: dict(entities) for export, entities in batch.frames.items()}
    for (export, entity), candidates in held.partition_by("export", "entity", as_dict=True).items():
        frame = frames[str(export)][str(entity)]
        joined = frame.join(candidates.select(*ROW, "_candidate"), on=ROW, how="left", maintain_order="left")
        person = pl.coalesce("person_id", "_candidate").alias("person_id")
        frames[str(export)][str(entity)] = joined.with_columns(person).drop("_candidate")
    return Batch(batch.company, batch.cycle, batch.extract_date, frames, decided=batch.decided)


def _frames(batch: Batch) -> list[pl.DataFrame]:
    return [frame for entities in batch.frames.values() for frame in entities.values()]
