"""U19, U20, U21: hours that would count twice, drawn as tables. Person 1 has placement P1, person 2 P2."""

import polars as pl
import pytest
from drawn_tables import drawn

from mappings.case.case_model import CaseModel
from mappings.case.context import CaseContext
from mappings.unpaid_work.answered_sessions import answered_references, refer
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from validators.rules import schedule_hours
from vocabulary.batch import Batch
from vocabulary.findings import findings_of, no_findings

PLACEMENTS: Cases = [
    {"placement_ref": "P1", "person_id": "1"},
    {"placement_ref": "P2", "person_id": "2"},
    {"placement_ref": "P3", "person_id": ""},
]
DAY = "2021-06-01"


def time(clock: str) -> str:
    """A time of day as nDelius writes it; blank stays blank."""
    return f"01/01/1970 {clock}:00" if clock else ""


def found_in(
    sessions: Cases, baseline: Batch, own: Cases | None = None, unread: str = ""
) -> list[pl.DataFrame]:
    """U19 and U20 of sessions of the schedule; `own`: UPWContacts of a company with its own case system."""
    batch = batch_of(
        "C06" if own is None else "C17",
        upw={"upw_placement": PLACEMENTS, "upw_session": sessions},
        **({"delius": {}} if own is None else {"spg": {"upw_session": own}}),
    )
    before = no_findings()
    if unread:
        rows = batch.all("upw", "upw_session").filter(pl.col("session_ref") == unread)
        before = findings_of(rows, "T06", "upw_session", "outcome;case_system_ref")
    return set_aside(batch, baseline, before)


def set_aside(batch: Batch, baseline: Batch, before: pl.DataFrame) -> list[pl.DataFrame]:
    """U19 and U20 of the schedule in `batch`."""
    case = CaseContext(batch, baseline, before)
    return schedule_hours.setting_aside(batch, case.session_references, case.unread_references, case.sessions)


KNOWN = ndelius(
    upw_session=[
        {"upw_session_id": "11", "offender_id": "1", "date": "2021-01-01"},
        {"upw_session_id": "12", "offender_id": "2", "date": "2021-01-01"},
        {"upw_session_id": "13", "offender_id": "1", "date": "2021-01-02", "is_deleted": "Y"},
    ]
)
REFERRED = drawn("""
case                       | session_ref | placement_ref | case_system_ref | row_outcome  | rules
names none                 | S1          | P1            |                 |              |
names the person's own     | S2          | P1            | 11              |              |
names nothing there        | S3          | P1            | 99              |              | U19
names somebody else's      | S4          | P1            | 12              |              | U19
names one that was deleted | S5          | P1            | 13              |              | U19
its person is held         | S6          | P3            | 12              |              |
held, names nothing there  | S9          | P3            | 99              |              | U19
names nothing, repeated    | S7          | P1            | 99              | not_in_scope |
cannot be read             | S8          | P1            |                 |              | U19
""")


def test_a_reference_names_a_session_of_the_person_that_ndelius_has() -> None:
    found = found_in(REFERRED, KNOWN, unread="S8")
    assert rules_of(found, "upw_session", REFERRED) == drawn_rules(REFERRED)


OWN: Cases = [
    {"local_ref": "L1", "upw_session_id": "0", "person_id": "1"},
    {"local_ref": "L2", "upw_session_id": "0", "person_id": "1", "row_outcome": "set_aside"},
    {"local_ref": "L3", "upw_session_id": "11", "person_id": "1", "row_outcome": "set_aside"},
    {"local_ref": "L4", "upw_session_id": "12", "person_id": "2"},
]
OWN_REFERRED = drawn("""
case                              | placement_ref | case_system_ref | rules
carried into nDelius              | P1            | L1              |
not carried                       | P1            | L2              | U19
not carried, its person is held   | P3            | L2              |
not carried, nDelius has it       | P1            | L3              |
somebody else's                   | P1            | L4              | U19
nDelius's key is no number of its | P1            | 11              | U19
""")


def test_of_an_own_case_system_the_record_must_be_carried_or_known() -> None:
    found = found_in(OWN_REFERRED, KNOWN, OWN)
    assert rules_of(found, "upw_session", OWN_REFERRED) == drawn_rules(OWN_REFERRED)


APPOINTMENTS = drawn("""
upw_session_id | offender_id | date       | start_time | end_time | is_deleted
21             | 1           | 2021-06-01 | 09:30      | 16:30    | N
22             | 1           | 2021-06-02 | 09:30      |          | N
23             | 1           | 2021-06-03 | 09:30      | 16:30    | Y
24             | 2           | 2021-06-04 | 09:30      | 16:30    | N
""")
SESSIONS = drawn("""
case                    | placement_ref | date       | start_time | end_time | case_system_ref | rules
the same hours          | P1            | 2021-06-01 | 09:30      | 16:30    |                 | U20
its last minute         | P1            | 2021-06-01 | 16:29      | 18:00    |                 | U20
begins when it ends     | P1            | 2021-06-01 | 16:30      | 18:00    |                 |
ends when it begins     | P1            | 2021-06-01 | 08:00      | 09:30    |                 |
named                   | P1            | 2021-06-01 | 09:30      | 16:30    | 21              |
the day is enough       | P1            | 2021-06-02 | 07:00      | 08:00    |                 | U20
that one was deleted    | P1            | 2021-06-03 | 09:30      | 16:30    |                 |
somebody else's         | P1            | 2021-06-04 | 09:30      | 16:30    |                 |
nobody knows whose      | P3            | 2021-06-04 | 09:30      | 16:30    |                 |
another day             | P2            | 2021-06-01 | 09:30      | 16:30    |                 |
""")


def test_a_session_that_nobody_referred_to_its_appointment_is_a_question() -> None:
    known = [row | {word: time(row[word]) for word in ("start_time", "end_time")} for row in APPOINTMENTS]
    found = found_in(SESSIONS, ndelius(upw_session=known))
    assert rules_of(found, "upw_session", SESSIONS) == drawn_rules(SESSIONS)


ANSWERED = drawn("""
case                        | session_ref | answer  | case_system_ref | rules
called the appointment      | S1          | 21      | 21              |
called another              | S2          | another |                 |
nobody answered             | S3          |         |                 | U20
not an appointment then     | S4          | 24      |                 | U20
""")


def test_a_session_is_what_an_operator_said() -> None:
    same_hours = {"placement_ref": "P1", "date": DAY, "start_time": "09:30", "end_time": "16:30"}
    sessions = [{"session_ref": case["session_ref"]} | same_hours for case in ANSWERED]
    known = [row | {word: time(row[word]) for word in ("start_time", "end_time")} for row in APPOINTMENTS]
    baseline = ndelius(upw_session=known)
    batch = batch_of("C06", upw={"upw_placement": PLACEMENTS, "upw_session": sessions}, delius={})
    lines = [{"session_ref": case["session_ref"], "day": DAY, "answer": case["answer"]} for case in ANSWERED]
    batch.decided["sessions"] = pl.DataFrame(lines).filter(pl.col("answer") != "")
    refer(batch, answered_references(CaseModel(batch, baseline)))
    found = set_aside(batch, baseline, no_findings())
    assert rules_of(found, "upw_session", ANSWERED) == drawn_rules(ANSWERED)
    references = batch.all("upw", "upw_session")["case_system_ref"].fill_null("").to_list()
    assert references == [case["case_system_ref"] for case in ANSWERED]


OWN_SESSIONS = drawn("""
case               | local_ref | upw_session_id | row_outcome | date       | rules
about to be added  | L1        | 0              |             | 2021-06-01 | U20
it is set aside    | L2        | 0              | set_aside   | 2021-06-02 |
nDelius knows best | L3        | 77             |             | 2021-06-03 |
""")


def test_what_an_own_case_system_adds_counts_as_there() -> None:
    own = [
        {name: case[name] for name in ("local_ref", "upw_session_id", "row_outcome", "date")}
        | {"person_id": "1", "start_time": "09:30", "end_time": "16:30"}
        for case in OWN_SESSIONS
    ]
    sessions = [
        {"placement_ref": "P1", "date": case["date"], "start_time": "10:00", "end_time": "11:00"}
        for case in OWN_SESSIONS
    ]
    found = found_in(sessions, ndelius(), own)
    assert rules_of(found, "upw_session", OWN_SESSIONS) == drawn_rules(OWN_SESSIONS)


DOUBLED = drawn("""
case                  | placement_ref | date       | start_time | end_time | row_outcome | rules
one session           | P1            | 2021-06-01 | 09:30      | 16:30    |             | U21
under two numbers     | P1            | 2021-06-01 | 09:30      | 16:30    |             | U21
a third in their time | P1            | 2021-06-01 | 12:00      | 13:00    |             | U21
behind them           | P1            | 2021-06-01 | 16:30      | 18:00    |             |
somebody else         | P2            | 2021-06-01 | 09:30      | 16:30    |             |
alone                 | P1            | 2021-06-02 | 09:30      | 16:30    |             |
beside one set aside  | P1            | 2021-06-03 | 09:30      | 16:30    |             |
which does not count  | P1            | 2021-06-03 | 09:30      | 16:30    | set_aside   |
""")


@pytest.mark.parametrize("order", ["as drawn", "turned"])
def test_of_two_sessions_in_one_time_both_are_told(order: str) -> None:
    drawn_in = DOUBLED if order == "as drawn" else DOUBLED[::-1]
    batch = batch_of("C06", upw={"upw_placement": PLACEMENTS, "upw_session": drawn_in})
    found = schedule_hours.warnings(batch)
    assert rules_of(found, "upw_session", drawn_in) == drawn_rules(drawn_in)
