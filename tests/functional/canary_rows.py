"""Rows that each break one rule, by export; how they get into a delivery is in canary_deliveries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONG = "Qx" + "a" * 240
"""Longer than any column of nDelius for a name."""

TWICE, FORMULA, NUL, SPLIT = "Sample Ã« note", "=1+1", "Sample NUL note", "Sample CUT note"
"""Text encoded twice (T03), like a formula (T09), and where NUL becomes that character (T02) and CUT one
separator more (T01) once the file is written."""

NO_DATE, A_DAY_NUMBER, FAILED = "31/02/x", 44_000, "#REF!"
BEFORE, AFTER = dt.date(2001, 1, 1), dt.date(2021, 7, 10)
ANCIENT = dt.date(1850, 1, 1)
NOBODYS, NOT_A_CRN = "Z999999", "Z99"


@dataclass(frozen=True)
class Canary:
    """A row of `part` that fits `where`, changed so that it breaks `rule`.

    A part of KEYS gets a copy of the row under a key of its own; elsewhere the row itself is changed.
    `again`: the delivery has the row a second time, with the changes.
    """

    rule: str
    export: str
    part: str
    changes: Mapping[str, Any]
    where: Mapping[str, Any]
    again: bool = False


def canary(rule: str, place: str, where: Mapping[str, Any] | None = None, **changes: Any) -> Canary:
    """A canary at `place`: export and part."""
    export, part = place.split()
    return Canary(rule, export, part, changes, where or {})


def repeated(place: str, where: Mapping[str, Any] | None = None, **changes: Any) -> list[Canary]:
    """A row sent twice (T10), and one sent twice with `changes` (T11)."""
    export, part = place.split()
    return [
        Canary("T10", export, part, {}, where or {}, again=True),
        Canary("T11", export, part, changes, where or {}, again=True),
    ]


KEYS = {
    ("upw", "Projects"): "project_code",
    ("upw", "Placements"): "placement_id",
    ("upw", "Sessions"): "session_id",
    ("eoc", "eoc"): "assessment_ref",
    ("justice_star", "justice_star"): "star_id",
    ("programmes", "referrals"): "referral_id",
    ("programmes", "sessions"): "session_id",
    ("programmes", "rar"): "activity_id",
    ("referrals", "referrals"): "referral_ref",
    ("staff", "Staff"): "employee_no",
    ("estates", "Properties"): "property_ref",
    ("estates", "Assets"): "asset_ref",
    ("documents", "documents"): "document_ref",
}
"""Parts whose canaries are rows of their own: nothing else hangs on them."""

PERSON, ADDRESS, CONTACT = "delius OFFENDER", "delius OFFENDER_ADDRESS", "delius CONTACT"
SENTENCE, REQUIREMENT, NSI = "delius DISPOSAL", "delius RQMNT", "delius NSI"
MANAGER, SESSION, ADJUSTMENT = "delius OFFENDER_MANAGER", "delius UPW_APPOINTMENT", "delius UPW_ADJUSTMENT"
LIVE, KNOWN = {"ACTIVE_FLAG": True, "SOFT_DELETED": False}, {"SOFT_DELETED": False}
DELIUS = [
    canary("R07", NSI, {**KNOWN, "NSI_TYPE_CODE": "BRE"}, REFERRAL_DATE=BEFORE),
    canary("E02", "delius MAIN_OFFENCE", KNOWN, OFFENCE_DATE=dt.date(2021, 6, 24)),
    canary("T04", ADDRESS, KNOWN, ADDRESS_STATUS_CODE=""),
    canary("T06", "delius EVENT", KNOWN, CONVICTION_DATE=NO_DATE),
    canary("T13", ADDRESS, KNOWN, END_DATE=NO_DATE),
    canary("T07", ADDRESS, KNOWN, STREET_NAME=LONG),
    *repeated(CONTACT, KNOWN, NOTES="Sample other note"),
    canary("P01", PERSON, KNOWN, CRN=NOT_A_CRN),
    canary("P03", PERSON, KNOWN, PNC_NUMBER="ZZ/1"),
    canary("P05", PERSON, KNOWN, CRO_NUMBER="ZZ/1"),
    canary("P07", PERSON, KNOWN, NOMS_NUMBER="ZZ1"),
    canary("E04", SENTENCE, LIVE, ACTIVE_FLAG=False),
    canary("E05", SENTENCE, LIVE, ACTIVE_FLAG=False, TERMINATION_DATE=BEFORE),
    canary("R02", REQUIREMENT, LIVE, ACTIVE_FLAG=False, TERMINATION_DATE=BEFORE),
    canary("O06", MANAGER, LIVE, END_DATE=dt.date(2021, 5, 1)),
    canary("U04", SESSION, KNOWN, MINUTES_CREDITED=9_999),
    canary("U05", SESSION, KNOWN, APPOINTMENT_DATE=AFTER, CONTACT_OUTCOME_TYPE_CODE="ATTC"),
    canary("U08", SESSION, KNOWN, TRAVEL_TIME=65),
    canary("U09", SESSION, KNOWN, MINUTES_OFFERED=0, MINUTES_CREDITED=0),
    canary("U15", ADJUSTMENT, KNOWN, ADJUSTMENT_AMOUNT=0),
    canary("X06", CONTACT, KNOWN, CONTACT_ID=2_599_999_999),
    canary("Q01", CONTACT, KNOWN, CONTACT_TYPE_CODE="QQQ"),
]

PROFILE, EVENT, RECORD, NOTE = "spg OffenderProfile", "spg Event", "spg CommunityRequirement", "spg Contact"
WORK, SENT = "spg UPWContact", {"is_new": False}
NAMELESS = {"crn": "", "PNCNumber": "", "NOMSNumber": "", "CRONumber": ""}
"""Without anything that identifies the person."""

SPG = [
    canary("U12", EVENT, {**SENT, "OrderType": "329"}, SentenceDate=dt.date(2019, 12, 2)),
    canary("M07", PROFILE, {"crn": ""}, Surname="Zznew"),
    canary("M08", PROFILE, {"crn": ""}, Surname="Zzother", DateOfBirth=BEFORE),
    canary("T04", PROFILE, SENT, FirstName=""),
    canary("T05", "spg Address", SENT, StartDate=NO_DATE),
    canary("T06", EVENT, SENT, ConvictionDate=NO_DATE),
    canary("T13", RECORD, SENT, ActualEndDate=NO_DATE),
    canary("T07", "spg Address", SENT, StreetName=LONG),
    *repeated(NOTE, SENT, Notes="Sample other note"),
    canary("P01", PROFILE, SENT, crn=NOT_A_CRN),
    canary("P03", PROFILE, SENT, PNCNumber="ZZ/1"),
    canary("P05", PROFILE, SENT, CRONumber="ZZ/1"),
    canary("P07", PROFILE, SENT, NOMSNumber="ZZ1"),
    canary("P08", PROFILE, SENT, NOMSNumber="A9998ZZ"),
    canary("P08", PROFILE, SENT, NOMSNumber="A9998ZZ"),
    canary("P10", PROFILE, SENT, DateOfBirth=ANCIENT),
    canary("E02", EVENT, {**SENT, "OrderType": "329"}, OffenceDate=dt.date(2021, 6, 24)),
    canary("E05", EVENT, {**SENT, "OrderType": "329"}, TerminationDate=BEFORE),
    canary("R02", RECORD, SENT, ActualEndDate=BEFORE),
    canary("R07", "spg NSI", {**SENT, "NSIType": "BRE"}, ReferralDate=BEFORE),
    canary("U03", "spg UPWAdjustment", SENT, AdjustmentType="POSITIVE", AdjustmentMinutes=99_000),
    canary("U04", WORK, SENT, MinutesCredited=9_999),
    canary("U05", WORK, SENT, AppointmentDate=AFTER, ContactOutcome="ATTC"),
    canary("U08", WORK, SENT, TravelTime=65),
    canary("U09", WORK, SENT, MinutesOffered=0, MinutesCredited=0),
    canary("U15", "spg UPWAdjustment", SENT, AdjustmentMinutes=0),
    canary("Q01", NOTE, SENT, ContactType="QQQ"),
    canary("M12", PROFILE, SENT, **NAMELESS, FirstName="Zzabel"),
]

PROJECT, PLACED, WORKED = "upw Projects", "upw Placements", "upw Sessions"
UPW = [
    canary("T01", WORKED, note=SPLIT),
    canary("T03", WORKED, note=TWICE),
    canary("T05", PLACED, order_date=NO_DATE),
    canary("T06", PLACED, review_6m=NO_DATE),
    canary("T13", PLACED, end_date=NO_DATE),
    canary("T07", PROJECT, project_name=LONG),
    canary("P01", PLACED, crn=NOT_A_CRN),
    canary("P10", PLACED, date_of_birth=ANCIENT),
    canary("U09", WORKED, offered=0, credited=0),
    canary("X02", PLACED, project_code="C16P999"),
    canary("Q02", PLACED, weekday="QQ"),
]

TOOL = "eoc eoc"
FINISHED = {"status": "COMPLETE"}
EOC = [
    canary("T02", TOOL, FINISHED, assessor_name=NUL),
    canary("T03", TOOL, FINISHED, assessor_name=TWICE),
    canary("T04", TOOL, FINISHED, surname=""),
    canary("T05", TOOL, FINISHED, started_on=NO_DATE),
    canary("T06", TOOL, FINISHED, ogrs3_1="many"),
    canary("T07", TOOL, FINISHED, assessor_name=LONG),
    *repeated(TOOL, FINISHED, assessor_name="Qxother Zzother"),
    canary("P01", TOOL, FINISHED, crn=NOT_A_CRN),
    canary("P03", TOOL, FINISHED, pnc="ZZ/1"),
    canary("P04", TOOL, FINISHED, pnc="2008/0600143Z"),
    canary("P06", TOOL, FINISHED, pnc="200056/15Z"),
    canary("P10", TOOL, FINISHED, date_of_birth=ANCIENT),
    canary("M02", TOOL, FINISHED, surname="Zzother", date_of_birth=BEFORE),
    canary("X02", TOOL, FINISHED, crn=NOBODYS, pnc="", surname="Zzother"),
    canary("Q01", TOOL, FINISHED, type="QQ"),
    canary("Q02", TOOL, FINISHED, rosh_level="Q"),
    canary("Q02", TOOL, FINISHED, rosh_level="Q"),  # again: the last line is cut off (D25)
]

STAR = "justice_star justice_star"
DONE = {"status": "C"}
JUSTICE_STAR = [
    canary("T01", STAR, DONE, note=SPLIT),
    canary("T02", STAR, DONE, note=NUL),
    canary("T03", STAR, DONE, note=TWICE),
    canary("T04", STAR, DONE, surname=""),
    canary("T05", STAR, DONE, star_date=NO_DATE),
    canary("T06", STAR, DONE, par="many"),
    canary("T09", STAR, DONE, note=FORMULA),
    canary("T12", STAR, DONE, star_date=A_DAY_NUMBER),
    *repeated(STAR, DONE, note="Sample other note"),
    canary("P01", STAR, DONE, crn=NOT_A_CRN),
    canary("P10", STAR, DONE, dob=ANCIENT),
    canary("M02", STAR, DONE, surname="Zzother", dob=BEFORE),
    canary("B03", STAR, DONE, acc=11),
    canary("B04", STAR, DONE, star_date=dt.date(2021, 8, 2)),
    canary("X02", STAR, DONE, crn=NOBODYS, surname="Zzother"),
    canary("Q01", STAR, DONE, star_type="Q"),
]

COURSE, COURSES, PRESENT, ACTIVITY = (
    f"programmes {part}" for part in ("referrals", "sessions", "attendance", "rar")
)
UNDER_WAY, GOING_ON = {"status": "ONGOING"}, {"status": "LIVE", "need_area": "DA"}
PROGRAMMES = [
    canary("T01", PRESENT, note=SPLIT),
    canary("T03", PRESENT, note=TWICE),
    canary("T09", PRESENT, note=FORMULA),
    canary("T04", COURSE, UNDER_WAY, surname=""),
    canary("T05", COURSE, UNDER_WAY, referral_date=NO_DATE),
    canary("T06", COURSE, UNDER_WAY, travel_minutes="far"),
    canary("T13", COURSE, UNDER_WAY, end_date=NO_DATE),
    canary("T12", COURSE, UNDER_WAY, referral_date=A_DAY_NUMBER),
    canary("P01", COURSE, UNDER_WAY, crn=NOT_A_CRN),
    canary("P03", COURSE, UNDER_WAY, pnc="ZZ/1"),
    canary("P04", COURSE, UNDER_WAY, pnc="2007/0600104Z"),
    canary("P06", COURSE, UNDER_WAY, pnc="200056/15Z"),
    canary("P10", COURSE, UNDER_WAY, dob=ANCIENT),
    canary("M02", COURSE, UNDER_WAY, surname="Zzother", dob=BEFORE),
    canary("A02", COURSE, UNDER_WAY, component_id=2_599_999_999),
    canary("A04", COURSE, UNDER_WAY, travel_minutes=95),
    canary("A05", ACTIVITY, GOING_ON, panel_decision=""),
    canary("A07", ACTIVITY, GOING_ON, panel_decision="ROLLED_DOWN"),
    canary("A08", ACTIVITY, {**GOING_ON, "panel_decision": "APPROVED"}, component_id=2_599_999_999),
    canary("T04", COURSE, UNDER_WAY, referral_id="IM-BROKEN", surname=""),
    canary("X01", PRESENT, referral_id="IM-BROKEN"),
    canary("X02", PRESENT, session_id="IMS-999999"),
    canary("Q01", COURSES, mode="Q"),
    canary("Q02", PRESENT, outcome="QQ"),
]

SERVICE, OPEN = "referrals referrals", {"status": "OPEN"}
REFERRALS = [
    canary("T01", SERVICE, OPEN, note=SPLIT),
    canary("T02", SERVICE, OPEN, note=NUL),
    canary("T03", SERVICE, OPEN, note=TWICE),
    canary("T04", SERVICE, OPEN, surname=""),
    canary("T05", SERVICE, OPEN, referral_date=NO_DATE),
    canary("T06", SERVICE, OPEN, sessions_booked="many"),
    canary("T13", SERVICE, OPEN, end_date=NO_DATE),
    canary("T12", SERVICE, OPEN, referral_date=A_DAY_NUMBER),
    *repeated(SERVICE, OPEN, note="Sample other note"),
    canary("P01", SERVICE, OPEN, crn=NOT_A_CRN),
    canary("P10", SERVICE, OPEN, date_of_birth=ANCIENT),
    canary("M02", SERVICE, OPEN, surname="Zzother", date_of_birth=BEFORE),
    canary("V05", SERVICE, OPEN, component_id=2_599_999_999),
    canary("Q01", SERVICE, OPEN, category="QQ"),
    canary("Q02", SERVICE, OPEN, sub_category="QQ"),
]

EMPLOYEE, WITHOUT_CODE = "staff Staff", {"officer_codes": "", "user_name": ""}
STAFF = [
    canary("T03", EMPLOYEE, WITHOUT_CODE, job_title=TWICE),
    canary("T04", EMPLOYEE, WITHOUT_CODE, workplace=""),
    canary("T05", EMPLOYEE, WITHOUT_CODE, start_date=NO_DATE),
    canary("T06", EMPLOYEE, WITHOUT_CODE, contract_end=NO_DATE),
    canary("T13", EMPLOYEE, WITHOUT_CODE, end_date=NO_DATE),
    canary("T07", EMPLOYEE, WITHOUT_CODE, surname=LONG),
    canary("T09", EMPLOYEE, WITHOUT_CODE, job_title=FORMULA),
    canary("T12", EMPLOYEE, WITHOUT_CODE, contract_end=A_DAY_NUMBER),
    *repeated(EMPLOYEE, WITHOUT_CODE, job_title="Sample other job"),
    canary("P09", EMPLOYEE, WITHOUT_CODE, ni_number="ZZ1"),
    canary("P12", EMPLOYEE, WITHOUT_CODE, workplace_postcode="99 ZZZ9"),
    canary("S08", EMPLOYEE, WITHOUT_CODE, letter_date=BEFORE, appeal_lodged=dt.date(2021, 3, 1)),
    canary("Q01", EMPLOYEE, WITHOUT_CODE, grade="QQ"),
    canary("Q02", EMPLOYEE, WITHOUT_CODE, appeal_outcome="QQ"),
]

HOUSE, THING = "estates Properties", "estates Assets"
ESTATES = [
    canary("T03", THING, description=TWICE),
    canary("T04", THING, description=""),
    canary("T05", HOUSE, name=FAILED),
    canary("T06", HOUSE, desks="many"),
    canary("T09", THING, description=FORMULA),
    canary("T12", HOUSE, lease_end=A_DAY_NUMBER),
    *repeated(THING, description="Sample other thing"),
    canary("P12", HOUSE, postcode="99 ZZZ9"),
    canary("T04", HOUSE, property_ref="PR-BROKEN", name=""),
    canary("X01", THING, property_ref="PR-BROKEN"),
    canary("X02", THING, holder_employee_no="P9999999"),
    canary("Q01", THING, kind="QQ"),
]

PAPER = "documents documents"
DOCUMENTS = [
    canary("T01", PAPER, document_name=SPLIT),
    canary("T02", PAPER, document_name=NUL),
    canary("T03", PAPER, document_name=TWICE),
    canary("T04", PAPER, document_name=""),
    canary("T05", PAPER, created_on=NO_DATE),
    canary("T06", PAPER, ndelius_document_id="many"),
    canary("T07", PAPER, document_name=LONG),
    canary("T09", PAPER, document_name=FORMULA),
    canary("T12", PAPER, created_on=A_DAY_NUMBER),
    *repeated(PAPER, document_name="sample_other.pdf"),
    canary("P01", PAPER, crn=NOT_A_CRN),
    canary("H01", PAPER, sha256="zz"),
    canary("X02", PAPER, crn=NOBODYS),
    canary("Q01", PAPER, document_type="QQ"),
]

CANARIES = [
    *DELIUS, *SPG, *UPW, *EOC, *JUSTICE_STAR, *PROGRAMMES, *REFERRALS, *STAFF, *ESTATES, *DOCUMENTS,
]  # fmt: skip
