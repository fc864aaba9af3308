"""A reconciliation as plain tables: one function per table, used alike by terminal, CSV and workbook."""

from dataclasses import dataclass
from decimal import Decimal

from reports.data import PLACES, CompanyReconciliation, FileAccount, Reconciliation, Total
from vocabulary.rules import catalogue

Cell = str | int | Decimal
"""Text, a whole number, or an amount of pounds."""


@dataclass(frozen=True)
class Table:
    """Rows under a header, every figure computed. `empty` is what to print when there is no row."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "none"


ALL = "all"
"""Who stands before a total of several companies."""

OUTCOMES = ("delivered", "carried", "set_aside", "not_in_scope")
"""The row account of a file, in the order it is shown."""

SEVERITY_ORDER = ("block", "set_aside", "block_signoff", "warning", "info")
"""Worst first."""


def company_table(reconciliation: Reconciliation) -> Table:
    """Per company the row account over its files, whether every file closes, warnings and the verdict."""
    counts = ("delivered", "carried", "set aside", "not in scope")
    header = ("company", "name", *counts, "closes", "warnings", "verdict")
    rows = tuple(company_row(company) for company in reconciliation.companies)
    return Table("Row account", header, rows, "no company has a delivery in this cycle")


def company_row(company: CompanyReconciliation) -> tuple[Cell, ...]:
    """One line of the company table."""
    account = [_sum(company, name) for name in OUTCOMES]
    closes = yes_or_no(all(file.closes for file in company.files))
    warnings = sum(found.rows for found in company.findings if found.severity == "warning")
    return (company.company, company.name, *account, closes, warnings, company.verdict)


def yes_or_no(closes: bool) -> str:
    """How a table says it: the failure must catch the eye without colour."""
    return "yes" if closes else "NO"


PLACE_HEADER = tuple(place.replace("_", " ") for place in PLACES)


def place_table(reconciliation: Reconciliation) -> Table:
    """Per company where its carried rows are; what the target does not show is unproven."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (company.company, company.name, *(_sum(company, name) for name in ("carried", *PLACES)))
        for company in reconciliation.companies
    )
    header = ("company", "name", "carried", *PLACE_HEADER)
    return Table("Where the carried rows are", header, rows, "no company has a delivery in this cycle")


def _sum(company: CompanyReconciliation, name: str) -> int:
    return sum(int(getattr(file, name)) for file in company.files)


def file_table(reconciliation: Reconciliation) -> Table:
    """The row account of every file, where its carried rows are, and whether it closes (K02)."""
    counts = ("delivered", "carried", "set aside", "not in scope", *PLACE_HEADER)
    header = ("company", "export", "file", *counts, "closes")
    rows = [file_row(company, file) for company in reconciliation.companies for file in company.files]
    return Table("Row account of every file", header, tuple(rows), "no file was read")


def file_row(company: CompanyReconciliation, file: FileAccount) -> tuple[Cell, ...]:
    """One line of the file table."""
    counts = [getattr(file, name) for name in (*OUTCOMES, *PLACES)]
    return (company.company, file.export, file.file, *counts, yes_or_no(file.closes))


def total_table(reconciliation: Reconciliation) -> Table:
    """Every control total, and what of it nothing explains (K03, K04). Unpaid work is in whole minutes."""
    header = ("company", "total", "scope", "source", "target", "explained", "unexplained")
    per_company = [
        (company.company, total) for company in reconciliation.companies for total in company.totals
    ]
    rows = [
        (company, total.name, total.scope, total.source, total.target, total.explained, unexplained(total))
        for company, total in [*per_company, *((ALL, total) for total in reconciliation.totals)]
    ]
    return Table("Totals before and after", header, tuple(rows), "no total was computed")


def unexplained(total: Total) -> int:
    """What is left when the explained part is taken from the difference; 0 when the total agrees."""
    return total.source - total.target - total.explained


def move_table(reconciliation: Reconciliation) -> Table:
    """Live components by kind and receiving region."""
    header = ("company", "kind", "region", "transferred", "opened", "left behind", "not added")
    rows = [
        (
            company.company,
            move.kind,
            move.region,
            move.transferred,
            move.opened,
            move.left_behind,
            move.not_added,
        )
        for company in reconciliation.companies
        for move in company.moves
    ]
    return Table("Components moved", header, tuple(rows), "no component moved")


def officer_table(reconciliation: Reconciliation) -> Table:
    """Who has the moved components of each region (O05: the default officer took over)."""
    header = ("company", "region", "own practitioner", "default officer (O05)", "unallocated (O04)")
    rows = [
        (company.company, officer.region, officer.kept, officer.default, officer.unallocated)
        for company in reconciliation.companies
        for officer in company.officers
    ]
    return Table("Officers of the moved components", header, tuple(rows), "no component moved")


def lost_table(reconciliation: Reconciliation) -> Table:
    """Cases that lose their practitioner, by receiving region and reason; each is on the region's list."""
    counts: dict[tuple[str, str], list[int]] = {}
    for company in reconciliation.companies:
        for lost in company.lost_practitioners:
            sums = counts.setdefault((lost.region, lost.reason), [0, 0])
            sums[0] += lost.components
            sums[1] += lost.persons
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (region, reason, *sums) for (region, reason), sums in sorted(counts.items())
    )
    header = ("region", "reason", "components", "persons")
    return Table("Cases that lose their practitioner", header, rows, "every case keeps its practitioner")


EMPLOYEES, PAY = "employees_", "payroll_pence"
"""How the totals of the staff return are named."""

PENCE_IN_POUND = 100


def staff_table(reconciliation: Reconciliation) -> Table:
    """Employees per outcome in each region, and the salaries against the payroll build, in pounds."""
    outcomes = list(
        dict.fromkeys(
            total.name
            for company in reconciliation.companies
            for total in company.totals
            if total.name.startswith(EMPLOYEES)
        )
    )
    names = tuple(name.removeprefix(EMPLOYEES).replace("_", " ") for name in outcomes)
    pay = ("salaries in the return", "explained", "payroll from Day 1", "basis of pay")
    header = ("company", "region", *names, *pay)
    rows = [
        (company.company, scope, *staff_figures(company, scope, outcomes), pay_basis(company))
        for company in reconciliation.companies
        for scope in dict.fromkeys(total.scope for total in company.totals if total.name == PAY)
    ]
    return Table("Employees and pay", header, tuple(rows), "no staff return was read")


def pay_basis(company: CompanyReconciliation) -> str:
    """What the company's payroll stands on."""
    return "sample" if any(one.subject == "pay" for one in company.samples) else "agreed"


def staff_figures(company: CompanyReconciliation, scope: str, outcomes: list[str]) -> list[Cell]:
    """The line of one company or region: employees by outcome, then pounds a year."""
    found = {total.name: total for total in company.totals if total.scope == scope}
    pay = found[PAY]
    counts = [found[name].target if name in found else 0 for name in outcomes]
    return [*counts, *(Decimal(pence) / PENCE_IN_POUND for pence in (pay.source, pay.explained, pay.target))]


def entity_table(reconciliation: Reconciliation) -> Table:
    """Per target table the rows that the sources ask for, against the rows of the target."""
    header = ("company", "entity", "expected", "identical", "different", "missing", "extra")
    rows = [
        (company.company, one.entity, one.expected, one.identical, one.different, one.missing, one.extra)
        for company in reconciliation.companies
        for one in company.entities
    ]
    title = "Rows expected from the sources, against rows of the target"
    return Table(title, header, tuple(rows), "nothing was expected in the target")


def target_table(reconciliation: Reconciliation) -> Table:
    """What the run did to the rows of each company in each target table."""
    header = ("company", "table", "before", "inserted", "closed", "re-pointed", "after")
    rows = [
        (company.company, one.table, one.before, one.inserted, one.closed, one.repointed, one.after)
        for company in reconciliation.companies
        for one in company.tables
    ]
    return Table("Target tables", header, tuple(rows), "no table was written")


def finding_table(reconciliation: Reconciliation) -> Table:
    """One line per rule and company, worst first, with the rule's own words."""
    rules = catalogue()
    found = [(one, company.company) for company in reconciliation.companies for one in company.findings]
    found.sort(key=lambda line: (SEVERITY_ORDER.index(line[0].severity), line[0].rule, line[1]))
    rows = [
        (company, one.rule, one.severity, one.rows, rules[one.rule].statement, rules[one.rule].what_to_do)
        for one, company in found
    ]
    header = ("company", "rule", "severity", "findings", "the rule says", "what to do")
    return Table("Findings by company and rule", header, tuple(rows), "no rule found anything")


def rule_table(reconciliation: Reconciliation) -> Table:
    """One line per rule over all companies, worst first."""
    rules = catalogue()
    counts: dict[tuple[str, str], list[int]] = {}
    for company in reconciliation.companies:
        for one in company.findings:
            counts.setdefault((one.severity, one.rule), []).append(one.rows)
    found = sorted(counts.items(), key=lambda line: (SEVERITY_ORDER.index(line[0][0]), line[0][1]))
    rows = [
        (rule, severity, sum(each), len(each), rules[rule].statement, rules[rule].what_to_do)
        for (severity, rule), each in found
    ]
    header = ("rule", "severity", "findings", "companies", "the rule says", "what to do")
    return Table("Findings by rule", header, tuple(rows), "no rule found anything")


WAITING_BASIS = {"code": "assumed"}
"""Kind of question to the mark of what stands in the target meanwhile."""


def waiting_table(reconciliation: Reconciliation) -> Table:
    """What a person must still decide. A code that waits is ours until then."""
    header = ("company", "subject", "kind", "basis", "rows", "what to do")
    rows = [
        (company.company, one.subject, one.kind, WAITING_BASIS.get(one.kind, ""), one.rows, one.action)
        for company in reconciliation.companies
        for one in company.waiting
    ]
    return Table("Waiting for a decision", header, tuple(rows), "nothing waits")


def waiting_counts(reconciliation: Reconciliation) -> Table:
    """How many questions of each kind wait, and the rows behind them; `waiting_table` lists each."""
    header = ("company", "kind", "questions", "rows", "what to do")
    rows = []
    for company in reconciliation.companies:
        kinds = {one.kind: one.action for one in company.waiting}
        for kind, action in kinds.items():
            waiting = [one.rows for one in company.waiting if one.kind == kind]
            rows.append((company.company, kind, len(waiting), sum(waiting), action))
    return Table("Waiting for a decision", header, tuple(rows), "nothing waits")
