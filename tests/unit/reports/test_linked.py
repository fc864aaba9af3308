"""Whom evidence linked: on the first page by person key and row, or there is no table."""

from reports.data import CompanyReconciliation, LinkedByEvidence, Reconciliation
from reports.limited import without_limited
from reports.linked import FIRST, first_linked
from vocabulary.limited_access import ASK


def told(rows: int) -> Reconciliation:
    linked = tuple(LinkedByEvidence(str(n), "N51", "C17.xml", str(n)) for n in range(rows))
    company = CompanyReconciliation("C17", "Sample", "clean", linked=linked)
    return Reconciliation("now", "day-1", "clean", (company,))


def test_each_is_named_by_key_and_row() -> None:
    (table,) = first_linked(told(1))
    assert table.rows == (("C17", "0", "C17.xml row 0"),)


def test_the_page_says_how_many_it_shows() -> None:
    (table,) = first_linked(told(FIRST + 5))
    assert len(table.rows) == FIRST
    assert table.title.endswith(f"{FIRST} of {FIRST + 5}")


def test_without_any_there_is_no_table() -> None:
    assert first_linked(told(0)) == []


def test_a_limited_person_is_counted_and_not_named() -> None:
    (table,) = first_linked(without_limited(told(2), frozenset({"1"})))
    assert table.rows == (("C17", "0", "C17.xml row 0"), ("C17", ASK, ""))
