"""Go or no go: one answer with its reasons, drawn from the same figures as everything else."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.data import BLOCKED, FAILED, CompanyReconciliation, Reconciliation
from reports.tables import Table

GO, DECIDE, NO_GO = "go", "go once decided", "no go"


@dataclass(frozen=True)
class Reason:
    """Something that stands against a go: how often, in which companies, and what to do about it."""

    what: str
    count: int
    companies: tuple[str, ...]
    action: str


@dataclass(frozen=True)
class Readiness:
    """`answer` is GO, DECIDE or NO_GO."""

    answer: str
    reasons: tuple[Reason, ...]


Count = Callable[[CompanyReconciliation], int]


def readiness(reconciliation: Reconciliation) -> Readiness:
    """No go while something is wrong or unexplained; rows set aside and codes that wait need a decision."""
    stopped, asked = stops(reconciliation), asks(reconciliation)
    answer = NO_GO if stopped else DECIDE if asked else GO
    return Readiness(answer, (*stopped, *asked))


def reason_table(reconciliation: Reconciliation) -> Table:
    """The reasons, the worst first; when there is none every figure agrees and nothing waits."""
    every = tuple(company.company for company in reconciliation.companies)

    def said(companies: tuple[str, ...]) -> str:
        return "all companies" if companies == every and len(every) > 1 else ", ".join(companies)

    rows = [
        (reason.count, reason.what, f"{reason.action} ({said(reason.companies)})")
        for reason in readiness(reconciliation).reasons
    ]
    header = ("how many", "why", "what to do")
    return Table("Why, and what to do", header, tuple(rows), "Every figure agrees and nothing waits.")


def open_files(company: CompanyReconciliation) -> int:
    """Files whose row account does not close (K02)."""
    return sum(not file.closes for file in company.files)


def unexplained_totals(company: CompanyReconciliation) -> int:
    """Control totals that nothing explains (K03, K04)."""
    return sum(not total.agrees for total in company.totals)


def rows_unproven(company: CompanyReconciliation) -> int:
    """Carried rows that the target does not show (proof 1)."""
    return sum(file.unproven for file in company.files)


def rows_apart(company: CompanyReconciliation) -> int:
    """Target rows that are not as the sources ask for (proofs 1 and 2)."""
    return sum(one.different + one.missing + one.extra for one in company.entities)


def differences(company: CompanyReconciliation) -> int:
    """Differences of all proofs; each names its row."""
    return sum(one.rows for one in company.differences)


def rows_set_aside(company: CompanyReconciliation) -> int:
    """Source rows that are not carried and listed with a reason."""
    return sum(file.set_aside for file in company.files)


STOPS: dict[str, tuple[Count, str]] = {
    "Deliveries refused": (
        lambda company: int(company.verdict == BLOCKED),
        "Send the findings and ask for a better file.",
    ),
    "Companies that an error stopped": (
        lambda company: int(company.verdict == FAILED),
        "See What holds sign-off: at which stage, and what to do.",
    ),
    "Files whose row account does not close": (open_files, "See Account: a row is lost or counted twice."),
    "Carried rows that the target does not show": (rows_unproven, "See Account, the column unproven."),
    "Rows that stay with a closing company": (
        lambda company: len(company.left),
        "See Left: each row by person key, table and rule.",
    ),
    "Rows changed that Day 1 does not change": (
        lambda company: company.changed_otherwise,
        "See Differences, proof unchanged.",
    ),
    "Totals that nothing explains": (unexplained_totals, "See Totals, the last column."),
    "Target rows not as expected": (rows_apart, "See Target rows, then Differences."),
    "Differences that a proof found": (
        differences,
        "See Differences: each names table, key, column and source row.",
    ),
    "Sample figures in use on the day": (
        lambda company: sum(one.holds for one in company.samples),
        "See Basis: put the agreed routing codes and pay in their place.",
    ),
    "Points that hold sign-off": (
        lambda company: len(company.problems) * (not company.is_out),
        "See What holds sign-off.",
    ),
}
"""What forbids to go: how it is counted, and what to do."""

ASKS: dict[str, tuple[Count, str]] = {
    "Releases and endings of the first four weeks without a practitioner in post": (
        lambda company: len(company.unattended),
        "Name one for each: the custody book of the region's pack lists them.",
    ),
    "Rows set aside": (rows_set_aside, "Finding rows names file and row: have them mended, or accept."),
    "Points to decide or look at": (
        lambda company: len(company.waiting),
        "See Open questions; day1 decisions export asks what has an answer.",
    ),
}
"""What somebody must accept before it is a go."""


ACCEPTED_AS = dict(zip(ASKS, ("unattended", "set-aside", "waiting"), strict=True))
"""What somebody must accept to the word by which a sign-off accepts it."""


def stops(reconciliation: Reconciliation) -> tuple[Reason, ...]:
    """What forbids to go, as far as there is any."""
    return _reasons(reconciliation, STOPS)


def asks(reconciliation: Reconciliation) -> tuple[Reason, ...]:
    """What somebody must accept, as far as there is any."""
    return _reasons(reconciliation, ASKS)


def _reasons(reconciliation: Reconciliation, counts: dict[str, tuple[Count, str]]) -> tuple[Reason, ...]:
    reasons = []
    for what, (count, action) in counts.items():
        found = {company.company: count(company) for company in reconciliation.companies}
        concerned = tuple(code for code, number in found.items() if number)
        if concerned:
            reasons.append(Reason(what, sum(found.values()), concerned, action))
    return tuple(reasons)


def problem_table(reconciliation: Reconciliation) -> Table:
    """What holds sign-off, or why a delivery is refused, in words."""
    rows = [
        (company.company, problem)
        for company in reconciliation.companies
        for problem in (*company.problems, *_left(company), *_samples(company))
    ]
    return Table(
        "What holds sign-off", ("company", "reason"), tuple(rows), "nothing beside the reasons above"
    )


def _left(company: CompanyReconciliation) -> list[str]:
    if not company.left:
        return []
    return [f"{len(company.left)} rows stay with the company, see Left"]


def _samples(company: CompanyReconciliation) -> list[str]:
    return [f"{one.count:,} {one.what}, see Basis" for one in company.samples if one.holds]
