"""Sessions whose hours may count twice, as the region's list tells them."""

from drawn_tables import drawn

from tests.spec.unpaid_work_world import lists_of

SESSIONS = drawn("""
date       | start_time | end_time | case_system_ref | row_outcome | state
2021-06-01 | 09:30      | 16:30    |                 | set_aside   | nDelius has one at that time: not added
2021-06-02 | 09:30      | 16:30    |                 | set_aside   |
2021-06-03 | 09:30      | 12:00    |                 |             | twice in the schedule: both added
2021-06-03 | 11:00      | 16:30    |                 |             | twice in the schedule: both added
2021-06-04 | 09:30      | 12:00    |                 |             |
2021-06-04 | 12:00      | 16:30    |                 |             |
2021-06-01 | 09:30      | 16:30    | 1               | set_aside   |
""")
KNOWN = [
    {"upw_order_id": "1", "offender_id": "1", "date": "2021-06-01", "upw_project_id": "1"}
    | {"start_time": "01/01/1970 12:00:00", "end_time": "01/01/1970 13:00:00"}
]


def test_the_list_names_each_of_them() -> None:
    placed = [{"person_id": "1", "project_code": "C06PG"}]
    sessions = [
        {"placement_ref": "P1", "project_code": "C06PG"}
        | {name: value for name, value in row.items() if name != "state"}
        for row in SESSIONS
    ]
    rows = lists_of([{}], placed, sessions, KNOWN)["hours_twice"]
    drawn_there = {f"S{n}": row["state"] for n, row in enumerate(SESSIONS, 1) if row["state"]}
    assert dict(rows.select("session_ref", "state").iter_rows()) == drawn_there
