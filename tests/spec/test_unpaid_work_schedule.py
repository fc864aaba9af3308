"""The schedule from Day 1 on, the projects and the placements, as lists."""

from drawn_tables import drawn

from tests.spec.drawn_batch import Cases
from tests.spec.unpaid_work_world import lists_of, said

CHECKED = drawn("""
case                         | sentence_date | credited | gender | project_code | end_date   | date       | beside | check_first
nothing speaks against it    | 2021-03-01    | 0        | M      | C06PE        |            | 2021-06-26 |        |
last day of the year         | 2020-06-27    | 0        | M      | C06PE        |            | 2021-06-26 |        |
the day after                | 2020-06-27    | 0        | M      | C06PE        |            | 2021-06-27 |        | 12 months over: court first
over, but the court extended | 2020-06-27    | 0        | M      | C06PE        |            | 2021-06-27 | W1     | extended: check the court's new date
year is over, nothing left   | 2020-06-26    | 6000     | M      | C06PE        |            | 2021-06-26 |        | no hours outstanding
a man among women            | 2021-03-01    | 0        | M      | C06PW        |            | 2021-06-26 |        | women-only project
a woman among women          | 2021-03-01    | 0        | F      | C06PW        |            | 2021-06-26 |        |
placed until that day        | 2021-03-01    | 0        | M      | C06PE        | 2021-06-26 | 2021-06-26 |        |
placed until the day before  | 2021-03-01    | 0        | M      | C06PE        | 2021-06-26 | 2021-06-27 |        | placement has ended
two reasons                  | 2021-03-01    | 6000     | M      | C06PW        |            | 2021-06-26 |        | no hours outstanding; women-only project
the day before Day 1         | 2021-03-01    | 0        | M      | C06PE        |            | 2021-06-25 |        | not listed
""")  # noqa: E501


def test_a_session_says_what_speaks_against_it() -> None:
    orders, placed, sessions, known = [], [], [], []
    for number, case in enumerate(CHECKED, start=1):
        orders.append({word: case[word] for word in ("sentence_date", "gender", "beside")})
        placed.append({"person_id": str(number), **{w: case[w] for w in ("project_code", "end_date")}})
        sessions.append(
            {"placement_ref": f"P{number}", "project_code": case["project_code"], "date": case["date"]}
        )
        known.append({"upw_order_id": str(number), "credited": case["credited"]})
    found = said(lists_of(orders, placed, sessions, known)["sessions"], "check_first")
    expected = {f"X{number}": case["check_first"] for number, case in enumerate(CHECKED, start=1)}
    assert found == {crn: check for crn, check in expected.items() if check != "not listed"}


def booked(*dates: str) -> tuple[Cases, Cases]:
    """Placements at the group of two, and a session of each on its date."""
    placed = [{"person_id": str(n), "project_code": "C06PG"} for n, _ in enumerate(dates, start=1)]
    sessions = [
        {"placement_ref": f"P{n}", "project_code": "C06PG", "date": date, "supervisor": "C06A001"}
        for n, date in enumerate(dates, start=1)
    ]
    return placed, sessions


def test_two_people_fit_two_places() -> None:
    placed, sessions = booked("2021-06-26", "2021-06-26", "2021-06-27")
    found = said(lists_of([{}] * 3, placed, sessions)["sessions"], "check_first")
    assert set(found.values()) == {""}


def test_three_people_do_not_fit_two_places() -> None:
    placed, sessions = booked("2021-06-26", "2021-06-26", "2021-06-26")
    found = said(lists_of([{}] * 3, placed, sessions)["sessions"], "check_first")
    assert set(found.values()) == {"3 people for 2 places"}


def test_a_session_is_read_by_team_day_and_time_under_the_new_codes() -> None:
    placed, sessions = booked("2021-06-27", "2021-06-26")
    rows = lists_of([{}] * 2, placed, sessions)["sessions"]
    words = ["team", "date", "day", "from", "to", "project_code", "crn", "supervisor", "supervisor_before"]
    lines = [" ".join(str(value) for value in row) for row in rows.select(words).iter_rows()]
    assert lines == [
        "N51W08 2021-06-26 Sat 09:30 16:30 N51PG-C06 X2 N51A099 C06A001",
        "N51W08 2021-06-27 Sun 09:30 16:30 N51PG-C06 X1 N51A099 C06A001",
    ]


def test_a_project_says_who_is_placed_and_what_is_booked() -> None:
    placed, sessions = booked("2021-06-26", "2021-07-03", "2021-06-25")
    rows = lists_of([{}] * 3, placed, sessions)["projects"]
    words = ["project_code", "old_code", "people_placed", "sessions_booked"]
    assert rows.select(words).rows() == [
        ("N51PE-C06", "C06PE", 0, 0),
        ("N51PG-C06", "C06PG", 3, 2),
        ("N51PW-C06", "C06PW", 0, 0),
    ]


def test_who_has_no_session_booked_is_on_top_of_the_project() -> None:
    placed, sessions = booked("2021-06-26", "2021-06-25")
    rows = lists_of([{}] * 2, placed, sessions)["placements"]
    assert [(crn, str(day)) for crn, day in rows.select("crn", "next_session").iter_rows()] == [
        ("X2", "None"),
        ("X1", "2021-06-26"),
    ]


def test_a_session_in_another_region_stays_with_the_persons_region_under_the_old_code() -> None:
    placed, sessions = booked("2021-06-26")
    rows = lists_of([{"region": "N50"}], placed, sessions)["sessions"]
    assert rows.select("region", "project_code", "check_first").rows() == [
        ("N50", "C06PG", "project is another region's: agree with it")
    ]
