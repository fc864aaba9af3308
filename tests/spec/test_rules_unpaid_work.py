"""U01 to U05, U08, U09, U15: unpaid work rows by themselves, drawn as tables. Minutes throughout."""

import pytest
from drawn_tables import drawn

from mappings.case.orders import all_orders
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.rules import unpaid_work

SESSIONS = drawn("""
case                     | date       | offered | credited | outcome | rules
all credited             | 2021-06-01 | 420     | 420      | ATTC    |
one minute more          | 2021-06-01 | 420     | 421      | ATTC    | U04
nothing credited         | 2021-06-01 | 420     |          | UAAB    |
last day, with outcome   | 2021-06-25 | 420     | 420      | ATTC    |
Day 1, planned           | 2021-06-26 | 420     |          |         |
Day 1, with outcome      | 2021-06-26 | 420     |          | UAAB    | U05
Day 1, with credit       | 2021-06-26 | 420     | 1        |         | U05
Day 1, credit is nought  | 2021-06-26 | 420     | 0        |         |
nothing offered          | 2021-06-01 | 0       | 0        | UAAB    | U09
one minute offered       | 2021-06-01 | 1       | 0        | UAAB    |
ten hours offered        | 2021-06-01 | 600     | 0        | UAAB    |
a minute over ten hours  | 2021-06-01 | 601     | 0        | UAAB    | U09
all of them wrong        | 2021-07-01 | 601     | 602      | ATTC    | U04 U05 U09
""")


@pytest.mark.parametrize(("company", "export"), [("C06", "delius"), ("C17", "spg"), ("C17", "upw")])
def test_a_session_has_minutes_that_can_be(company: str, export: str) -> None:
    batch = batch_of(company, **{export: {"upw_session": SESSIONS}})
    found = unpaid_work.setting_aside(batch, export)
    assert rules_of(found, "upw_session", SESSIONS) == drawn_rules(SESSIONS)


TRAVELLED = drawn("""
case                          | offered | credited | travel_credited | rules
seven hours and two of travel | 420     | 540      | 60              |
a minute more                 | 420     | 541      | 60              | U04
no travel said                | 420     | 421      |                 | U04
travel alone                  | 420     | 20       | 10              |
""")


@pytest.mark.parametrize(("company", "export"), [("C06", "delius"), ("C17", "spg"), ("C17", "upw")])
def test_travel_there_and_back_is_credited_beside_what_was_offered(company: str, export: str) -> None:
    cases = [dict(case, date="2021-06-01", outcome="ATTC") for case in TRAVELLED]
    found = unpaid_work.setting_aside(batch_of(company, **{export: {"upw_session": cases}}), export)
    assert rules_of(found, "upw_session", TRAVELLED) == drawn_rules(TRAVELLED)


OUT_OF_SCOPE = drawn("""
case                   | offered | is_deleted | row_outcome  | rules
deleted                | 601     | Y          |              |
repeated word for word | 601     | N          | not_in_scope |
set aside for more     | 601     | N          | set_aside    | U09
time is unknown        |         | N          |              |
""")


def test_only_sessions_in_scope_are_judged() -> None:
    batch = batch_of("C06", delius={"upw_session": OUT_OF_SCOPE})
    found = unpaid_work.setting_aside(batch, "delius")
    assert rules_of(found, "upw_session", OUT_OF_SCOPE) == drawn_rules(OUT_OF_SCOPE)


TRAVEL = drawn("""
case               | travel_credited | row_outcome | rules
an hour each way   | 60              |             |
a minute more      | 61              |             | U08
a minute more      | 61              | set_aside   |
none               |                 |             |
""")


@pytest.mark.parametrize(("company", "export"), [("C06", "delius"), ("C17", "spg"), ("C06", "upw")])
def test_travel_credited_is_an_hour_each_way(company: str, export: str) -> None:
    batch = batch_of(company, **{export: {"upw_session": TRAVEL}})
    found = unpaid_work.session_warnings(batch, export)
    assert rules_of(found, "upw_session", TRAVEL) == drawn_rules(TRAVEL)


ADJUSTMENTS = drawn("""
case         | amount | direction | row_outcome  | rules
one minute   | 1      | POSITIVE  |              |
nothing      | 0      | POSITIVE  |              | U15
less         | -1     | NEGATIVE  |              | U15
takes minute | 1      | NEGATIVE  |              |
repeated     | 0      | POSITIVE  | not_in_scope |
""")


@pytest.mark.parametrize(("company", "export"), [("C06", "delius"), ("C17", "spg")])
def test_an_adjustment_is_above_zero(company: str, export: str) -> None:
    batch = batch_of(company, **{export: {"upw_adjustment": ADJUSTMENTS}})
    found = unpaid_work.setting_aside(batch, export)
    assert rules_of(found, "upw_adjustment", ADJUSTMENTS) == drawn_rules(ADJUSTMENTS)


EVENTS = drawn("""
event_id | is_active
1        | Y
2        | N
""")
SENTENCES = drawn("""
disposal_id | event_id | sentence_date
1           | 1        | 2021-01-05
2           | 2        | 2021-01-05
3           | 1        | 2021-01-05
4           | 1        | 2021-01-05
5           | 1        | 2021-01-05
6           | 1        | 2021-01-05
7           | 1        | 2021-01-05
""")
REQUIREMENTS = drawn("""
disposal_id | main_category | sub_category | end_date   | is_active
1           | W             | W01          |            | Y
2           | W             | W01          |            | Y
3           | W             | W03          |            | Y
4           | W             | W01          | 2021-05-05 | N
5           | W             | W01          |            | Y
6           | W             | W01          |            | Y
7           | W             | W01          |            | Y
""")
ORDERS = drawn("""
case                     | disposal_id | ordered | row_outcome | rules
39 hours 59              | 1           | 2399    |             | U01
event is closed          | 2           | 2399    |             |
hours added on breach    | 3           | 2399    |             |
requirement has ended    | 4           | 2399    |             |
40 hours                 | 5           | 2400    |             |
300 hours                | 6           | 18000   |             |
300 hours and a minute   | 7           | 18001   |             | U02
the same, set aside      | 7           | 18001   | set_aside   |
""")


def test_a_live_order_has_40_to_300_hours() -> None:
    tables = {"event": EVENTS, "disposal": SENTENCES, "requirement": REQUIREMENTS, "upw_order": ORDERS}
    batch, baseline = batch_of("C06", delius=tables), ndelius(**tables)
    found = unpaid_work.order_warnings(batch, "delius", all_orders(batch, baseline))
    assert rules_of(found, "upw_order", ORDERS) == drawn_rules(ORDERS)


SPG_EVENTS = drawn("""
local_ref | event_id | sentence_date | end_date
E1        | 0        | 2021-01-05    |
E2        | 0        | 2021-01-05    | 2021-05-05
E3        | 0        | 2021-01-05    |
E4        | 0        | 2021-01-05    |
""")
SPG_REQUIREMENTS = drawn("""
local_event_ref | main_category | sub_category | end_date
E1              | W             | W01          |
E2              | W             | W01          |
E3              | W             | W03          |
E4              | W             | W01          |
""")
SPG_ORDERS = drawn("""
case                    | local_event_ref | ordered | upw_order_id | rules
39 hours 59             | E1              | 2399    | 0            | U01
event is closed         | E2              | 2399    | 0            |
hours added on breach   | E3              | 2399    | 0            |
over 300 hours          | E4              | 18001   | 0            | U02
""")


def test_a_live_order_of_spg_has_40_to_300_hours() -> None:
    tables = {"event": SPG_EVENTS, "requirement": SPG_REQUIREMENTS, "upw_order": SPG_ORDERS}
    batch = batch_of("C17", spg=tables)
    found = unpaid_work.order_warnings(batch, "spg", all_orders(batch, ndelius()))
    assert rules_of(found, "upw_order", SPG_ORDERS) == drawn_rules(SPG_ORDERS)


def test_an_own_number_that_looks_like_a_key_of_ndelius_is_not_mistaken() -> None:
    """The company's order 1 is live; nDelius's order 1 is somebody else's and closed."""
    orders = [dict(SPG_ORDERS[0], local_ref="1")]
    batch = batch_of("C17", spg={"event": SPG_EVENTS, "upw_order": orders})
    closed = {
        "event": [{"event_id": "1", "is_active": "N"}],
        "disposal": [{"disposal_id": "1", "event_id": "1"}],
        "upw_order": [{"upw_order_id": "1", "disposal_id": "1"}],
    }
    found = unpaid_work.order_warnings(batch, "spg", all_orders(batch, ndelius(**closed)))
    assert rules_of(found, "upw_order", orders) == ["U01"]


CREDITS = drawn("""
case                      | session | outcome   | amount | direction | counts    | rules
all done                  | 2400    |           |        |           |           |
one minute more           | 2401    |           |        |           |           | U03
adjusted to the end       | 2300    |           | 100    | POSITIVE  |           |
adjusted beyond           | 2300    |           | 101    | POSITIVE  |           | U03
taken away again          | 2500    |           | 100    | NEGATIVE  |           |
session is set aside      | 2401    | set_aside |        |           |           |
nothing done              |         |           |        |           |           |
adjustment is set aside   | 2300    |           | 101    | POSITIVE  | set_aside |
""")


def done(cases: Cases, word: str) -> dict[str, Cases]:
    """Orders of 40 hours with the minutes of each case; `word` names the order."""
    numbered = [(str(number), case) for number, case in enumerate(cases, start=1)]
    return {
        "upw_order": [{word: number, "ordered": "2400"} for number, _ in numbered],
        "upw_session": [
            {word: number, "credited": case["session"], "row_outcome": case["outcome"]}
            for number, case in numbered
        ],
        "upw_adjustment": [
            {
                word: number,
                "amount": case["amount"],
                "direction": case["direction"],
                "row_outcome": case["counts"],
            }
            for number, case in numbered
            if case["amount"]
        ],
    }


@pytest.mark.parametrize(
    ("company", "export", "word"), [("C06", "delius", "upw_order_id"), ("C17", "spg", "local_event_ref")]
)
def test_no_more_is_done_than_ordered(company: str, export: str, word: str) -> None:
    batch = batch_of(company, **{export: done(CREDITS, word)})
    found = unpaid_work.order_warnings(batch, export, all_orders(batch, ndelius()))
    assert rules_of(found, "upw_order", CREDITS) == drawn_rules(CREDITS)
