"""The first page: what the run came to, and what to do next."""

from collections.abc import Sequence
from dataclasses import replace

from reports.custody import unattended_tables
from reports.data import BLOCKED, FAILED, CompanyReconciliation, Reconciliation
from reports.left import left_counts
from reports.linked import first_linked
from reports.readiness import differences, rows_apart, rows_unproven
from reports.share import NATIONAL
from reports.tables import (
    ALL,
    EMPLOYEES,
    Cell,
    Table,
    company_table,
    lost_table,
    officer_table,
    place_table,
    rule_table,
    total_table,
)
from reports.undelivered import first_undelivered


def first_page(reconciliation: Reconciliation, found: Sequence[Table] = ()) -> list[Table]:
    """The tables of the first page, most important first; `found` are rows that are not as they must be."""
    return [
        company_table(reconciliation),
        place_table(reconciliation),
        left_counts(reconciliation),
        *first_undelivered(reconciliation),
        *first_linked(reconciliation),
        *unattended_tables(reconciliation),
        *found,
        headline_totals(reconciliation),
        officer_table(reconciliation),
        lost_table(reconciliation),
        finding_counts(reconciliation),
        waiting_kinds(reconciliation),
    ]


def finding_counts(reconciliation: Reconciliation) -> Table:
    """A line per rule, worst first, without what to do: the rule's own page says that (`day1 rule`)."""
    table = rule_table(reconciliation)
    title = "Findings by rule (day1 rule CODE: what to do; day1 findings: file and row)"
    return replace(table, title=title, header=table.header[:-1], rows=tuple(row[:-1] for row in table.rows))


def waiting_kinds(reconciliation: Reconciliation) -> Table:
    """How many questions of each kind wait in how many companies, and the rows behind them."""
    asked = [(company.company, one) for company in reconciliation.companies for one in company.waiting]
    rows = []
    for kind, action in {one.kind: one.action for _, one in reversed(asked)}.items():
        own = [(company, one.rows) for company, one in asked if one.kind == kind]
        rows.append(
            (kind, len({company for company, _ in own}), len(own), sum(count for _, count in own), action)
        )
    header = ("kind", "companies", "questions", "rows", "what to do")
    return Table("Waiting for a decision", header, tuple(sorted(rows)), "nothing waits")


def headline_totals(reconciliation: Reconciliation, scope: str = NATIONAL) -> Table:
    """The totals of `scope`, added up where there are several companies, and any other that does not agree.

    All of them are in `total_table`. Employees per outcome have a table of their own.
    """
    table = total_table(reconciliation)
    name, place, left = (table.header.index(word) for word in ("total", "scope", "unexplained"))
    whose = ALL if any(total.scope == scope for total in reconciliation.totals) else scope

    def is_headline(row: tuple[Cell, ...]) -> bool:
        is_ours = row[0] == whose and row[place] == scope
        return is_ours and not str(row[name]).startswith(EMPLOYEES)

    rows = tuple(row for row in table.rows if is_headline(row) or row[left])
    return replace(table, rows=rows)


def advice(reconciliation: Reconciliation) -> list[str]:
    """What to do next, a sentence each, most urgent first."""
    companies = reconciliation.companies
    steps = [step for company in companies for step in company_advice(company)]
    return steps or ["Nothing: every row is accounted for and every total agrees."]


def company_advice(company: CompanyReconciliation) -> list[str]:
    """What one company's figures ask for."""
    code = company.company
    if company.verdict == BLOCKED:
        return [f"{code}: the delivery is refused. Send the company the findings and ask for a better file."]
    if company.verdict == FAILED:
        return [f"{code}: an error stopped it. The others went on; mend what is said above and run again."]
    steps = []
    if unexplained := [total.name for total in company.totals if not total.agrees]:
        steps.append(f"{code}: totals that nothing explains: {', '.join(dict.fromkeys(unexplained))}.")
    if open_files := [file.file for file in company.files if not file.closes]:
        steps.append(f"{code}: the row account does not close for {', '.join(open_files)}.")
    if unproven := rows_unproven(company):
        steps.append(f"{code}: carried rows that the target does not show: {unproven:,}. See Differences.")
    if company.left:
        steps.append(f"{code}: rows that stay with the company: {len(company.left):,}. See the sheet Left.")
    if changed := company.changed_otherwise:
        steps.append(f"{code}: rows changed that Day 1 does not change: {changed:,}. See Differences.")
    if apart := rows_apart(company):
        steps.append(f"{code}: target rows that are not as expected: {apart:,}. See the sheet Target rows.")
    if found := differences(company):
        steps.append(f"{code}: differences: {found:,}. The sheet Differences names table, key and column.")
    if set_aside := sum(file.set_aside for file in company.files):
        steps.append(f"{code}: rows set aside: {set_aside:,}. The sheet Finding rows names file and row.")
    if waiting := len(company.waiting):
        steps.append(f"{code}: points to decide or look at: {waiting:,}. Ask with: day1 decisions export.")
    return steps
