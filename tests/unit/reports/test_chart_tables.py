"""What the charts draw."""

from dataclasses import replace
from decimal import Decimal

from reports.chart_tables import (
    drawn_trend,
    hours_table,
    outcome_table,
    pareto_table,
    trend_table,
    work_table,
)
from reports.data import FindingCount, Reconciliation


def test_outcomes_are_drawn_per_company(reconciliation: Reconciliation) -> None:
    assert outcome_table(reconciliation).rows == (("C17", 2038, 2, 12), ("C06", 60, 0, 0))


def test_outcomes_of_one_company_are_drawn_per_export(reconciliation: Reconciliation) -> None:
    one = replace(reconciliation, companies=reconciliation.companies[:1])
    assert outcome_table(one).rows == (("spg", 1398, 2, 12), ("upw", 640, 0, 0))


def test_rules_come_most_first_and_add_up_to_everything(reconciliation: Reconciliation) -> None:
    found = (FindingCount("O05", "info", 30), FindingCount("T05", "set_aside", 60))
    more = replace(reconciliation.companies[1], findings=(FindingCount("O05", "info", 10),))
    companies = (replace(reconciliation.companies[0], findings=found), more)
    table = pareto_table(replace(reconciliation, companies=companies))
    assert table.rows == (("T05", 60, 60), ("O05", 40, 100))


def test_unpaid_work_is_drawn_in_hours_by_region(reconciliation: Reconciliation) -> None:
    [row] = hours_table(reconciliation).rows
    assert row == ("N07", Decimal(0), Decimal("1603.00"), Decimal(0), Decimal(0))


def test_unpaid_work_names_what_explains_a_difference(reconciliation: Reconciliation) -> None:
    assert work_table(reconciliation).rows[0] == (
        "C17", "C17", "credited", Decimal("1605.00"), Decimal("1603.00"), Decimal("2.00"), Decimal("0.00"),
    )  # fmt: skip


def test_the_trend_has_a_line_per_cycle_and_is_drawn_without_the_rows_delivered(
    reconciliation: Reconciliation,
) -> None:
    history = (replace(reconciliation, cycle="rehearsal-1", verdict="blocked"), reconciliation)
    table = trend_table(history)
    assert [(row[0], row[1], row[-1]) for row in table.rows] == [
        ("rehearsal-1", 2112, "blocked"),
        ("day-1", 2112, "differences"),
    ]
    assert drawn_trend(history).rows[0] == ("rehearsal-1", 2, 133, 0, 0, 1, "blocked")
