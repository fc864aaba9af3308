"""Which run each company's figures are of: outputs hold every company, also those that a run left alone."""

from reports.data import Reconciliation


def run_sentence(reconciliation: Reconciliation) -> str:
    """The run of all companies, or of each where they differ, the newest first; blank where none was
    recorded."""
    companies: dict[str, list[str]] = {}
    for company in reconciliation.companies:
        companies.setdefault(company.run or "an earlier run", []).append(company.company)
    if not any(company.run for company in reconciliation.companies):
        return ""
    if len(companies) == 1:
        return next(iter(companies))
    return "; ".join(f"{run}: {', '.join(companies[run])}" for run in sorted(companies, reverse=True))
