"""Stage report, the region packs: every company's lists, put together by region.

Here, and here alone, a person with limited access leaves every list, for the book of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

import polars as pl

from lists.basis import with_basis
from lists.limited_access import hide_limited, undeclared
from lists.limited_book import MOVE_SCHEMA, PLACE_SCHEMA, TOLD_SCHEMA, limited_book, limited_places
from lists.registry import make_lists
from lists.sources import NO_REGION, PACK, Lists, ListSources, list_sources
from pipeline.decisions.files import decided_for
from pipeline.failures import is_through
from pipeline.stages.limited_names import limited_names
from pipeline.stages.limited_persons import LimitedPersons
from pipeline.stages.plan import CLAIMS, LOST, PLAN
from pipeline.stages.processes import Call
from pipeline.storage.batches import company_baseline, validated_batch
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.limited_book import write_limited_book
from reports.region_books import (
    INDEX,
    RECONCILIATION,
    IndexLine,
    ListPage,
    list_pages,
    write_book,
    write_index,
)
from vocabulary.decisions import PROGRAMMES

Parts = dict[tuple[object, ...], pl.DataFrame]
"""Region to its rows of one list; under () the list without a row."""


@dataclass
class Packs:
    """Of all companies: book and list to its rows, without persons of limited access; TOLD_SCHEMA of what is
    hidden in them; PLACE_SCHEMA and MOVE_SCHEMA of those persons."""

    lists: dict[tuple[str, str], list[pl.DataFrame]] = field(default_factory=dict)
    hidden: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=TOLD_SCHEMA)])
    places: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=PLACE_SCHEMA)])
    moves: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=MOVE_SCHEMA)])


def write_region_packs(
    workspace: Workspace,
    regions: Sequence[str],
    limited: LimitedPersons,
    out: Path,
    call: Call,
    *,
    reveal: bool,
) -> None:
    """Write the books of every region, and an index of them, into regions/<region> of `out`.

    `regions`: where the companies of the run come to; those have a pack even without rows. What nothing
    places is in the pack NO_REGION, which is taken away when nothing is left in it. Persons of `limited` are
    in a book of their own and in no other.
    """
    made = _together(workspace, limited)
    books = {
        book: {name: _by_region(rows) for name, rows in lists.items()} for book, lists in _books(made).items()
    }
    told = [pl.concat(frames) for frames in (made.places, made.moves, made.hidden)]
    sheets = limited_book(limited.persons, limited.users, *told)
    apart = {name: _by_region(rows) for name, rows in sheets.items()}
    every = [parts for lists in (apart, *books.values()) for parts in lists.values()]
    found = {str(key[0]) for parts in every for key in parts if key}
    packs = out / "regions"
    for region in sorted({*regions, *found}):
        first = [RECONCILIATION] if region in regions else []
        if (region,) in apart["persons"]:
            own = {name: rows.get((region,), rows[()]) for name, rows in apart.items()}
            first += write_limited_book(region, own, packs / region, reveal=reveal)
        lists = {
            book: {name: rows.get((region,), rows[()]) for name, rows in parts.items()}
            for book, parts in books.items()
        }
        call(_write_pack, packs / region, region, first, lists, reveal=reveal)
    if NO_REGION not in found and (packs / NO_REGION).is_dir():
        rmtree(packs / NO_REGION)


def _write_pack(
    folder: Path, region: str, first: list[IndexLine], books: dict[str, Lists], *, reveal: bool
) -> None:
    index = [*first]
    for book, lists in books.items():
        if any(rows.height for rows in lists.values()):
            index += write_book(region, book, lists, folder, reveal=reveal)
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


def _books(made: Packs) -> dict[str, Lists]:
    """Book to its lists over all companies, in the order of region_lists.csv."""
    books: dict[str, Lists] = {}
    for page in list_pages():
        if found := made.lists.get((page.book, page.name)):
            books.setdefault(page.book, {})[page.name] = with_basis(pl.concat(found, how="diagonal_relaxed"))
    return books


def _together(workspace: Workspace, limited: LimitedPersons) -> Packs:
    """The lists of all judged companies."""
    made = Packs()
    pages = {(page.book, page.name): page for page in list_pages()}
    for company in workspace.company_codes:
        if is_through(workspace, company, PLAN):
            sources, known = _sources(workspace, company)
            names = limited_names(workspace, limited, sources.batch, sources.baseline)
            places, moves = limited_places(sources, limited.persons["person_id"])
            made.places.append(places)
            made.moves.append(moves)
            for book, lists in make_lists(sources, **known):
                for name, rows in lists.items():
                    _add(made, pages[book, name], rows, names)
    return made


def _add(made: Packs, page: ListPage, rows: pl.DataFrame, names: pl.DataFrame) -> None:
    """Adds a company's list, without limited persons.

    Raises:
        ValueError: it names persons, and reports/region_lists.csv does not say where. It ends the program.
    """
    if wrong := undeclared(rows, page.person):
        raise ValueError(
            f"The list {page.name} of {page.book} names persons in {', '.join(wrong)}, and "
            "reports/region_lists.csv does not say so under `person`."
        )
    shown = rows
    if page.person is not None:
        shown, hidden = hide_limited(rows, page.person, page.stays, names)
        place = (pl.lit(page.book).alias("book"), pl.lit(page.name).alias("list"))
        made.hidden.append(hidden.with_columns(*place))
    made.lists.setdefault((page.book, page.name), []).append(shown)


def _sources(workspace: Workspace, company: str) -> tuple[ListSources, dict[str, pl.DataFrame]]:
    """What a company's lists are made from, and what only its plan knows."""
    batch = validated_batch(workspace, company, is_bare=True)
    batch.decided[PROGRAMMES] = decided_for(workspace, PROGRAMMES, company)
    plan = workspace.stage_folder(company, PLAN)
    baseline = company_baseline(workspace, company, is_bare=True)
    known = {"lost": read_frame(plan, LOST)}
    if batch.has("staff"):
        known["assigned"] = read_frame(workspace.stage_folder(company, "validate") / "staff", "assigned")
        known["officers"] = read_frame(plan / "staff", "officers")
        known["claims"] = read_frame(plan / "staff", CLAIMS)
    return list_sources(batch, baseline, read_frame(plan, "moving")), known
