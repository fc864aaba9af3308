"""What is overdue, as lists: the limits themselves are drawn in test_rules_unpaid_work_dates.py."""

from drawn_tables import drawn

from tests.spec.unpaid_work_world import lists_of, said

WORDS = ("assessment_date", "review_6m_date", "review_9m_date")
LATE = drawn("""
case              | sentence_date | assessment_date | first      | assessment   | start
all in time       | 2021-05-28    | 2021-06-01      | 2021-06-04 |              |
assessed late     | 2021-05-28    | 2021-06-20      | 2021-06-04 | done late    |
not assessed      | 2021-05-28    |                 | 2021-06-04 | not recorded |
started late      | 2021-05-28    | 2021-06-01      | 2021-06-22 |              | started late
booked late       | 2021-05-28    | 2021-06-01      | 2021-06-26 |              | booked late
never booked      | 2021-05-28    | 2021-06-01      |            |              | no session yet
""")


def placed_as_drawn() -> tuple[list[dict[str, str]], list[dict[str, str]], list[dict[str, str]]]:
    """Orders, placements and sessions of the table."""
    orders, placed, sessions = [], [], []
    for number, case in enumerate(LATE, start=1):
        orders.append({"sentence_date": case["sentence_date"]})
        at = {"project_code": "C06PG"}
        placed.append({**at, "person_id": str(number), "assessment_date": case["assessment_date"]})
        if case["first"]:
            sessions.append({**at, "placement_ref": f"P{number}", "date": case["first"]})
    return orders, placed, sessions


def test_what_is_late_says_whether_it_is_still_to_do() -> None:
    lists = lists_of(*placed_as_drawn())
    for name in ("assessment", "start"):
        expected = {f"X{number}": case[name] for number, case in enumerate(LATE, start=1) if case[name]}
        assert said(lists[f"{name}_overdue"], "state") == expected


def test_what_is_still_to_do_stands_on_top() -> None:
    lists = lists_of(*placed_as_drawn())
    assert lists["assessment_overdue"]["state"].to_list() == ["not recorded", "done late"]
    assert lists["start_overdue"]["state"].to_list()[0] == "no session yet"


def test_each_review_that_is_due_has_a_line_with_its_day() -> None:
    placed = [{"person_id": "1", "project_code": "C06PG", **dict.fromkeys(WORDS, "")}]
    rows = lists_of([{"sentence_date": "2020-08-31"}], placed)["reviews_due"]
    found = [(review, str(day)) for review, day in rows.select("review", "due").iter_rows()]
    assert found == [("6 months", "2021-02-28"), ("9 months", "2021-05-31")]


def test_a_review_recorded_on_any_placement_counts() -> None:
    at = {"person_id": "1", "project_code": "C06PG"}
    placed = [
        {**at, "start_date": "2020-09-10", "review_6m_date": "2021-02-20"},
        {**at, "start_date": "2021-03-10", "review_9m_date": "2021-05-20"},
    ]
    assert lists_of([{"sentence_date": "2020-08-31"}], placed)["reviews_due"].is_empty()
