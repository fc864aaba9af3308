"""Stage report: a book for the nation, for each company and for each region, all from the same figures."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from mappings.allocation.routing import region_names
from pipeline.figures.about import about, region_about
from pipeline.figures.region_share import findings_of_region, shares
from pipeline.limited import Limited, differences_for_everybody
from pipeline.limited_values import revealed_values
from pipeline.stages.processes import side_by_side
from pipeline.stages.region_packs import write_region_packs
from pipeline.storage.results import findings, history
from pipeline.workspace import Workspace
from reports.book import Book
from reports.data import Reconciliation
from reports.html.page import write_page
from reports.share import NATIONAL, Scope, of_company, of_region
from reports.workbook.write import write_workbook
from vocabulary.companies import company


def write_reports(
    workspace: Workspace, reconciliation: Reconciliation, out: Path, *, reveal: bool = False, jobs: int = 1
) -> Path:
    """Write all books and region packs, with values and names where `reveal`; gives the nation's workbook.

    They go to national.xlsx and .html, companies/<company>.xlsx and regions/<region>/reconciliation.xlsx
    under `out`, `jobs` of them at a time.
    """
    limited = Limited.of(workspace)
    reconciliation = limited.without(reconciliation)
    rows = _rows(limited, reveal=reveal)
    past = history(workspace)
    nation = Book(
        Scope(NATIONAL, "All companies of the cycle"),
        reconciliation,
        rows.findings,
        rows.differences,
        past,
        about(workspace, reconciliation),
    )
    path = out / f"{NATIONAL}.xlsx"
    with side_by_side(jobs) as call:
        call(write_workbook, nation, path)
        call(write_page, nation, path.with_suffix(".html"))
        for code in workspace.company_codes:
            book = company_book(workspace, reconciliation, rows, past, code)
            call(write_workbook, book, out / "companies" / f"{code}.xlsx")
        for region in regions(reconciliation):
            book = region_book(workspace, reconciliation, rows, past, region)
            call(write_workbook, book, out / "regions" / region / "reconciliation.xlsx")
        write_region_packs(workspace, regions(reconciliation), limited.persons, out, call, reveal=reveal)
    return path


@dataclass(frozen=True)
class Rows:
    """The rows behind the figures of all companies, with values only where they may be shown."""

    findings: pl.DataFrame
    differences: pl.DataFrame

    def of(self, companies: list[str]) -> "Rows":
        """The rows of some companies."""
        own = pl.col("company").is_in(companies)
        return Rows(self.findings.filter(own), self.differences.filter(own))


def _rows(limited: Limited, *, reveal: bool) -> Rows:
    workspace = limited.workspace
    found = findings(workspace)
    if reveal:
        found = revealed_values(workspace, found, limited)
    return Rows(found, differences_for_everybody(limited, reveal=reveal))


def company_book(
    workspace: Workspace,
    reconciliation: Reconciliation,
    rows: Rows,
    past: tuple[Reconciliation, ...],
    code: str,
) -> Book:
    """What one company's people read."""
    own, mine = of_company(reconciliation, code), rows.of([code])
    known = [of_company(one, code) for one in past if code in {each.company for each in one.companies}]
    scope = Scope(code, f"{code} {company(code).name}")
    return Book(scope, own, mine.findings, mine.differences, tuple(known), about(workspace, own))


def regions(reconciliation: Reconciliation) -> list[str]:
    """The regions that the companies of the run come to."""
    homes = _homes(reconciliation)
    return sorted({region for all_homes in homes.values() for region in all_homes})


def region_book(
    workspace: Workspace,
    reconciliation: Reconciliation,
    rows: Rows,
    past: tuple[Reconciliation, ...],
    region: str,
) -> Book:
    """What one region's people read: of a shared company only the rows about this region."""
    homes = _homes(reconciliation)
    own = _regional(workspace, reconciliation, region)
    whole = rows.of([code for code, found in homes.items() if found == (region,)])
    shared = [
        findings_of_region(workspace, rows.findings, code, region)
        for code in shares(workspace, reconciliation, region)
    ]
    known = [_regional(workspace, one, region) for one in past if region in regions(one)]
    return Book(
        Scope(region, f"{region} {region_names()[region]}"),
        own,
        pl.concat([whole.findings, *shared]),
        whole.differences,
        tuple(known),
        region_about(workspace, own, region),
    )


def _regional(workspace: Workspace, reconciliation: Reconciliation, region: str) -> Reconciliation:
    parts = shares(workspace, reconciliation, region)
    return of_region(reconciliation, region, _homes(reconciliation), parts)


def _homes(reconciliation: Reconciliation) -> dict[str, tuple[str, ...]]:
    return {one.company: company(one.company).regions for one in reconciliation.companies}
