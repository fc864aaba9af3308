"""Who has nobody in post in the first four weeks stands on the first page, by person key."""

from reports.custody import FIRST, unattended_tables
from reports.data import CompanyReconciliation, Reconciliation, Unattended
from reports.readiness import DECIDE, readiness


def run_with(count: int) -> Reconciliation:
    found = tuple(
        Unattended("N51", "Sefton", "N51A10", str(number), "release", f"2021-07-{number + 1:02}")
        for number in reversed(range(count))
    )
    company = CompanyReconciliation("C06", "Merseyside", "clean", unattended=found)
    return Reconciliation("", "day-1", "clean", (company,))


def test_the_first_by_day_are_shown_and_asked_about() -> None:
    table = unattended_tables(run_with(FIRST + 2))[0]
    assert "the first 10 of 12" in table.title
    assert table.rows[0] == ("C06", "N51", "Sefton", "N51A10", "0", "release", "2021-07-01")
    assert len(table.rows) == FIRST
    assert readiness(run_with(1)).answer == DECIDE


def test_nobody_is_no_table() -> None:
    assert unattended_tables(run_with(0)) == []
