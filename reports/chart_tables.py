"""What the charts draw, as tables: the workbook and the web page draw the same figures."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reports.data import CompanyReconciliation, Reconciliation
from reports.key_figures import key_figures
from reports.tables import Cell, Table, unexplained

MOST_RULES = 15
"""Bars a reader can tell apart."""

MINUTES_IN_HOUR = 60
WORK = "upw_minutes_"
MEASURES = ("ordered", "credited", "adjusted", "remaining")
TREND = {
    "rows_delivered": "delivered",
    "rows_set_aside": "set aside",
    "findings": "findings",
    "totals_unexplained": "unexplained",
    "target_rows_apart": "not as expected",
    "questions_open": "questions",
}
"""Key figures that tell whether rehearsals get better, and what they are called in a narrow column."""


def outcome_table(reconciliation: Reconciliation) -> Table:
    """Rows by outcome per company; in the book of one company per export."""
    companies = reconciliation.companies
    if len(companies) == 1:
        kinds = dict.fromkeys(file.export for file in companies[0].files)
        rows = [(kind, *outcomes(companies[0], kind)) for kind in kinds]
    else:
        rows = [(company.company, *outcomes(company)) for company in companies if company.files]
    name = "export" if len(companies) == 1 else "company"
    header = (name, "carried", "set aside", "not in scope")
    return Table(f"Rows by outcome per {name}", header, tuple(rows), "no file was read")


def outcomes(company: CompanyReconciliation, export: str = "") -> tuple[int, int, int]:
    """Rows carried, set aside and not in scope, of one export or of all."""
    files = [file for file in company.files if not export or file.export == export]
    return (
        sum(file.carried for file in files),
        sum(file.set_aside for file in files),
        sum(file.not_in_scope for file in files),
    )


def pareto_table(reconciliation: Reconciliation) -> Table:
    """Rules by findings, most first, with the share of all findings that they make up so far."""
    counts: dict[str, int] = {}
    for company in reconciliation.companies:
        for one in company.findings:
            counts[one.rule] = counts.get(one.rule, 0) + one.rows
    every, so_far, rows = sum(counts.values()), 0, []
    for rule, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_RULES]:
        so_far += count
        rows.append((rule, count, round(100 * so_far / every)))
    title = "Findings by rule, most first"
    return Table(title, ("rule", "findings", "cumulative %"), tuple(rows), "no rule found anything")


def hours(minutes: int) -> Decimal:
    """Minutes as hours, to the hundredth."""
    return (Decimal(minutes) / MINUTES_IN_HOUR).quantize(Decimal("0.01"))


def hours_table(reconciliation: Reconciliation) -> Table:
    """Unpaid work of each region in the target, in hours."""
    found: dict[str, dict[str, int]] = {}
    for company in reconciliation.companies:
        for total in company.totals:
            if total.name.startswith(WORK) and total.scope != company.company:
                region = found.setdefault(total.scope, {})
                measure = total.name.removeprefix(WORK)
                region[measure] = region.get(measure, 0) + total.target
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (region, *(hours(minutes.get(measure, 0)) for measure in MEASURES))
        for region, minutes in sorted(found.items())
    )
    return Table("Unpaid work hours by region", ("region", *MEASURES), rows, "no unpaid work moved")


def work_table(reconciliation: Reconciliation) -> Table:
    """Unpaid work before and after, in hours; whole minutes, which decide, are among the totals."""
    rows: list[tuple[Cell, ...]] = [
        (
            company.company,
            total.scope,
            total.name.removeprefix(WORK),
            *(
                hours(minutes)
                for minutes in (total.source, total.target, total.explained, unexplained(total))
            ),
        )
        for company in reconciliation.companies
        for total in company.totals
        if total.name.startswith(WORK)
    ]
    header = ("company", "scope", "hours", "source", "target", "explained", "unexplained")
    return Table("Unpaid work in hours", header, tuple(rows), "no unpaid work moved")


def trend_table(history: Sequence[Reconciliation]) -> Table:
    """The key figures of each cycle so far, in their order, the present one last."""
    rows: list[tuple[Cell, ...]] = []
    for one in history:
        figures = {figure.name: figure.value for figure in key_figures(one)}
        rows.append((one.cycle, *(figures[name] for name in TREND), one.verdict))
    header = ("cycle", *TREND.values(), "verdict")
    return Table("Rehearsals so far", header, tuple(rows))


def drawn_trend(history: Sequence[Reconciliation]) -> Table:
    """The trend without the rows delivered, beside which everything else would be a flat line."""
    table = trend_table(history)
    place = table.header.index(TREND["rows_delivered"])
    header = table.header[:place] + table.header[place + 1 :]
    return replace(table, header=header, rows=tuple(row[:place] + row[place + 1 :] for row in table.rows))


def chart_tables(reconciliation: Reconciliation, history: Sequence[Reconciliation]) -> list[Table]:
    """Every table that is drawn as a chart."""
    return [
        outcome_table(reconciliation),
        pareto_table(reconciliation),
        hours_table(reconciliation),
        drawn_trend(history),
    ]
