"""The first page in the terminal counts by rule and by kind of question: of 21 companies no more lines than
of one."""

from dataclasses import replace

from reports.data import FindingCount, Reconciliation, Waiting
from reports.summary import finding_counts, first_page, waiting_kinds


def of_many(reconciliation: Reconciliation, companies: int) -> Reconciliation:
    one = replace(
        reconciliation.companies[0],
        findings=(FindingCount("S01", "set_aside", 2), FindingCount("P08", "warning", 1)),
        waiting=(Waiting("code", "X", 3, "Answer it."), Waiting("code", "Y", 4, "Answer it.")),
    )
    return replace(
        reconciliation, companies=tuple(replace(one, company=f"C{number:02}") for number in range(companies))
    )


def test_findings_are_counted_by_rule(reconciliation: Reconciliation) -> None:
    rows = finding_counts(of_many(reconciliation, 21)).rows
    assert [row[:4] for row in rows] == [("S01", "set_aside", 42, 21), ("P08", "warning", 21, 21)]


def test_questions_are_counted_by_kind(reconciliation: Reconciliation) -> None:
    assert waiting_kinds(of_many(reconciliation, 21)).rows == (("code", 21, 42, 147, "Answer it."),)


def test_findings_and_questions_of_more_companies_take_no_more_lines(reconciliation: Reconciliation) -> None:
    def lines(companies: int) -> list[int]:
        return [len(table.rows) for table in first_page(of_many(reconciliation, companies))[-2:]]

    assert lines(2) == lines(21)
