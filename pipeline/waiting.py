"""What a person must still decide or look at, with the number of rows that wait. The first page lists it."""

import polars as pl

from pipeline.source_totals import restricted_persons
from pipeline.store import read_frame
from pipeline.workspace import Workspace
from reports.data import Waiting
from vocabulary.batch import Batch

RESTRICTED_ACTION = "Limited-access rows are left as they are; their users move with the staff return."


def waiting_for(
    workspace: Workspace, batch: Batch, baseline: Batch, differences: pl.DataFrame
) -> tuple[Waiting, ...]:
    """Codes without decision, restricted persons, and SPG records that nDelius has otherwise."""
    codes = read_frame(workspace.stage_folder(batch.company, "map"), "waiting")
    by_code = codes.group_by("target_list", "code", maintain_order=True).agg(pl.col("rows").sum())
    found = [
        Waiting(
            "code", f"{target_list}: {code}", rows, "Decide the target code; it is loaded as provisional."
        )
        for target_list, code, rows in by_code.sort("target_list", "code").iter_rows()
    ]
    if restricted := len(restricted_persons(batch, baseline)):
        found.append(Waiting("limited access", "restricted persons", restricted, RESTRICTED_ACTION))
    counts = differences.group_by("entity", "column", maintain_order=True).len().sort("entity", "column")
    found += [
        Waiting(
            "difference",
            f"{entity}.{column}",
            rows,
            "The company's record differs from nDelius; nDelius counts.",
        )
        for entity, column, rows in counts.iter_rows()
    ]
    return tuple(found)
