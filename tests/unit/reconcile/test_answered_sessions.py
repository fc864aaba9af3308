"""The proof follows what an operator said of a session beside an appointment, whatever the program did."""

from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from text_world import NO_TRAIL, baseline, country_of, delivery

from reconcile.expected.answered_sessions import (
    HOURS_TWICE,
    NOT_FOLLOWED,
    WAITS_FOR_NOTHING,
    carried_sessions,
    find_wrong_hours,
)
from reconcile.sources.evidence import Evidence
from reconcile.target.trail import Trail
from tests.spec.drawn_tables import drawn
from vocabulary.decisions import SESSIONS
from vocabulary.findings import findings_of

APPOINTMENTS = [
    {"upw_session_id": "21", "offender_id": "1", "date": "2021-06-01", "start_time": "01/01/1970 09:30:00"}
    | {"end_time": "01/01/1970 16:30:00"}
]
TOLD = {"": [], "twice": [HOURS_TWICE], "still": [NOT_FOLLOWED], "nothing": [WAITS_FOR_NOTHING]}

CASES = drawn("""
case                       | starts | ends  | named | answer  | became | told    | reference
waits                      | 09:30  | 16:30 |       |         | waits  |         |
added without an answer    | 09:30  | 16:30 |       |         | added  | twice   |
called the appointment     | 09:30  | 16:30 |       | 21      | added  |         | 21
called another             | 09:30  | 16:30 |       | another | added  |         |
waits though it is there   | 09:30  | 16:30 |       | 21      | waits  | still   |
waits though it is another | 09:30  | 16:30 |       | another | waits  | still   |
called another appointment | 09:30  | 16:30 |       | 22      | added  | twice   |
called so, and waits       | 09:30  | 16:30 |       | 22      | waits  |         |
at another time            | 16:30  | 18:00 |       |         | added  |         |
waits at another time      | 16:30  | 18:00 |       |         | waits  | nothing |
the file says it           | 09:30  | 16:30 | 21    |         | added  |         | 21
""")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_session_is_what_an_operator_said(case: dict[str, str], target: sa.Engine) -> None:
    session = {"session_ref": "S1", "placement_ref": "P1", "date": "2021-06-01"}
    session |= {"start_time": case["starts"], "end_time": case["ends"], "case_system_ref": case["named"]}
    session["row_outcome"] = "set_aside" if case["became"] == "waits" else "carried"
    placed = {"placement_ref": "P1", "person_id": "1"}
    sent = delivery("C06", upw={"upw_placement": [placed], "upw_session": [session]}, delius={})
    if case["became"] == "waits":
        rows = sent.all("upw", "upw_session").with_columns(company=pl.lit("C06"))
        sent = replace(sent, findings=findings_of(rows, "U20", "upw_session", "case_system_ref"))
    if case["answer"]:
        line = {"company": "C06", "session_ref": "S1", "day": "2021-06-01", "answer": case["answer"]}
        sent = replace(sent, decided={SESSIONS: pl.DataFrame([line])})
    with target.connect() as connection:
        country = country_of(baseline(upw_session=APPOINTMENTS), connection)
        evidence = Evidence(sent, country, Trail(NO_TRAIL))
        assert find_wrong_hours(evidence, None)["what"].to_list() == TOLD[case["told"]]
        carried = carried_sessions(evidence, None)["case_system_ref"].fill_null("").to_list()
    assert carried == ([] if case["became"] == "waits" else [case["reference"]])
