"""Stage report, the staff lists: every company's assignment, put together by region."""

from pathlib import Path

import polars as pl

from mappings.staff.lists import list_rows
from mappings.staff.payroll import NO_REGION
from pipeline.planning_stage import PLAN, is_judged
from pipeline.store import read_frame
from pipeline.workspace import Workspace
from reports.staff_lists import TITLES, write_staff_lists

STAFF = "staff"
OFFICERS = "officers"
"""The list of new officers, which the plan has and the assignment has not."""


def write_staff_reports(workspace: Workspace, *, reveal: bool) -> list[Path]:
    """Write the lists of every region that has employees; gives the workbooks."""
    assigned = _by_company(workspace, "validate", "assigned")
    officers = _by_company(workspace, PLAN, OFFICERS)
    regions = sorted({region for frame in assigned.values() for region in frame["region"].unique()})
    return [_write(workspace, region, assigned, officers, reveal=reveal) for region in regions]


def _by_company(workspace: Workspace, stage: str, name: str) -> dict[str, pl.DataFrame]:
    """Company to a frame of its staff return, without region NO_REGION; who delivered none is left out."""
    judged = [code for code in workspace.company_codes if is_judged(workspace, code)]
    folders = {code: workspace.stage_folder(code, stage) / STAFF for code in judged}
    return {
        code: read_frame(folder, name).with_columns(pl.col("region").fill_null(NO_REGION))
        for code, folder in folders.items()
        if folder.is_dir()
    }


def _write(
    workspace: Workspace,
    region: str,
    assigned: dict[str, pl.DataFrame],
    officers: dict[str, pl.DataFrame],
    *,
    reveal: bool,
) -> Path:
    """Employee numbers are a company's own, so its lists are made before they are put together."""
    of_region = pl.col("region") == region
    made = [list_rows(frame.filter(of_region)) for frame in assigned.values()]
    lists = {
        name: pl.concat([getattr(one, name) for one in made], how="diagonal_relaxed")
        for name in TITLES
        if name != OFFICERS
    }
    lists[OFFICERS] = pl.concat([frame.filter(of_region) for frame in officers.values()])
    return write_staff_lists(region, lists, workspace.reports / STAFF, reveal=reveal)
