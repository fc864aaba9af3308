"""Stage report, the region packs: every company's lists, put together by region."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree

import polars as pl

from lists.basis import with_basis
from lists.registry import make_lists
from lists.sources import NO_REGION, PACK, Lists, list_sources
from pipeline.decisions.files import decided_for
from pipeline.failures import is_through
from pipeline.stages.plan import CLAIMS, LOST, PLAN
from pipeline.storage.batches import company_baseline, validated_batch
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.region_books import INDEX, RECONCILIATION, IndexLine, list_pages, write_book, write_index
from vocabulary.decisions import PROGRAMMES

Parts = dict[tuple[object, ...], pl.DataFrame]
"""Region to its rows of one list; under () the list without a row."""


def write_region_packs(workspace: Workspace, regions: Sequence[str], out: Path, *, reveal: bool) -> None:
    """Write the books of every region, and an index of them, into regions/<region> of `out`.

    `regions`: where the companies of the run come to; those have a pack even without rows. What nothing
    places is in the pack NO_REGION, which is taken away when nothing is left in it.
    """
    books = {
        book: {name: _by_region(rows) for name, rows in lists.items()}
        for book, lists in _together(workspace).items()
    }
    found = {str(key[0]) for lists in books.values() for parts in lists.values() for key in parts if key}
    packs = out / "regions"
    for region in sorted({*regions, *found}):
        first = [RECONCILIATION] if region in regions else []
        _write_pack(packs / region, region, first, books, reveal=reveal)
    if NO_REGION not in found and (packs / NO_REGION).is_dir():
        rmtree(packs / NO_REGION)


def _write_pack(
    folder: Path, region: str, first: list[IndexLine], books: dict[str, dict[str, Parts]], *, reveal: bool
) -> None:
    index = [*first]
    for book, lists in books.items():
        of_region = {name: rows.get((region,), rows[()]) for name, rows in lists.items()}
        if any(rows.height for rows in of_region.values()):
            index += write_book(region, book, of_region, folder, reveal=reveal)
    write_index(region, index, folder, reveal=reveal)
    _clear(folder, {line.workbook for line in index} | {INDEX})


def _clear(folder: Path, written: set[str]) -> None:
    """Takes away the books of an earlier run that this one has no rows for, with their lists."""
    for path in folder.glob("*.xlsx"):
        if path.name not in written:
            path.unlink()
            for old in (folder / "csv").glob(f"{path.stem}-*.csv"):
                old.unlink()


def _by_region(rows: pl.DataFrame) -> Parts:
    """The rows of each region, without the column that only says which pack they go to."""
    by = PACK if PACK in rows.columns else "region"
    nothing = rows.clear().drop(PACK, strict=False)
    parts: Parts = {(): nothing}
    return parts | dict(rows.partition_by(by, as_dict=True, include_key=by != PACK))


def _together(workspace: Workspace) -> dict[str, Lists]:
    """Book to its lists over all judged companies, in the order of region_lists.csv."""
    parts: dict[tuple[str, str], list[pl.DataFrame]] = {}
    for company in workspace.company_codes:
        if not is_through(workspace, company, PLAN):
            continue
        for book, lists in _of_company(workspace, company):
            for name, rows in lists.items():
                parts.setdefault((book, name), []).append(rows)
    books: dict[str, Lists] = {}
    for page in list_pages():
        if found := parts.get((page.book, page.name)):
            books.setdefault(page.book, {})[page.name] = with_basis(pl.concat(found, how="diagonal_relaxed"))
    return books


def _of_company(workspace: Workspace, company: str) -> Iterator[tuple[str, Lists]]:
    batch = validated_batch(workspace, company, is_bare=True)
    batch.decided[PROGRAMMES] = decided_for(workspace, PROGRAMMES, company)
    plan = workspace.stage_folder(company, PLAN)
    baseline = company_baseline(workspace, company, is_bare=True)
    sources = list_sources(batch, baseline, read_frame(plan, "moving"))
    known = {"lost": read_frame(plan, LOST)}
    if batch.has("staff"):
        known["assigned"] = read_frame(workspace.stage_folder(company, "validate") / "staff", "assigned")
        known["officers"] = read_frame(plan / "staff", "officers")
        known["claims"] = read_frame(plan / "staff", CLAIMS)
    yield from make_lists(sources, **known)
