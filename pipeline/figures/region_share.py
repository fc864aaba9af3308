"""What of a shared company's rows and findings is about one region, from what reconcile kept."""

import polars as pl

from pipeline.figures.row_account import finding_counts
from pipeline.storage.batches import findings_until
from pipeline.storage.results import ROW_REGIONS
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.data import PLACES, FileAccount, Reconciliation
from reports.share import Share
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, SET_ASIDE
from vocabulary.companies import company

ROW = ["source_file", "source_row"]


def shares(workspace: Workspace, reconciliation: Reconciliation, region: str) -> dict[str, Share]:
    """Company to share, of the companies that come to `region` and to another, in the cycle told of."""
    cycle = workspace.of_cycle(reconciliation.cycle)
    shared = [
        one.company
        for one in reconciliation.companies
        if region in (homes := company(one.company).regions) and len(homes) > 1 and not one.is_out
    ]
    return {code: _share(cycle, code, region) for code in shared}


def findings_of_region(workspace: Workspace, findings: pl.DataFrame, code: str, region: str) -> pl.DataFrame:
    """The findings of a shared company's rows that are about `region`."""
    own = findings.filter(pl.col("company") == code)
    return own.join(_rows(workspace, code, region), on=ROW, how="semi", maintain_order="left")


def _rows(workspace: Workspace, code: str, region: str) -> pl.DataFrame:
    """The rows about `region`; a carried one whose place was not kept is unproven."""
    kept = read_frame(workspace.stage_folder(code, "reconcile"), ROW_REGIONS)
    place = pl.col("destination") if "destination" in kept.columns else pl.lit(None, pl.String)
    is_carried = pl.col("row_outcome") == CARRIED
    return kept.filter(pl.col("region") == region).with_columns(
        pl.when(is_carried).then(place.fill_null("unproven")).alias("destination")
    )


def _share(workspace: Workspace, code: str, region: str) -> Share:
    counts = _rows(workspace, code, region).group_by("export", "source_file", maintain_order=True)
    outcomes = {"row_outcome": (CARRIED, SET_ASIDE, NOT_IN_SCOPE), "destination": PLACES}
    files = counts.agg(
        pl.len(),
        *((pl.col(column) == one).sum().alias(one) for column, words in outcomes.items() for one in words),
    )
    found = findings_of_region(workspace, findings_until(workspace, code, "reconcile"), code, region)
    return Share(tuple(FileAccount(*row) for row in files.iter_rows()), finding_counts(found))
