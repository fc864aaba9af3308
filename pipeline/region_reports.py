"""Stage report, the region packs: every company's lists, put together by region."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from mappings.lists.documents import documents_lists
from mappings.lists.estates import estates_lists
from mappings.lists.sources import NO_REGION, Lists, list_sources
from mappings.staff.lists import list_rows
from pipeline.batches import baseline_batch, validated_batch
from pipeline.planning_stage import PLAN, is_judged
from pipeline.store import read_frame
from pipeline.workspace import Workspace
from reports.region_books import list_pages, write_book

STAFF = "staff"

MAKERS = {"estates": estates_lists, "documents": documents_lists}
"""Book to what makes its lists; a company without the export of that name has none."""


def write_region_packs(workspace: Workspace, *, reveal: bool) -> list[Path]:
    """Write the books of every region into reports/<cycle>/regions/<region>; gives the workbooks."""
    books = _together(workspace)
    regions = sorted(
        {
            str(region)
            for lists in books.values()
            for rows in lists.values()
            for region in rows["region"].unique()
        }
    )
    written = []
    for region in regions:
        folder = workspace.reports / "regions" / region
        for book, lists in books.items():
            of_region = {name: rows.filter(pl.col("region") == region) for name, rows in lists.items()}
            if any(rows.height for rows in of_region.values()):
                written.append(write_book(region, book, of_region, folder, reveal=reveal))
    return written


def _together(workspace: Workspace) -> dict[str, Lists]:
    """Book to its lists over all judged companies, in the order of region_lists.csv."""
    parts: dict[tuple[str, str], list[pl.DataFrame]] = {}
    for company in workspace.company_codes:
        if not is_judged(workspace, company):
            continue
        for book, lists in _of_company(workspace, company):
            for name, rows in lists.items():
                parts.setdefault((book, name), []).append(rows)
    books: dict[str, Lists] = {}
    for page in list_pages():
        if found := parts.get((page.book, page.name)):
            books.setdefault(page.book, {})[page.name] = pl.concat(found, how="diagonal_relaxed")
    return books


def _of_company(workspace: Workspace, company: str) -> Iterator[tuple[str, Lists]]:
    if (staff := _staff_lists(workspace, company)) is not None:
        yield STAFF, staff
    batch = validated_batch(workspace, company)
    moving = read_frame(workspace.stage_folder(company, PLAN), "moving")
    sources = list_sources(batch, baseline_batch(workspace), moving)
    for book, make in MAKERS.items():
        if batch.has(book):
            yield book, make(sources)


def _staff_lists(workspace: Workspace, company: str) -> Lists | None:
    """Of the company's staff return; None when it delivered none. Without region they are NO_REGION's."""
    judged = workspace.stage_folder(company, "validate") / STAFF
    if not judged.is_dir():
        return None
    placed = pl.col("region").fill_null(NO_REGION)
    made = list_rows(read_frame(judged, "assigned").with_columns(placed))
    officers = read_frame(workspace.stage_folder(company, PLAN) / STAFF, "officers").with_columns(placed)
    return {**{name: getattr(made, name) for name in made.__dataclass_fields__}, "officers": officers}
