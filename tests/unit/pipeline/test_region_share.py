"""What one region reads of a shared company's row account."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.figures.region_share import shares
from pipeline.storage.results import ROW_REGIONS, keep
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation, FileAccount, Reconciliation
from vocabulary.batch import CARRIED, SET_ASIDE

COMPANY = CompanyReconciliation("C07", "Zz", "differences")
WHOLE = Reconciliation("run", "day-1", "differences", (COMPANY,))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, tmp_path, "sqlite://", "day-1")


def rows(*lines: tuple[str, str, str | None]) -> pl.DataFrame:
    """Rows of one file: outcome, region, destination."""
    return pl.DataFrame(
        [("upw", "f", str(number), *line) for number, line in enumerate(lines)],
        schema=["export", "source_file", "source_row", "row_outcome", "region", "destination"],
        orient="row",
    )


def test_the_places_of_carried_rows_are_split_by_region(workspace: Workspace) -> None:
    kept = rows(
        (CARRIED, "N50", "written"),
        (CARRIED, "N51", "written"),
        (CARRIED, "N51", "already_there"),
        (CARRIED, "N51", "list_only"),
        (SET_ASIDE, "N51", None),
    )
    keep(workspace, COMPANY, {ROW_REGIONS: kept})
    assert shares(workspace, WHOLE, "N51")["C07"].files == (FileAccount("upw", "f", 4, 3, 1, 0, 1, 1, 1, 0),)
    assert shares(workspace, WHOLE, "N50")["C07"].files == (FileAccount("upw", "f", 1, 1, 0, 0, 1, 0, 0, 0),)


def test_a_carried_row_without_a_place_is_unproven(workspace: Workspace) -> None:
    kept = rows((CARRIED, "N50", None), (SET_ASIDE, "N50", None))
    unproven = (FileAccount("upw", "f", 2, 1, 1, 0, unproven=1),)
    keep(workspace, COMPANY, {ROW_REGIONS: kept})
    assert shares(workspace, WHOLE, "N50")["C07"].files == unproven
    keep(workspace, COMPANY, {ROW_REGIONS: kept.drop("destination")})
    assert shares(workspace, WHOLE, "N50")["C07"].files == unproven
