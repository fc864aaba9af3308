"""Appointments of nDelius that somebody must look at, by project."""

from lists.unpaid_work.appointments import LACKING, STAYS
from tests.spec.unpaid_work_world import lists_of

PLACED = [{"person_id": "1", "project_code": "C06PG"}]
AT_HOME = {"offender_id": "1", "upw_order_id": "1", "upw_project_id": "1", "credited": "60"}
NO_COPY = AT_HOME | {"upw_project_id": "9"}


def test_what_the_schedule_lacks_and_what_no_list_shows_is_told_by_project() -> None:
    """The second project is not in the schedule: its appointments from Day 1 on stay where they are."""
    known = [
        AT_HOME | {"date": "2021-06-01"},
        AT_HOME | {"date": "2021-06-08"},
        NO_COPY | {"date": "2021-06-25"},
        NO_COPY | {"date": "2021-06-26"},
    ]
    rows = lists_of([{}], PLACED, [], known)["appointments"]
    words = ("project_code", "state", "appointments", "people", "hours_credited")
    assert [tuple(map(str, row)) for row in rows.select(words).rows()] == [
        ("N51PG-C06", LACKING, "2", "1", "2.00"),
        ("C06P009", STAYS, "1", "1", "1.00"),
        ("C06P009", LACKING, "2", "1", "2.00"),
    ]


def test_a_schedule_that_has_them_all_is_told_nothing_of() -> None:
    sessions = [
        {"placement_ref": "P1", "project_code": "C06PG", "case_system_ref": "1", "date": "2021-06-01"}
    ]
    rows = lists_of([{}], PLACED, sessions, [AT_HOME | {"date": "2021-06-01"}])["appointments"]
    assert rows.is_empty()
