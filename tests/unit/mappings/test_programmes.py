"""What the programmes export adds: contacts of sessions nobody pushed, NSIs of approved interventions."""

import datetime as dt

import polars as pl

from mappings.case.person_components import person_components
from mappings.writes.programmes import attendance_contacts, structured_interventions
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

BASELINE = ndelius(
    offender=[{"offender_id": "1"}],
    event=[{"event_id": "11", "is_active": "Y"}],
    disposal=[{"disposal_id": "21", "event_id": "11"}],
    requirement=[
        {
            "requirement_id": "31",
            "offender_id": "1",
            "disposal_id": "21",
            "main_category": "C",
            "is_active": "Y",
        },
        {
            "requirement_id": "32",
            "offender_id": "1",
            "disposal_id": "21",
            "main_category": "F",
            "is_active": "Y",
        },
        {
            "requirement_id": "33",
            "offender_id": "1",
            "disposal_id": "21",
            "main_category": "F",
            "is_active": "N",
        },
    ],
    licence_condition=[
        {"licence_condition_id": "41", "offender_id": "1", "disposal_id": "21", "is_active": "Y"},
    ],
    team=[{"team_id": "51", "code": "C06P01", "area": "C06"}],
    staff=[{"staff_id": "61", "officer": "C06A001", "area": "C06"}],
    staff_team=[{"staff_id": "61", "team_id": "51"}],
)
SESSIONS: Cases = [
    {"session_ref": "PAST", "date": "2021-06-01", "facilitator": "C06A001"},
    {"session_ref": "LAST", "date": "2021-06-25", "facilitator": "C06Z999"},
    {"session_ref": "DAY1", "date": "2021-06-26", "facilitator": "C06A001"},
]
REFERRALS: Cases = [
    {"referral_ref": "REQ", "person_id": "1", "component_id": "31"},
    {"referral_ref": "LIC", "person_id": "1", "component_id": "41"},
    {"referral_ref": "OTHER", "person_id": "1", "component_id": "99"},
]
ATTENDED: Cases = [
    {"session_ref": "PAST", "referral_ref": "REQ", "outcome": "AT", "note": "Zz"},
    {"session_ref": "PAST", "referral_ref": "LIC", "outcome": "AB"},
    {"session_ref": "LAST", "referral_ref": "OTHER", "outcome": ""},
    {"session_ref": "DAY1", "referral_ref": "REQ", "outcome": ""},
    {"session_ref": "LAST", "referral_ref": "REQ", "outcome": "AT", "contact_id": "77"},
    {"session_ref": "LAST", "referral_ref": "LIC", "outcome": "AT", "row_outcome": "set_aside"},
]


def delivered() -> Batch:
    """Three sessions with their attendance."""
    tables = {"programme_session": SESSIONS, "programme_referral": REFERRALS, "attendance": ATTENDED}
    return batch_of("C06", programmes=tables)


def contacts() -> pl.DataFrame:
    """The CONTACT rows of the sessions."""
    batch = delivered()
    return attendance_contacts(batch, BASELINE, person_components(BASELINE))


def test_a_session_that_was_not_pushed_is_a_contact_up_to_the_last_day() -> None:
    assert contacts()["natural_key"].to_list() == [
        "programmes:attendance:PAST:REQ",
        "programmes:attendance:PAST:LIC",
        "programmes:attendance:LAST:OTHER",
    ]


def test_a_contact_hangs_on_what_the_referral_names_and_its_event() -> None:
    assert contacts().select("requirement_id", "licence_condition_id", "event_id").rows() == [
        ("31", None, "11"),
        (None, "41", "11"),
        (None, None, None),
    ]


def test_a_contact_says_what_the_outcome_means() -> None:
    assert contacts().select("type", "outcome", "attended", "complied", "is_rar").rows() == [
        ("PRGS", "ATTC", "Y", "Y", False),
        ("PRGS", "AB", None, None, False),
        ("PRGS", None, None, None, False),
    ]


def test_a_contact_stands_under_its_facilitator_or_the_unallocated_officer() -> None:
    assert contacts().select("area", "team", "officer").rows() == [
        ("C06", "C06P01", "C06A001"),
        ("C06", "C06P01", "C06A001"),
        ("C06", "C06UAT", "C06UATU"),
    ]


ACTIVITIES: Cases = [
    {"activity_ref": "GOES", "person_id": "1", "need_area": "DA", "component_id": "32",
     "start_date": "2021-03-01"},
    {"activity_ref": "LATER", "person_id": "1", "need_area": "EM", "component_id": "32",
     "start_date": "2021-07-05"},
    {"activity_ref": "BLANK", "person_id": "1", "need_area": "ATB", "component_id": "",
     "start_date": "2021-03-01"},
    {"activity_ref": "STOPS", "person_id": "1", "need_area": "ATB", "component_id": "32",
     "start_date": "2021-03-01", "row_outcome": "not_in_scope"},
]  # fmt: skip


def interventions() -> dict[str, pl.DataFrame]:
    """NSI and NSI_MANAGER of the activities."""
    batch = batch_of("C06", programmes={"rar_activity": ACTIVITIES})
    regions = pl.DataFrame({"person_id": ["1"], "region": ["N51"], "pdu_code": [None]}).cast(pl.String)
    receivers = pl.DataFrame({"person_id": ["1"], "team": ["N51A07"]})
    return structured_interventions(batch, person_components(BASELINE), receivers, regions)


def test_an_approved_intervention_is_an_nsi_of_its_need_area() -> None:
    rows = interventions()["NSI"].select("natural_key", "type", "requirement_id", "event_id").rows()
    assert rows == [
        ("programmes:activity:GOES", "DA", "32", "11"),
        ("programmes:activity:LATER", "EM", "32", "11"),
        ("programmes:activity:BLANK", "ATB", None, None),
    ]


def test_its_status_says_whether_it_has_started() -> None:
    rows = (
        interventions()["NSI"].head(2).select("status", "start_date", "status_date", "referral_date").rows()
    )
    started, last = dt.date(2021, 3, 1), dt.date(2021, 6, 25)
    assert rows == [("INPROG", started, started, started), ("REFER", None, last, last)]


def test_its_manager_is_the_regions_programmes_team() -> None:
    managers = interventions()["NSI_MANAGER"].select("nsi_id", "area", "team", "officer", "start_date")
    assert managers.row(0) == ("programmes:activity:GOES", "N51", "N51P01", "N51P01U", dt.date(2021, 6, 26))
    assert managers.height == 3
