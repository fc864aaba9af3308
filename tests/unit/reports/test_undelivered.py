"""What moved though nobody delivered it: on the first page by key and row, or there is no table."""

from reports.data import CompanyReconciliation, Reconciliation, Undelivered
from reports.undelivered import FIRST, first_undelivered


def told(rows: int) -> Reconciliation:
    forgotten = tuple(
        Undelivered("RQMNT_MANAGER", str(n), "1", "N51", "N00_delius_RQMNT_MANAGER.txt", str(n))
        for n in range(rows)
    )
    company = CompanyReconciliation("C06", "Merseyside", "clean", undelivered=forgotten)
    return Reconciliation("now", "day-1", "clean", (company,))


def test_each_is_named_by_key_and_row() -> None:
    (table,) = first_undelivered(told(1))
    assert table.rows == (("C06", "RQMNT_MANAGER", "0", "1", "N00_delius_RQMNT_MANAGER.txt row 0"),)


def test_the_page_says_how_many_it_shows() -> None:
    (table,) = first_undelivered(told(FIRST + 5))
    assert len(table.rows) == FIRST
    assert table.title.endswith(f"{FIRST} of {FIRST + 5}")


def test_without_any_there_is_no_table() -> None:
    assert first_undelivered(told(0)) == []
