"""Hours outstanding, past twelve months, and where records differ: lists of orders drawn as tables."""

from drawn_tables import drawn

from tests.spec.unpaid_work_world import RECEIVING_TEAM, lists_of, said

ORDERS = drawn("""
case                    | sentence_date | ordered | credited | beside | outstanding | state
in time                 | 2021-03-01    | 6000    | 450      |        | 92.50       | in time
one minute left, in time| 2020-06-27    | 6000    | 5999     |        | 0.02        | in time
one minute left, late   | 2020-06-26    | 6000    | 5999     |        | 0.02        | 12 months over
the court gave more time | 2020-06-26   | 6000    | 5999     | W1     | 0.02        | extended: check the court's new date
extended, still in time | 2021-03-01    | 6000    | 5999     | W1     | 0.02        | in time
nothing left            | 2020-06-26    | 6000    | 6000     |        | 0.00        | hours done
more than ordered       | 2021-03-01    | 6000    | 6060     |        | 0.00        | hours done
nothing worked          | 2021-03-01    | 2400    |          |        | 40.00       | in time
""")  # noqa: E501
CREDIT = [
    {"upw_order_id": str(number), "credited": case["credited"]} for number, case in enumerate(ORDERS, start=1)
]
WORDS = [{word: case[word] for word in ("sentence_date", "ordered", "beside")} for case in ORDERS]
LISTS = lists_of(WORDS, case_sessions=CREDIT)


def drawn_by_crn(column: str) -> dict[str, str]:
    """The column of the table above by the person's CRN."""
    return {f"X{number}": case[column] for number, case in enumerate(ORDERS, start=1)}


def test_hours_outstanding_are_what_is_ordered_without_what_is_credited() -> None:
    assert said(LISTS["hours"], "outstanding") == drawn_by_crn("outstanding")


def test_an_order_is_done_or_in_time_or_past_its_year() -> None:
    assert said(LISTS["hours"], "state") == drawn_by_crn("state")


def test_past_its_year_is_who_has_hours_outstanding() -> None:
    late = [crn for crn, state in drawn_by_crn("state").items() if state[:4] in ("12 m", "exte")]
    assert LISTS["past_12_months"]["crn"].to_list() == late


def test_nobody_whose_order_was_extended_is_stood_down() -> None:
    assert said(LISTS["past_12_months"], "state") == {
        "X3": "stand down: court first",
        "X4": "extended: check the court's new date",
    }


def test_the_team_of_a_line_is_the_receiving_team() -> None:
    assert set(LISTS["hours"]["team"]) == {RECEIVING_TEAM}


def test_who_runs_out_of_time_first_is_on_top() -> None:
    days = LISTS["hours"]["last_day"].to_list()
    assert days == sorted(days)


def test_a_booked_session_past_the_year_is_shown_to_be_stood_down() -> None:
    placed = [{"person_id": "1", "project_code": "C06PG"}]
    booked = {"placement_ref": "P1", "project_code": "C06PG", "offered": "420"}
    sessions = [{**booked, "date": date} for date in ("2021-07-10", "2021-07-03", "2021-06-25")]
    found = lists_of([{"sentence_date": "2020-06-26"}], placed, sessions)["past_12_months"]
    assert said(found, "next_session") == {"X1": "2021-07-03"}
    assert said(found, "sessions_booked") == {"X1": "2"}


AGREE = drawn("""
case                              | length | ordered | scheduled | what differs
all say 100 hours                 | 100    | 6000    | 6000      |
an hour more in court   | 101    | 6000    | 6000      | ordered by the court: 60 min above the order
the schedule has a minute less    | 100    | 6000    | 5999      | schedule: 1 min below the order
no length on the requirement      |        | 6000    | 6000      |
""")


def test_a_difference_says_which_record_and_how_many_minutes() -> None:
    orders = [{word: case[word] for word in ("length", "ordered")} for case in AGREE]
    placed = [
        {"person_id": str(number), "project_code": "C06PG", "ordered": case["scheduled"]}
        for number, case in enumerate(AGREE, start=1)
    ]
    found = said(lists_of(orders, placed)["hours_disagree"], "minutes_that_differ")
    drawn_there = {f"X{n}": case["what differs"] for n, case in enumerate(AGREE, start=1)}
    assert found == {crn: text for crn, text in drawn_there.items() if text}


def test_of_two_placements_the_one_further_off_is_named() -> None:
    placed = [
        {"person_id": "1", "project_code": "C06PG", "ordered": ordered}
        for ordered in ("6000", "6300", "5990")
    ]
    found = lists_of([{"ordered": "6000"}], placed)["hours_disagree"]
    assert found["schedule_ordered"].to_list() == [6300]


CREDITED = drawn("""
case                  | in schedule | case system | what differs
the same              | 420         | 420         |
a minute more         | 421         | 420         | credit in the schedule: 1 min above the case system
nothing in either     |             |             |
only in case system   |             | 420         | credit in the schedule: 420 min below the case system
""")


def test_credit_is_compared_over_sessions_that_both_have() -> None:
    placed, sessions, known = [], [], []
    for number, case in enumerate(CREDITED, start=1):
        placed.append({"person_id": str(number), "project_code": "C06PG", "ordered": "6000"})
        past = {"date": "2021-06-01", "case_system_ref": str(number), "placement_ref": f"P{number}"}
        sessions.append({**past, "project_code": "C06PG", "credited": case["in schedule"]})
        known.append({"upw_order_id": str(number), "credited": case["case system"]})
    known.append({"upw_order_id": "1", "credited": "60"})
    found = said(
        lists_of([{}] * len(CREDITED), placed, sessions, known)["hours_disagree"], "minutes_that_differ"
    )
    drawn_there = {f"X{n}": case["what differs"] for n, case in enumerate(CREDITED, start=1)}
    assert found == {crn: text for crn, text in drawn_there.items() if text}
