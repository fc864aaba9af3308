"""The first page of the book: each team with what it takes over."""

from decimal import Decimal

from tests.spec.unpaid_work_world import RECEIVING_TEAM, lists_of


def test_a_team_has_its_orders_its_hours_and_the_lines_of_each_list() -> None:
    orders = [{"sentence_date": "2020-06-26", "ordered": "6000"}, {"ordered": "2430"}]
    placed = [{"person_id": "1", "project_code": "C06PG", "travel_minutes": "91"}]
    sessions = [{"placement_ref": "P1", "project_code": "C06PG", "date": "2021-06-26"}]
    (team,) = lists_of(orders, placed, sessions)["teams"].iter_rows(named=True)
    assert (team["team"], team["orders"], team["hours_outstanding"]) == (RECEIVING_TEAM, 2, Decimal("140.50"))
    words = ("sessions_booked", "past_12_months", "travel", "hours_disagree")
    assert [team[word] for word in words] == [1, 1, 1, 1]


def test_a_list_without_lines_counts_as_none() -> None:
    (team,) = lists_of([{"sentence_date": "2021-06-25"}])["teams"].iter_rows(named=True)
    words = ("sessions_booked", "past_12_months", "assessment_overdue", "travel")
    assert [team[word] for word in words] == [0, 0, 0, 0]
