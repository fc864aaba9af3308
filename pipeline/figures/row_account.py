"""The row account: every delivered row of every file has exactly one outcome (K02),
counted on sets of rows."""

from collections.abc import Mapping

import polars as pl

from pipeline.stages.receive import required_account
from pipeline.workspace import Workspace
from reports.data import PLACES, FileAccount, FindingCount
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, SET_ASIDE, Batch


def file_accounts(
    workspace: Workspace,
    batch: Batch,
    places: Mapping[str, Mapping[str, int]],
    deleted: pl.DataFrame,
) -> tuple[FileAccount, ...]:
    """One account per delivered file that is read. `delivered` is receive's own count of the file.

    A row is counted once however many frames hold it; a row in no frame, or with two outcomes, leaves the
    account open. `places`: file to class (reports.data.PLACES) to carried rows, as proof 1 found them.
    `deleted`: of a delta its rows that delete (pipeline.figures.deleted_rows).
    """
    received = required_account(workspace, batch.company, "receive")
    counts = _counts(batch, deleted)
    gone = _places(deleted)
    return tuple(
        FileAccount(
            file["export"],
            file["file"],
            file["rows"],
            *(counts.get((file["file"], outcome), 0) for outcome in (CARRIED, SET_ASIDE, NOT_IN_SCOPE)),
            *(
                places.get(file["file"], {}).get(place, 0) + gone.get((file["file"], place), 0)
                for place in PLACES
            ),
        )
        for file in received["files"]
    )


def finding_counts(findings: pl.DataFrame) -> tuple[FindingCount, ...]:
    """Findings by rule."""
    counts = findings.group_by("rule", "severity").len().sort("rule")
    return tuple(FindingCount(*row) for row in counts.iter_rows())


def _places(deleted: pl.DataFrame) -> dict[tuple[str, str], int]:
    counts = deleted.drop_nulls("found").group_by("source_file", "found").len()
    return {(file, place): number for file, place, number in counts.iter_rows()}


def _counts(batch: Batch, deleted: pl.DataFrame) -> dict[tuple[str, str], int]:
    """File and outcome to rows; a row that stands twice with one outcome counts once."""
    columns = ["source_file", "source_row", "row_outcome"]
    frames = [frame[columns] for frames in batch.frames.values() for frame in frames.values()]
    rows = pl.concat([*frames, deleted[columns]])
    counts = rows.unique().group_by("source_file", "row_outcome").len()
    return {(file, outcome): number for file, outcome, number in counts.iter_rows()}
