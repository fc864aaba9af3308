"""Gives the proofs what they look at: deliveries and baseline as extract read them, outcomes, and the target."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from pipeline.decisions.answers import staff_answers
from pipeline.batches import findings_until, validated_batch
from pipeline.matching_stage import PEOPLE
from pipeline.planning_stage import PLAN
from pipeline.store import account_of, read_frame
from pipeline.workspace import Workspace
from reconcile.cases import national_cases
from reconcile.delivery import Delivery, Frames, read_baseline, read_frames
from reconcile.evidence import Country, Evidence
from reconcile.lists import Lists
from reconcile.snapshot import Snapshot, compare_with
from reconcile.trail import read_trail
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.source import satellites

ROW = ["source_file", "source_row"]


def gather(
    workspace: Workspace, codes: Sequence[str], connection: sa.Connection, snapshot: Path
) -> tuple[Country, list[Evidence]]:
    """The country once, and the evidence of each of `codes`. Reads the target through `connection`."""
    baseline = read_baseline(workspace.stage_folder(BASELINE_COMPANY, "extract"))
    before = Snapshot.open(snapshot)
    country = Country(
        baseline=baseline,
        cases=national_cases(baseline),
        snapshot=before,
        changes=compare_with(before, connection),
        trail=read_trail(connection, workspace.cycle),
        lists=Lists(connection),
        connection=connection,
    )
    return country, [Evidence(_delivery(workspace, code), country, country.trail.of(code)) for code in codes]


def _delivery(workspace: Workspace, company: str) -> Delivery:
    batch = validated_batch(workspace, company)
    outcomes = {
        export: {entity: frame.select(*ROW, "row_outcome") for entity, frame in frames.items()}
        for export, frames in batch.frames.items()
    }
    return Delivery(
        company=company,
        cycle=workspace.cycle,
        frames=read_frames(
            workspace.stage_folder(company, "extract"),
            list(batch.frames),
            company,
            outcomes,
            _people(workspace, company, list(batch.frames)),
        ),
        findings=findings_until(workspace, company, PLAN),
        decided=batch.decided,
        staff_answers=staff_answers(workspace, company),
        assign_min=str(workspace.assign_min),
    )


def _people(workspace: Workspace, company: str, exports: list[str]) -> dict[str, Frames]:
    """Who each row is about: nDelius's key, null of a new person, whose number is `matched_ref`."""
    folder = workspace.stage_folder(company, "match")
    known = pl.when(pl.col("person_id").str.contains(r"^\d+$")).then("person_id").alias("person_id")
    found: dict[str, Frames] = {}
    if "spg" in exports and account_of(folder) is not None:
        persons = read_frame(folder, "persons")
        found["spg"] = {"offender": persons.select(*ROW, known, "is_new_person")}
    for export in exports:
        for entity in satellites(export):
            people = read_frame(folder / PEOPLE / export, entity)
            found.setdefault(export, {})[entity] = people.select(
                *ROW, known, pl.col("person_ref").alias("matched_ref")
            )
    return found
