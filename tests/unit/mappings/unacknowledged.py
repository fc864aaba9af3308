"""A company's own case system with records that nDelius has not acknowledged, and the nDelius beside it."""

from tests.spec.drawn_batch import batch_of, ndelius
from vocabulary.batch import Batch

NEW, KNOWN = "spg:offender:OM-1", "2"
PERSON = {"person_ref": "OM-1", "person_id": NEW}
OTHER = {"person_ref": "OM-2", "person_id": KNOWN}
HERE = {"area": "C17", "team": "C17S01", "officer": "C17A001"}
RECORDS = {
    "offender": [
        {**PERSON, "offender_id": "0", "is_new_person": "Y", "gender": "F"},
        {**OTHER, "offender_id": "2"},
    ],
    "address": [{**PERSON, "local_ref": "A1", "address_id": "0"}, {**OTHER, "address_id": "71"}],
    "event": [
        {**PERSON, "local_ref": "E1", "event_id": "0", "sentence_date": "2021-01-05", "type": "329"},
        {**OTHER, "local_ref": "E2", "event_id": "12", "sentence_date": "2020-01-05", "type": "307"},
        {**OTHER, "local_ref": "E3", "event_id": "0"},
    ],
    "requirement": [
        {**PERSON, "local_ref": "R1", "local_event_ref": "E1", "requirement_id": "0",
         "main_category": "W"},
        {**OTHER, "local_ref": "R2", "local_event_ref": "E2", "requirement_id": "42"},
    ],
    "licence_condition": [
        {**OTHER, "local_ref": "L1", "local_event_ref": "E2", "licence_condition_id": "0",
         "sentence_date": "2020-01-05"},
    ],
    "pss_requirement": [
        {**OTHER, "local_ref": "S1", "local_event_ref": "E2", "pss_requirement_id": "0"},
    ],
    "nsi": [
        {**OTHER, "local_ref": "N1", "nsi_id": "0", "local_event_ref": "", "requirement_id": "42"},
        {**PERSON, "local_ref": "N2", "nsi_id": "0", "local_event_ref": "E1", "requirement_id": "0",
         "end_date": "2021-05-05"},
    ],
    "upw_order": [
        {**PERSON, "local_ref": "U1", "local_event_ref": "E1", "upw_order_id": "0", "ordered": "2400",
         "team": "C17U01", "officer": "C17A001"},
    ],
    "upw_session": [
        {**PERSON, **HERE, "local_ref": "W1", "local_event_ref": "E1", "upw_session_id": "0",
         "date": "2021-06-01", "project_code": "C17-P1", "outcome": "ATTC", "credited": "60"},
        {**PERSON, **HERE, "local_ref": "W2", "local_event_ref": "E1", "upw_session_id": "77"},
    ],
    "upw_adjustment": [
        {**PERSON, "local_ref": "J1", "local_event_ref": "E1", "upw_adjustment_id": "0",
         "amount": "30"},
    ],
    "custody_release": [
        {**PERSON, "local_ref": "C1", "local_event_ref": "E1", "date": "2021-03-03"},
        {**OTHER, "local_ref": "C2", "local_event_ref": "E2"},
    ],
    "key_date": [{**PERSON, "local_ref": "K1", "local_event_ref": "E1", "key_date_id": "0"}],
    "contact": [
        {**PERSON, **HERE, "local_ref": "D1", "contact_id": "0", "local_event_ref": "E1",
         "date": "2021-06-26"},
        {**OTHER, **HERE, "local_ref": "D2", "contact_id": "0", "local_event_ref": "",
         "requirement_id": "42"},
        {**OTHER, **HERE, "local_ref": "D3", "contact_id": "79"},
    ],
}  # fmt: skip
"""OM-1 is new, with event E1; OM-2 is person 2, with the known event 12 (E2) and a new one, E3."""


def london() -> Batch:
    """RECORDS, and the project of their sessions."""
    return batch_of("C17", spg=RECORDS, upw={"upw_project": [{"code": "C17-P1", "team": "C17U01"}]})


def known() -> Batch:
    """Person 2 with event 12, its sentence and a requirement, no custody."""
    return ndelius(
        offender=[{"offender_id": "2"}],
        event=[{"event_id": "12", "offender_id": "2"}],
        disposal=[{"disposal_id": "22", "event_id": "12", "offender_id": "2"}],
        requirement=[{"requirement_id": "42", "disposal_id": "22", "offender_id": "2"}],
        team=[{"code": "C17S01", "area": "C17"}],
        staff=[{"officer": "C17A001"}],
    )
