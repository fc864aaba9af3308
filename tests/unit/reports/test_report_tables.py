"""Reconciliation to plain tables."""

from dataclasses import replace

from planted import with_faults

from reports.data import FileAccount, Reconciliation, Total, Waiting
from reports.summary import advice, headline_totals
from reports.tables import (
    company_table,
    file_table,
    finding_table,
    place_table,
    total_table,
    waiting_counts,
    waiting_table,
)
from vocabulary.rules import catalogue


def test_company_table_adds_up_the_files(reconciliation: Reconciliation) -> None:
    london = company_table(reconciliation).rows[0]
    assert london == ("C17", "London", 2052, 2038, 2, 12, "yes", 0, "differences")


def test_the_places_of_carried_rows_are_told_by_company_and_file(reconciliation: Reconciliation) -> None:
    assert place_table(reconciliation).rows[0] == ("C17", "London", 2038, 1740, 290, 8, 0)
    assert file_table(reconciliation).rows[0][3:] == (1412, 1398, 2, 12, 1100, 290, 8, 0, "yes")


def test_a_row_that_the_target_does_not_show_leaves_the_account_open(reconciliation: Reconciliation) -> None:
    faulty = with_faults(reconciliation)
    assert file_table(faulty).rows[0][-2:] == (2, "NO")
    assert [step.partition(": ")[2].partition(".")[0] for step in advice(faulty)[1:5]] == [
        "carried rows that the target does not show: 2",
        "rows that stay with the company: 2",
        "rows changed that Day 1 does not change: 4",
        "differences: 1",
    ]


def test_an_account_that_does_not_close_is_shouted(reconciliation: Reconciliation) -> None:
    open_file = FileAccount("upw", "C06_upw.xlsx", delivered=5, carried=4, set_aside=0, not_in_scope=0)
    company = replace(reconciliation.companies[1], files=(open_file,))
    broken = replace(reconciliation, companies=(company,))
    assert file_table(broken).rows[0][-1] == "NO"
    assert company_table(broken).rows[0][-3] == "NO"
    assert any("does not close" in step for step in advice(broken))


def test_unexplained_is_what_explained_leaves(reconciliation: Reconciliation) -> None:
    total = replace(reconciliation.companies[0].totals[0], explained=0)
    company = replace(reconciliation.companies[0], totals=(total,))
    table = total_table(replace(reconciliation, companies=(company,), totals=()))
    assert table.rows == (("C17", "persons", "C17", 58, 57, 0, 1),)


def test_headline_is_the_nation_and_what_does_not_agree(reconciliation: Reconciliation) -> None:
    wrong = Total("sessions", "C06", 5, 4, 0)
    company = replace(reconciliation.companies[1], totals=(wrong,))
    broken = replace(reconciliation, companies=(reconciliation.companies[0], company))
    assert [row[1:3] for row in headline_totals(broken).rows] == [
        ("sessions", "C06"),
        ("upw_minutes_credited", "national"),
    ]


def test_the_headline_of_a_company_is_its_own(reconciliation: Reconciliation) -> None:
    own = replace(reconciliation, totals=())
    assert [row[:3] for row in headline_totals(own, "C17").rows] == [
        ("C17", "persons", "C17"),
        ("C17", "upw_minutes_credited", "C17"),
    ]


def test_the_headline_of_a_region_adds_its_companies_up(reconciliation: Reconciliation) -> None:
    regional = replace(reconciliation, totals=(Total("upw_minutes_credited", "N07", 96_300, 96_180, 120),))
    assert [row[:3] for row in headline_totals(regional, "N07").rows] == [
        ("all", "upw_minutes_credited", "N07")
    ]


def test_waiting_is_counted_by_kind_and_listed_by_subject(reconciliation: Reconciliation) -> None:
    more = (*reconciliation.companies[0].waiting, Waiting("restricted person", "LAO", 2, "Wait."))
    company = replace(reconciliation.companies[0], waiting=more)
    waiting = replace(reconciliation, companies=(company,))
    assert waiting_counts(waiting).rows == (("C17", "restricted person", 2, 5, "Wait."),)
    assert [row[1] for row in waiting_table(waiting).rows] == ["EXCLUSION, RESTRICTION", "LAO"]


def test_findings_come_worst_first_with_the_rule_in_words(reconciliation: Reconciliation) -> None:
    rows = finding_table(reconciliation).rows
    assert [row[1] for row in rows] == ["T05", "O05"]
    assert rows[0][4] == catalogue()["T05"].statement


def test_a_clean_run_asks_for_nothing(reconciliation: Reconciliation) -> None:
    clean = replace(reconciliation, companies=reconciliation.companies[1:])
    assert advice(clean) == ["Nothing: every row is accounted for and every total agrees."]


def test_a_refused_delivery_asks_for_a_better_file(reconciliation: Reconciliation) -> None:
    refused = replace(reconciliation.companies[1], verdict="blocked")
    assert "refused" in advice(replace(reconciliation, companies=(refused,)))[0]
