"""Rows that stay with a closing company: listed by name, counted by rule, never crowded out."""

from dataclasses import replace

from planted import BARE, HELD, with_faults

from reports.data import Reconciliation
from reports.left import first_left, left_counts, left_page


def test_the_first_page_names_row_person_rule_and_reason(reconciliation: Reconciliation) -> None:
    table = first_left(with_faults(reconciliation))
    assert table.title == "Rows that stay with a closing company: 2 of 2"
    assert table.rows == (
        (
            "C17", "RESTRICTED_STAFF user", "71", "1200",
            "active restriction user: L03, C17_spg.xml row 7",
        ),
        ("C17", "CONTACT area", "9012", "1201", "future contact: NOTHING explains it"),
    )  # fmt: skip


def test_the_first_page_says_where_the_others_are(reconciliation: Reconciliation) -> None:
    company = replace(reconciliation.companies[0], left=(*[HELD] * 30, BARE))
    table = first_left(replace(reconciliation, companies=(company,)))
    assert table.title.startswith("Rows that stay with a closing company: 10 of 31. The page Left")
    assert [row[2] for row in table.rows] == ["71"] * 9 + ["9012"]


def test_nothing_left_is_said(reconciliation: Reconciliation) -> None:
    table = first_left(reconciliation)
    assert (table.rows, table.empty) == ((), "none")


def test_counts_tell_how_many_nothing_explains(reconciliation: Reconciliation) -> None:
    assert left_counts(with_faults(reconciliation)).rows == (
        ("C17", "active restriction user", "RESTRICTED_STAFF", 1, 0),
        ("C17", "future contact", "CONTACT", 1, 1),
    )


def test_the_whole_list_has_every_column(reconciliation: Reconciliation) -> None:
    table = left_page(with_faults(reconciliation), 5, "day-1.left.csv")
    assert dict(zip(table.header, table.rows[0], strict=True)) == {
        "company": "C17", "rule": "active restriction user", "person": "1200", "table": "RESTRICTED_STAFF",
        "key": "71", "column": "user", "because": "L03", "source_file": "C17_spg.xml", "source_row": "7",
    }  # fmt: skip
