"""X02 and X01 for records that are to be added: nDelius must have a place for them, drawn as tables."""

from drawn_tables import drawn

from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.spg_places import missing_places

EVENTS = drawn("""
case                     | local_ref | event_id | sentence_date | type
new, sentenced           | NEW       | 0        | 2021-01-05    | 329
new, no sentence yet     | BARE      | 0        |               |
new, sentence unknown    | HALF      | 0        | 2021-01-05    |
known, sentenced         | KNOWN     | 1        | 2021-01-05    | 329
known, nDelius has none  | EARLY     | 2        | 2021-01-05    | 329
""")
REQUIREMENTS = drawn("""
local_event_ref | requirement_id | rules
NEW             | 0              |
BARE            | 0              | X02
HALF            | 0              | X02
KNOWN           | 0              |
EARLY           | 0              | X02
BARE            | 7              |
""")
RELEASES = drawn("""
case                  | local_event_ref | rules
new, sentenced        | NEW             |
new, no sentence yet  | BARE            | X02
known: nothing added  | EARLY           |
""")
KEY_DATES = drawn("""
local_event_ref | key_date_id | rules
NEW             | 0           |
BARE            | 0           | X02
EARLY           | 0           | X02
EARLY           | 7           |
""")
ORDERS = drawn("""
local_event_ref | upw_order_id | row_outcome | rules
NEW             | 0            |             |
BARE            | 0            |             | X02
""")
SESSIONS = drawn("""
case                      | local_event_ref | upw_session_id | project_code | rules
order is delivered        | NEW             | 0              | C17P1        |
order is in nDelius       | KNOWN           | 0              | C17P1        |
no sentence               | BARE            | 0              | C17P1        | X02
project of the schedule   | NEW             | 0              | C17P2        |
project set aside         | NEW             | 0              | C17P3        | X02
project nowhere           | NEW             | 0              | C17P9        | X02
acknowledged              | BARE            | 7              | C17P9        |
""")
PROJECTS = drawn("""
code  | row_outcome
C17P2 |
C17P3 | set_aside
""")


def found(**changes: Cases) -> list[object]:
    tables = {
        "event": EVENTS, "requirement": REQUIREMENTS, "custody_release": RELEASES, "key_date": KEY_DATES,
        "upw_order": ORDERS, "upw_session": SESSIONS,
    } | changes  # fmt: skip
    batch = batch_of("C17", spg=tables, upw={"upw_project": PROJECTS})
    baseline = ndelius(
        event=[{"event_id": "1"}, {"event_id": "2"}],
        disposal=[{"disposal_id": "11", "event_id": "1"}],
        upw_order=[{"upw_order_id": "21", "disposal_id": "11"}],
        upw_project=[{"code": "C17P1"}],
    )
    return missing_places(batch, baseline)


def test_a_record_to_add_has_a_place() -> None:
    findings = found()
    drawn_tables = {
        "requirement": REQUIREMENTS, "custody_release": RELEASES, "key_date": KEY_DATES,
        "upw_order": ORDERS, "upw_session": SESSIONS,
    }  # fmt: skip
    for entity, cases in drawn_tables.items():
        assert rules_of(findings, entity, cases) == drawn_rules(cases)


def test_a_session_goes_with_an_order_that_is_set_aside() -> None:
    sessions = drawn("""
    local_event_ref | upw_session_id | project_code | rules
    NEW             | 0              | C17P1        | X01
    NEW             | 7              | C17P1        |
    """)
    orders = [{"local_event_ref": "NEW", "upw_order_id": "0", "row_outcome": "set_aside"}]
    assert rules_of(found(upw_order=orders, upw_session=sessions), "upw_session", sessions) == drawn_rules(
        sessions
    )


def test_an_adjustment_needs_an_order() -> None:
    adjustments = drawn("""
    local_event_ref | upw_adjustment_id | rules
    NEW             | 0                 |
    KNOWN           | 0                 |
    HALF            | 7                 |
    """)
    assert rules_of(found(upw_adjustment=adjustments), "upw_adjustment", adjustments) == drawn_rules(
        adjustments
    )
    without = found(upw_adjustment=adjustments, upw_order=[])
    assert rules_of(without, "upw_adjustment", adjustments) == ["X02", "", ""]
