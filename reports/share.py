"""One reader's share of a reconciliation: the nation, one company or one region, and nothing of another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from reports.data import BLOCKED, FAILED, CompanyReconciliation, FileAccount, FindingCount, Reconciliation

NATIONAL = "national"


@dataclass(frozen=True)
class Scope:
    """What a book is about. `code` is NATIONAL, a company's or a region's; `title` names it to a reader."""

    code: str
    title: str


def of_company(reconciliation: Reconciliation, code: str) -> Reconciliation:
    """The figures of one company."""
    own = tuple(company for company in reconciliation.companies if company.company == code)
    return replace(reconciliation, verdict=own[0].verdict, companies=own, totals=())


@dataclass(frozen=True)
class Share:
    """The part of a shared company's row account and findings that is about one region."""

    files: tuple[FileAccount, ...]
    findings: tuple[FindingCount, ...]


def of_region(
    reconciliation: Reconciliation,
    region: str,
    homes: Mapping[str, tuple[str, ...]],
    shares: Mapping[str, Share],
) -> Reconciliation:
    """The figures of one region; `homes` are each company's regions.

    A company that comes whole brings all its figures. One that is shared between regions brings its share of
    rows and findings, none if it is refused, and the figures that name this region.
    """
    companies = tuple(
        company
        if homes[company.company] == (region,)
        else _share(company, region, shares.get(company.company, Share((), ())))
        for company in reconciliation.companies
        if region in homes[company.company]
    )
    own = tuple(total for total in reconciliation.totals if total.scope == region)
    worst = max((company.verdict for company in companies), key=VERDICTS.index)
    return replace(reconciliation, verdict=worst, companies=companies, totals=own)


WHOLE: dict[str, Callable[[CompanyReconciliation], int]] = {
    "points hold sign-off": lambda company: len(company.problems),
    "rows stay behind": lambda company: len(company.left),
    "rows changed that Day 1 does not change": lambda company: company.changed_otherwise,
    "differences were found": lambda company: sum(one.rows for one in company.differences),
}
"""What a region reads of a company that it shares: how many. Which they are may be the other region's."""

VERDICTS = ("clean", "differences", BLOCKED, FAILED)
"""The worst last."""


def _share(company: CompanyReconciliation, region: str, share: Share) -> CompanyReconciliation:
    """What of a shared company is the region's. Its verdict stays: it is loaded whole or not at all."""
    return CompanyReconciliation(
        company=company.company,
        name=f"{company.name} (this region's share)",
        verdict=company.verdict,
        files=share.files,
        totals=tuple(total for total in company.totals if total.scope == region),
        moves=tuple(move for move in company.moves if move.region == region),
        findings=share.findings,
        officers=tuple(officer for officer in company.officers if officer.region == region),
        lost_practitioners=tuple(lost for lost in company.lost_practitioners if lost.region == region),
        samples=company.samples,
        unattended=tuple(one for one in company.unattended if one.region == region),
        workload=tuple(one for one in company.workload if one.region == region),
        undelivered=tuple(one for one in company.undelivered if one.region == region),
        linked=tuple(one for one in company.linked if one.region == region),
        problems=tuple(_held(company)),
    )


def _held(company: CompanyReconciliation) -> Iterator[str]:
    for what, count in WHOLE.items():
        if number := count(company):
            yield f"{number} {what} of the company as a whole: see its own workbook"
