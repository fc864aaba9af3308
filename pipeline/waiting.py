"""What a person must still decide or look at, with the number of rows that wait. The first page lists it."""

import polars as pl

from pipeline.source_totals import restricted_persons
from pipeline.store import read_frame
from pipeline.workspace import Workspace
from reports.data import Waiting
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1

DIARY_ACTION = "They name a team that closes. Say whether they go to the receiving team as elsewhere."
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
    if batch.has("spg"):
        found += _still_with_company(batch, baseline)
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


def _still_with_company(batch: Batch, baseline: Batch) -> list[Waiting]:
    """Diary rows from Day 1 on with a team of the company: only delius ones move (docs/decisions.md)."""
    own = baseline.carried("delius", "team").filter(pl.col("area") == batch.company)["code"].implode()
    is_future = pl.col("date") >= DAY_1
    counts = {
        entity: baseline.carried("delius", entity).filter(is_future & pl.col("team").is_in(own)).height
        for entity in ("contact", "upw_session")
    }
    return [
        Waiting("diary", f"future {entity} rows", rows, DIARY_ACTION)
        for entity, rows in counts.items()
        if rows
    ]
