"""One cycle or run held against another, as tables: verdicts, findings, figures that moved, time taken."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from reports.data import CompanyReconciliation
from reports.tables import Cell, Table

STATES = ("new", "fixed", "persisting")
DELIVERED = ("added", "gone", "changed")

Sides = tuple[str, str]
"""How the two sides are called."""


def comparison_tables(
    sides: Sides,
    figures: tuple[Sequence[CompanyReconciliation], Sequence[CompanyReconciliation]],
    findings: pl.DataFrame,
    outcomes: pl.DataFrame,
    deliveries: pl.DataFrame,
) -> list[Table]:
    """Everything a person reads of a comparison, what must be looked at first."""
    return [
        verdict_table(sides, *figures),
        state_table(findings),
        moved_table(sides, *figures),
        outcome_table(sides, outcomes),
        delivery_table(deliveries),
    ]


def verdict_table(
    sides: Sides, before: Sequence[CompanyReconciliation], after: Sequence[CompanyReconciliation]
) -> Table:
    """Verdict and rows of each company on both sides."""
    rows = [
        (one.company, one.name, one.verdict, other.verdict, *_carried(one), *_carried(other))
        for one, other in zip(before, after, strict=True)
    ]
    counted = [f"{what}, {side}" for side in sides for what in ("carried", "set aside")]
    header = ("company", "name", *(f"verdict, {side}" for side in sides), *counted)
    return Table("Companies", header, tuple(rows))


def _carried(company: CompanyReconciliation) -> tuple[int, int]:
    return sum(file.carried for file in company.files), sum(file.set_aside for file in company.files)


def state_table(findings: pl.DataFrame) -> Table:
    """Findings by company and rule: how many are new, mended, and still there."""
    counts = Counter(findings.select("company", "rule", "severity", "state").iter_rows())
    lines = sorted({key[:3] for key in counts})
    rows = tuple((*line, *(counts[(*line, state)] for state in STATES)) for line in lines)
    return Table("Findings", ("company", "rule", "severity", *STATES), rows, "none on either side")


def moved_table(
    sides: Sides, before: Iterable[CompanyReconciliation], after: Iterable[CompanyReconciliation]
) -> Table:
    """Totals that are not what they were, from the source and in the target."""
    then, now = _totals(before), _totals(after)
    rows = [
        (*key, *_pair(then, now, key))
        for key in sorted(then.keys() | now.keys())
        if then.get(key) != now.get(key)
    ]
    figures = (f"{of}, {side}" for of in ("source", "target") for side in sides)
    header = ("company", "total", "scope", *figures)
    return Table("Figures that moved", header, tuple(rows), "none: every total is what it was")


Key = tuple[str, str, str]


def _totals(companies: Iterable[CompanyReconciliation]) -> dict[Key, tuple[int, int]]:
    return {
        (company.company, total.name, total.scope): (total.source, total.target)
        for company in companies
        for total in company.totals
    }


Totals = Mapping[Key, tuple[int, int]]


def _pair(then: Totals, now: Totals, key: Key) -> tuple[Cell, ...]:
    (source, target), (new_source, new_target) = then.get(key, (0, 0)), now.get(key, (0, 0))
    return source, new_source, target, new_target


def outcome_table(sides: Sides, outcomes: pl.DataFrame) -> Table:
    """Rows that became another thing, counted by what they were and are."""
    by = ["company", "export", "entity", "before_row_outcome", "after_row_outcome"]
    counts = outcomes.group_by(by).len().sort(by)
    header = ("company", "export", "entity", *sides, "rows")
    return Table("Rows behind what moved", header, tuple(counts.iter_rows()), "no row became another thing")


def delivery_table(deliveries: pl.DataFrame) -> Table:
    """Rows that only one delivery has, or that say something else now."""
    counts = Counter(deliveries.select("company", "export", "entity", "state").iter_rows())
    lines = sorted({key[:3] for key in counts})
    rows = tuple((*line, *(counts[(*line, state)] for state in DELIVERED)) for line in lines)
    return Table(
        "Rows delivered otherwise", ("company", "export", "entity", *DELIVERED), rows, "none, or one delivery"
    )


def timing_table(sides: Sides, before: Mapping[str, float], after: Mapping[str, float]) -> Table:
    """Seconds of each stage, over all companies that went through it in these runs."""
    stages = [*before, *(stage for stage in after if stage not in before)]
    rows = tuple((stage, *(f"{side.get(stage, 0):,.1f}" for side in (before, after))) for stage in stages)
    return Table("Seconds by stage", ("stage", *sides), rows, "not measured")
