"""A reconciliation as one flat CSV: a line per figure, for spreadsheets and for comparing two runs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from reports.data import CompanyReconciliation, Reconciliation
from reports.tables import Cell, Table

SUBJECTS = {
    "files": ("export", "file"),
    "entities": ("entity",),
    "totals": ("name", "scope"),
    "moves": ("kind", "region"),
    "tables": ("table",),
    "findings": ("rule", "severity"),
    "officers": ("region",),
    "lost_practitioners": ("region", "reason"),
    "waiting": ("kind", "subject"),
    "differences": ("proof", "table"),
}
"""Parts of a company's reconciliation, and the fields that name a line of each."""


def figures(reconciliation: Reconciliation) -> Table:
    """Every figure: company, part, subject, figure, value. `subject` joins the naming fields by a blank."""
    rows = [row for company in reconciliation.companies for row in company_figures(company)]
    for total in reconciliation.totals:
        rows += lines("all", "totals", asdict(total))
    return Table("Figures", ("company", "part", "subject", "figure", "value"), tuple(rows))


def company_figures(company: CompanyReconciliation) -> Iterator[tuple[Cell, ...]]:
    """The figures of one company."""
    for part in SUBJECTS:
        for one in getattr(company, part):
            yield from lines(company.company, part, asdict(one))
    counts = Counter((one.rule, one.table) for one in company.left)
    for place, rows in sorted(counts.items()):
        yield company.company, "left", " ".join(place), "rows", rows
    yield company.company, "changed_otherwise", "all tables", "rows", company.changed_otherwise


def lines(company: str, part: str, one: dict[str, Cell]) -> Iterator[tuple[Cell, ...]]:
    """One line per number in `one`."""
    subject = " ".join(str(one[field]) for field in SUBJECTS[part])
    for figure, value in one.items():
        if isinstance(value, int):
            yield company, part, subject, figure, value
