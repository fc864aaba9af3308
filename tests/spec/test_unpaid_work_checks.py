"""Training allowance, travel and women-only projects on the lists, drawn as tables."""

from drawn_tables import drawn

from tests.spec.drawn_batch import Cases
from tests.spec.unpaid_work_world import lists_of, said

ETE = drawn("""
case                        | ordered | credited | booked | state                                  | left
a fifth exactly             | 6000    | 1200     |        | within 20 %                            | 0.00
a minute over               | 6000    | 1201     |        | over 20 %                              | 0.00
a fifth with what is booked | 6000    | 900      | 300    | within 20 %                            | 5.00
a minute over with it       | 6000    | 900      | 301    | over 20 % when what is booked is worked | 5.00
only booked                 | 2400    |          | 420    | within 20 %                            | 8.00
no training                 | 2400    |          |        |                                        |
""")


def trained() -> dict[str, dict[str, str]]:
    """`state` and `ete_left` of the people above by CRN."""
    placed, sessions = [], []
    for number, case in enumerate(ETE, start=1):
        placed.append({"person_id": str(number), "project_code": "C06PG", "ordered": case["ordered"]})
        at = {"placement_ref": f"P{number}", "project_code": "C06PE", "offered": "420"}
        if case["credited"]:
            sessions.append({**at, "date": "2021-06-01", "outcome": "P", "credited": case["credited"]})
        if case["booked"]:
            sessions.append({**at, "date": "2021-06-26", "offered": case["booked"]})
        sessions.append({**at, "project_code": "C06PG", "date": "2021-06-02", "credited": "420"})
    rows = lists_of([{}] * len(ETE), placed, sessions)["ete"]
    return {column: said(rows, column) for column in ("state", "ete_left")}


def test_training_is_within_a_fifth_of_the_minutes_ordered() -> None:
    concerned = {f"X{number}": case for number, case in enumerate(ETE, start=1) if case["state"]}
    found = trained()
    assert found["state"] == {crn: case["state"] for crn, case in concerned.items()}
    assert found["ete_left"] == {crn: case["left"] for crn, case in concerned.items()}


TRAVEL = drawn("""
case                    | from home | credited | over by
as far as may be        | 90        | 60       |
a minute from home      | 91        | 60       | from home 1
a minute credited       | 90        | 61       | credited 1
both                    | 100       | 75       | credited 15; from home 10
not said                |           |          |
""")


def test_travel_is_ninety_minutes_from_home_and_sixty_credited() -> None:
    placed, sessions = [], []
    for number, case in enumerate(TRAVEL, start=1):
        at = {"project_code": "C06PG"}
        placed.append({**at, "person_id": str(number), "travel_minutes": case["from home"]})
        session = {"placement_ref": f"P{number}", "date": "2021-06-01", "travel_credited": case["credited"]}
        sessions.append({**at, **session})
    rows = lists_of([{}] * len(TRAVEL), placed, sessions)["travel"]
    found: dict[str, list[str]] = {}
    for crn, kind, over in rows.select("crn", "travel", "over_by").iter_rows():
        found.setdefault(crn, []).append(f"{kind} {over}")
    expected = {f"X{number}": case["over by"] for number, case in enumerate(TRAVEL, start=1)}
    assert {crn: "; ".join(lines) for crn, lines in found.items()} == {
        crn: text for crn, text in expected.items() if text
    }


PLACED = drawn("""
case                      | gender | project_code | end_date   | check
a woman at her project    | F      | C06PW        |            | woman at a women-only project
a man there               | M      | C06PW        |            | not a woman: place elsewhere
gender unknown there      |        | C06PW        |            | gender not recorded: find out
a woman elsewhere         | F      | C06PG        |            | mixed project: ask what she has chosen
a man elsewhere           | M      | C06PG        |            |
placed until Day 1        | M      | C06PW        | 2021-06-26 | not a woman: place elsewhere
placed until the day before | M    | C06PW        | 2021-06-25 |
""")


def test_women_and_women_only_projects_are_shown_with_what_to_check() -> None:
    placed: Cases = [
        {"person_id": str(number), "project_code": case["project_code"], "end_date": case["end_date"]}
        for number, case in enumerate(PLACED, start=1)
    ]
    found = said(lists_of([{"gender": case["gender"]} for case in PLACED], placed)["women"], "check")
    expected = {f"X{number}": case["check"] for number, case in enumerate(PLACED, start=1)}
    assert found == {crn: check for crn, check in expected.items() if check}
