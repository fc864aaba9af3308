"""U06, U07, U10, U11, U16, U17: the schedule against people and case system, drawn as tables."""

import polars as pl
from drawn_tables import drawn

from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, rules_of
from validators.rules import schedule
from vocabulary.batch import Batch

ORDERS = drawn("""
person_id | is_live
1         | Y
2         | N
3         | N
3         | Y
""")
GENDERS = drawn("""
person_id | gender
1         | F
2         | M
3         |
4         | F
""")
SESSIONS = drawn("""
case_system_ref | case_credited
S1              | 420
S2              |
S1              | 60
""")


def orders() -> pl.DataFrame:
    """The table above."""
    return pl.DataFrame(ORDERS).with_columns(pl.col("is_live") == "Y")


def warnings(batch: Batch) -> list[pl.DataFrame]:
    """What the rules warn of in a schedule beside the tables above."""
    blank = pl.all().replace("", None)
    references = pl.DataFrame(SESSIONS).select(blank).with_columns(pl.col("case_credited").cast(pl.Int64))
    return schedule.warnings(batch, pl.DataFrame(GENDERS).select(blank), references)


def schedule_of(**tables: Cases) -> Batch:
    """A schedule; its unit is minutes."""
    return batch_of("C17", upw=tables)


PLACED = drawn("""
case                        | person_id | row_outcome  | rules
live order                  | 1         |              |
order has ended             | 2         |              | U10
one of two has ended        | 3         |              |
no order                    | 5         |              | U10
person is held              |           | set_aside    |
repeated word for word      | 5         | not_in_scope |
""")


def test_a_placement_is_for_a_live_order() -> None:
    batch = schedule_of(upw_placement=PLACED)
    found = schedule.setting_aside(batch, orders())
    assert rules_of(found, "upw_placement", PLACED) == drawn_rules(PLACED)


REFERRED = drawn("""
case                  | case_system_ref | credited | row_outcome | rules
names a session       | S1              | 420      |             |
names none            |                 | 420      |             |
one minute more       | S1              | 421      |             | U17
one minute less       | S1              | 419      |             | U17
both have nothing     | S2              | 0        |             |
only the schedule has | S2              | 1        |             | U17
differs, set aside    | S1              | 421      | set_aside   |
""")


def test_a_session_of_the_case_system_agrees_with_it() -> None:
    cases = [dict(case, outcome="ATTC", date="2021-06-01") for case in REFERRED]
    batch = schedule_of(upw_session=cases)
    found = warnings(batch)
    assert rules_of(found, "upw_session", REFERRED) == drawn_rules(REFERRED)


OUTCOMES = drawn("""
case                      | date       | outcome | row_outcome | rules
past, with outcome        | 2021-06-24 | UAAB    |             |
past, without             | 2021-06-24 |         |             | U06
past, without, set aside  | 2021-06-24 |         | set_aside   |
day of the extract        | 2021-06-25 |         |             |
Day 1                     | 2021-06-26 |         |             |
""")


def test_a_past_session_has_an_outcome() -> None:
    batch = schedule_of(upw_session=OUTCOMES)
    found = warnings(batch)
    assert rules_of(found, "upw_session", OUTCOMES) == drawn_rules(OUTCOMES)


TRAVEL = drawn("""
case             | travel_minutes | row_outcome | rules
an hour and half | 90             |             |
a minute more    | 91             |             | U07
a minute more    | 91             | set_aside   |
unknown          |                |             |
""")


def test_travel_is_an_hour_and_a_half_each_way() -> None:
    cases = [dict(case, person_id="1") for case in TRAVEL]
    found = warnings(schedule_of(upw_placement=cases))
    assert rules_of(found, "upw_placement", TRAVEL) == drawn_rules(TRAVEL)


PROJECTS = drawn("""
code   | is_women_only | is_ete | row_outcome
C17PW  | Y             | N      |
C17PX  | Y             | N      | set_aside
C17PE  | N             | Y      |
C17PF  | N             | Y      | set_aside
C17PM  | N             | N      |
""")
WOMEN_ONLY = drawn("""
case                    | person_id | project_code | rules
a woman                 | 1         | C17PW        |
a man                   | 2         | C17PW        | U16
gender unknown          | 3         | C17PW        |
the company's word      | 4         | C17PW        |
a man, mixed project    | 2         | C17PM        |
a man, project set aside | 2        | C17PX        |
""")


def test_only_women_are_placed_at_a_women_only_project() -> None:
    batch = schedule_of(upw_project=PROJECTS, upw_placement=WOMEN_ONLY)
    found = warnings(batch)
    assert rules_of(found, "upw_placement", WOMEN_ONLY) == drawn_rules(WOMEN_ONLY)


ETE_PLACED = drawn("""
case                        | placement_ref | person_id | ordered | rules
a fifth                     | P1            | 1         | 6000    |
a fifth and a minute        | P2            | 2         | 6000    | U11
over a fifth of two orders  | P3            | 3         | 6000    | U11
and its other placement     | P4            | 3         | 6000    | U11
no ETE, same person         | P5            | 3         | 60      |
project is set aside        | P6            | 4         | 60      |
sessions without a credit   | P7            | 5         | 0       |
""")
ETE_SESSIONS = drawn("""
placement_ref | project_code | credited | row_outcome
P1            | C17PE        | 600      |
P1            | C17PE        | 600      |
P1            | C17PM        | 600      |
P1            | C17PE        | 600      | set_aside
P2            | C17PE        | 1201     |
P3            | C17PE        | 601      |
P4            | C17PE        | 600      |
P5            | C17PM        | 600      |
P6            | C17PF        | 600      |
P7            | C17PE        | 0        |
""")


def test_a_fifth_of_the_order_may_be_education_and_employment() -> None:
    sessions = [dict(case, date="2021-06-01", outcome="ATTC") for case in ETE_SESSIONS]
    batch = schedule_of(upw_project=PROJECTS, upw_placement=ETE_PLACED, upw_session=sessions)
    found = warnings(batch)
    assert rules_of(found, "upw_placement", ETE_PLACED) == drawn_rules(ETE_PLACED)


def test_an_empty_schedule_has_no_findings() -> None:
    found = [
        *schedule.setting_aside(schedule_of(), orders()),
        *warnings(schedule_of()),
    ]
    assert [frame.height for frame in found] == [0] * len(found)
