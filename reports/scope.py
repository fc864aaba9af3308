"""One reader's share of a reconciliation: the nation, one company or one region, and nothing of another."""

from dataclasses import dataclass, replace

from reports.data import CompanyReconciliation, Reconciliation, Total

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


def of_region(
    reconciliation: Reconciliation, region: str, homes: dict[str, tuple[str, ...]]
) -> Reconciliation:
    """The figures of one region; `homes` are each company's regions.

    A company that comes whole brings all its figures. Of one that is shared between regions only the figures
    that name this region are shown: a row of its files or a finding may be about the other region's person.
    """
    companies = tuple(
        company if homes[company.company] == (region,) else _share(company, region)
        for company in reconciliation.companies
        if region in homes[company.company]
    )
    own = tuple(total for total in reconciliation.totals if total.scope == region)
    worst = max((company.verdict for company in companies), key=VERDICTS.index)
    return replace(reconciliation, verdict=worst, companies=companies, totals=own)


VERDICTS = ("clean", "differences", "blocked")
"""The worst last."""


def _share(company: CompanyReconciliation, region: str) -> CompanyReconciliation:
    """What of a shared company names the region. Its verdict stays: it is loaded whole or not at all."""
    return CompanyReconciliation(
        company=company.company,
        name=f"{company.name} (this region's share)",
        verdict=company.verdict,
        totals=_of(company.totals, region),
        moves=tuple(move for move in company.moves if move.region == region),
        officers=tuple(officer for officer in company.officers if officer.region == region),
    )


def _of(totals: tuple[Total, ...], region: str) -> tuple[Total, ...]:
    return tuple(total for total in totals if total.scope == region)
