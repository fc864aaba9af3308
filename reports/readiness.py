"""Go or no go: one answer with its reasons, drawn from the same figures as everything else."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.data import CompanyReconciliation, Reconciliation
from reports.tables import Table

GO, DECIDE, NO_GO = "go", "go once decided", "no go"


@dataclass(frozen=True)
class Readiness:
    """`answer` is GO, DECIDE or NO_GO; `reasons` says why, a line each, with the companies concerned."""

    answer: str
    reasons: tuple[str, ...]


Count = Callable[[CompanyReconciliation], int]


def readiness(reconciliation: Reconciliation) -> Readiness:
    """No go while something is wrong or unexplained; rows set aside and codes that wait need a decision."""
    stops = _reasons(reconciliation, STOPS)
    asks = _reasons(reconciliation, ASKS)
    if stops:
        return Readiness(NO_GO, (*stops, *asks))
    return Readiness(DECIDE, asks) if asks else Readiness(GO, ("Every figure agrees and nothing waits.",))


def open_files(company: CompanyReconciliation) -> int:
    """Files whose row account does not close (K02)."""
    return sum(not file.closes for file in company.files)


def unexplained_totals(company: CompanyReconciliation) -> int:
    """Control totals that nothing explains (K03, K04)."""
    return sum(not total.agrees for total in company.totals)


def rows_apart(company: CompanyReconciliation) -> int:
    """Target rows that are not as the second path expects them."""
    return sum(one.different + one.missing + one.extra for one in company.entities)


def rows_set_aside(company: CompanyReconciliation) -> int:
    """Source rows that are not carried and listed with a reason."""
    return sum(file.set_aside for file in company.files)


STOPS: dict[str, Count] = {
    "Deliveries refused": lambda company: int(company.verdict == "blocked"),
    "Files whose row account does not close": open_files,
    "Totals that nothing explains": unexplained_totals,
    "Target rows not as expected": rows_apart,
    "Points that hold sign-off": lambda company: len(company.problems) * (company.verdict != "blocked"),
}
"""What forbids to go."""

ASKS: dict[str, Count] = {
    "Rows set aside, to be accepted or mended": rows_set_aside,
    "Questions that wait for a decision": lambda company: len(company.waiting),
    "Files received and not yet read": lambda company: len(company.not_yet_read),
}
"""What somebody must accept before it is a go."""


def _reasons(reconciliation: Reconciliation, counts: dict[str, Count]) -> tuple[str, ...]:
    reasons = []
    for words, count in counts.items():
        found = {company.company: count(company) for company in reconciliation.companies}
        concerned = [code for code, number in found.items() if number]
        if concerned:
            reasons.append(f"{words}: {sum(found.values()):,} ({', '.join(concerned)})")
    return tuple(reasons)


def problem_table(reconciliation: Reconciliation) -> Table:
    """What holds sign-off, or why a delivery is refused, in words."""
    rows = [
        (company.company, problem) for company in reconciliation.companies for problem in company.problems
    ]
    return Table("What holds sign-off", ("company", "reason"), tuple(rows), "nothing")
