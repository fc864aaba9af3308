"""X07 and X04: live on one side, closed on the other; X05 of a gateway company. Drawn as tables."""

import pytest
from drawn_tables import drawn

from pipeline.stages.agreement import records_not_delivered
from tests.spec.drawn_batch import batch_of, drawn_rules, ndelius, rules_of
from validators.rules.liveness import RECORDS, REPORTS, closed_in_ndelius, open_on_one_side

FLAGS = drawn("""
case                     | is_active | row_outcome | rules
live on both             | Y         |             |
live here, closed there  | Y         |             | X07
closed here, live there  | N         |             |
closed on both           | N         |             |
set aside                | Y         | set_aside   |
""")
THERE = ("Y", "N", "Y", "N", "N")


@pytest.mark.parametrize("entity", ["disposal", *RECORDS])
def test_what_is_live_here_and_closed_in_ndelius_is_a_question(entity: str) -> None:
    delivered = [{f"{entity}_id": str(n), **case} for n, case in enumerate(FLAGS, 1)]
    known = [{f"{entity}_id": str(n), "is_active": flag} for n, flag in enumerate(THERE, 1)]
    found = closed_in_ndelius(batch_of("C06", delius={entity: delivered}), ndelius(**{entity: known}))
    assert rules_of(found, entity, FLAGS) == drawn_rules(FLAGS)


FINISHED = drawn("""
case                     | completed_date | rules
open on both             |                |
open here, finished there |               | X07
finished here            | 2021-06-25     |
""")


@pytest.mark.parametrize("entity", REPORTS)
def test_a_report_that_ndelius_has_finished_is_a_question(entity: str) -> None:
    delivered = [{f"{entity}_id": str(n), **case} for n, case in enumerate(FINISHED, 1)]
    known = [
        {f"{entity}_id": str(n), "completed_date": day} for n, day in enumerate(("", "2021-06-25", ""), 1)
    ]
    found = closed_in_ndelius(batch_of("C06", delius={entity: delivered}), ndelius(**{entity: known}))
    assert rules_of(found, entity, FINISHED) == drawn_rules(FINISHED)


EVENTS = drawn("""
local_ref | event_id | end_date   | rules
E1        | 1        |            |
E2        | 2        |            | X07
E3        | 3        | 2021-05-05 | X04
E4        | 0        |            |
""")
KNOWN_EVENTS = drawn("""
event_id | is_active
1        | Y
2        | N
3        | Y
""")
RECORDED = drawn("""
case                         | local_event_ref | requirement_id | end_date   | rules
open on both                 | E1              | 11             |            |
open here, closed there      | E1              | 12             |            | X07
closed here, live there      | E1              | 13             | 2021-05-05 | X04
closed on both               | E1              | 14             | 2021-05-05 |
its event is over here       | E3              | 15             |            |
nDelius has no key           | E1              | 0              |            |
""")
KNOWN_RECORDS = drawn("""
requirement_id | is_active
11             | Y
12             | N
13             | Y
14             | N
15             | N
""")


def test_of_a_record_with_a_key_ndelius_says_whether_it_is_live() -> None:
    batch = batch_of("C17", spg={"event": EVENTS, "requirement": RECORDED})
    found = open_on_one_side(batch, ndelius(event=KNOWN_EVENTS, requirement=KNOWN_RECORDS))
    assert rules_of(found, "event", EVENTS) == drawn_rules(EVENTS)
    assert rules_of(found, "requirement", RECORDED) == drawn_rules(RECORDED)


def test_x05_asks_a_gateway_company_for_the_records_of_its_persons() -> None:
    """Person 1 is delivered but for a requirement, person 2 forgotten, person 3 another area's; person 4
    came under a CRN that was merged away."""
    baseline = ndelius(
        offender=[{"offender_id": n} for n in "1234"],
        offender_manager=[
            {"manager_id": n, "offender_id": n, "area": "N07" if n == "3" else "C17"} for n in "1234"
        ],
        requirement=[
            {"requirement_id": "11", "offender_id": "1"},
            {"requirement_id": "12", "offender_id": "1", "is_deleted": "Y"},
            {"requirement_id": "13", "offender_id": "3"},
        ],
    )
    persons = [
        {"offender_id": "1", "person_ref": "A", "person_id": "1"},
        {"offender_id": "9", "person_ref": "B", "person_id": "4"},
    ]
    found = records_not_delivered(batch_of("C17", spg={"offender": persons}), baseline)
    assert found.select("company", "entity", "source_file", "source_row", "rule").rows() == [
        ("C17", "offender", "N00_delius_offender", "3", "X05"),
        ("C17", "requirement", "N00_delius_requirement", "2", "X05"),
    ]
