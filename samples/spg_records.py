"""A gateway company's records as messages: one row per message, element name to value."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from samples.cases import MANAGED, Case
from samples.references import local_record, local_reference
from samples.world import Person, Row, World, key_column

PERSON_TABLES = (
    "OFFENDER_ADDRESS", "EVENT", "RQMNT", "LIC_CONDITION", "PSS_RQMNT", "NSI",
    "UPW_DETAILS", "UPW_APPOINTMENT", "UPW_ADJUSTMENT", "CONTACT",
)  # fmt: skip
Found = dict[int, list[Row]]


@dataclass
class Records:
    """The world indexed for one pass over the persons: rows by person or key, managers by managed."""

    by_person: dict[str, Found]
    managers: dict[str, dict[int, Row]]
    events: dict[int, Row]
    by_key: dict[str, dict[int, Row]] = field(default_factory=dict)


def index_records(world: World) -> Records:
    """Index what messages need. Deleted rows are not sent."""
    by_person: dict[str, Found] = {}
    for table in PERSON_TABLES:
        by_person[table] = defaultdict(list)
        for row in world.tables[table]:
            if not row["SOFT_DELETED"]:
                by_person[table][row["OFFENDER_ID"]].append(row)
    for table in ("KEY_DATE", "RELEASE"):
        by_person[table] = defaultdict(list)
        for row in world.tables[table]:
            by_person[table][row["case"].person.id].append(row)
    managers = {
        managed: {row[key_column(managed)]: row for row in world.tables[table]}
        for table, managed in MANAGED.items()
        if table != "REPORT_MANAGER"
    }
    disposals = {row["DISPOSAL_ID"]: row for row in world.tables["DISPOSAL"]}
    events = {row["EVENT_ID"]: row for row in world.tables["EVENT"]}
    return Records(
        by_person,
        managers,
        {key: events[row["EVENT_ID"]] for key, row in disposals.items()},
        {
            "EVENT": events,
            "DISPOSAL": {row["EVENT_ID"]: row for row in disposals.values()},
            "RQMNT": {row["RQMNT_ID"]: row for row in world.tables["RQMNT"]},
            "MAIN_OFFENCE": {row["EVENT_ID"]: row for row in world.tables["MAIN_OFFENCE"]},
        },
    )


def messages(person: Person, records: Records) -> list[Row]:
    """All messages of one person in the order of the agreement."""
    of = {table: found.get(person.id, []) for table, found in records.by_person.items()}
    made = [_profile(person, records)]
    made += [_address(person, row) for row in of["OFFENDER_ADDRESS"]]
    made += [_event(person, row, records) for row in of["EVENT"]]
    made += [_requirement(person, row, records) for row in of["RQMNT"]]
    made += [_licence_condition(person, row, records) for row in of["LIC_CONDITION"]]
    made += [_pss_requirement(person, row, records) for row in of["PSS_RQMNT"]]
    made += [_nsi(person, row, records) for row in of["NSI"]]
    made += [_order(person, row, records) for row in of["UPW_DETAILS"]]
    made += [_session(person, row) for row in of["UPW_APPOINTMENT"]]
    made += [_adjustment(person, row) for row in of["UPW_ADJUSTMENT"]]
    made += [_release(person, row) for row in of["RELEASE"]]
    made += [_key_date(person, row) for row in of["KEY_DATE"]]
    made += [_contact(person, row, records) for row in of["CONTACT"] if row["CONTACT_TYPE_CODE"] != "CUPA"]
    return made


def _message(record: str, person: Person, row: Row, key: int, **elements: Any) -> Row:
    is_new = bool(row.get("local_only"))
    return {
        "record": record,
        "sent_with": person.id,
        "is_new": is_new,
        "crn": "" if person.row.get("local_only") else person.row["CRN"],
        "person_ref": local_reference(person.id),
        "version": "0" * 32 if is_new else f"{key:032X}",
        "LocalRecordReference": local_record(record, key),
        "OffenderID": _key(person.row, "OFFENDER_ID"),
        **elements,
    }


def _key(row: Row, column: str) -> int:
    """The nDelius key of a row; 0 when nDelius has not acknowledged it."""
    key: int = 0 if row.get("local_only") else row[column]
    return key


def _event_keys(event: Row) -> Row:
    reference = local_record("Event", event["EVENT_ID"])
    return {"EventID": _key(event, "EVENT_ID"), "LocalEventReference": reference}


def _desk(manager: Row, prefix: str) -> Row:
    return {
        f"{prefix}Provider": manager["PROBATION_AREA_CODE"],
        f"{prefix}ResponsibleTeam": manager["TEAM_CODE"],
        f"{prefix}ResponsibleOfficer": manager["OFFICER_CODE"],
    }


def _profile(person: Person, records: Records) -> Row:
    row = person.row
    return _message(
        "OffenderProfile",
        person,
        row,
        person.id,
        FirstName=row["FIRST_NAME"],
        SecondName=row["SECOND_NAME"],
        Surname=row["SURNAME"],
        DateOfBirth=row["DATE_OF_BIRTH_DATE"],
        Gender=row["GENDER_CODE"],
        Ethnicity=row["ETHNICITY_CODE"],
        NOMSNumber=row["NOMS_NUMBER"],
        PNCNumber=row["PNC_NUMBER"],
        CRONumber=row["CRO_NUMBER"],
        NINumber=row["NI_NUMBER"],
        Tier=row["CURRENT_TIER_CODE"],
        **_desk(records.managers["OFFENDER"][person.id], "OM"),
    )


def _address(person: Person, row: Row) -> Row:
    return _message(
        "Address",
        person,
        row,
        row["OFFENDER_ADDRESS_ID"],
        OffenderAddressID=_key(row, "OFFENDER_ADDRESS_ID"),
        Status=row["ADDRESS_STATUS_CODE"],
        HouseNumber=row["ADDRESS_NUMBER"],
        StreetName=row["STREET_NAME"],
        District=row["DISTRICT"],
        TownCity=row["TOWN_CITY"],
        County=row["COUNTY"],
        Postcode=row["POSTCODE"],
        StartDate=row["START_DATE"],
        NoFixedAbode=row["NO_FIXED_ABODE"],
    )


def _event(person: Person, row: Row, records: Records) -> Row:
    offence = records.by_key["MAIN_OFFENCE"][row["EVENT_ID"]]
    disposal = records.by_key["DISPOSAL"].get(row["EVENT_ID"], {})
    return _message(
        "Event",
        person,
        row,
        row["EVENT_ID"],
        EventID=_key(row, "EVENT_ID"),
        ReferralDate=row["REFERRAL_DATE"],
        EventNumber=row["EVENT_NUMBER"],
        ConvictionDate=row["CONVICTION_DATE"],
        **_desk(records.managers["EVENT"][row["EVENT_ID"]], "OS"),
        OffenceDate=offence["OFFENCE_DATE"],
        OffenceCount=offence["OFFENCE_COUNT"],
        OffenceCode=offence["OFFENCE_CODE"],
        SentenceDate=disposal.get("DISPOSAL_DATE"),
        OrderType=disposal.get("DISPOSAL_TYPE_CODE"),
        Length=disposal.get("LENGTH"),
        LengthUnit=disposal.get("ENTRY_LENGTH_UNITS_CODE"),
        ExpectedEndDate=disposal.get("NOTIONAL_END_DATE"),
        TerminationDate=disposal.get("TERMINATION_DATE"),
        TerminationReason=disposal.get("DISPOSAL_TERMINATION_REASON_CODE"),
        RSRScore=row["rsr"],
        AllocationDate=row["REFERRAL_DATE"],
        AllocatedProvider=person.home,
    )


def _requirement(person: Person, row: Row, records: Records) -> Row:
    return _message(
        "CommunityRequirement",
        person,
        row,
        row["RQMNT_ID"],
        RequirementID=_key(row, "RQMNT_ID"),
        **_event_keys(records.events[row["DISPOSAL_ID"]]),
        RequirementTypeMainCategory=row["RQMNT_TYPE_MAIN_CATEGORY_CODE"],
        RequirementTypeSubCategory=row["RQMNT_TYPE_SUB_CATEGORY_CODE"],
        ImposedDate=row["START_DATE"],
        Length=row["LENGTH"],
        ActualEndDate=row["TERMINATION_DATE"],
        TerminationReason=row["RQMNT_TERMINATION_REASON_CODE"],
        RARDaysDone=row["RAR_COUNT"],
        **_desk(records.managers["RQMNT"][row["RQMNT_ID"]], "RQ"),
    )


def _licence_condition(person: Person, row: Row, records: Records) -> Row:
    event = records.events[row["DISPOSAL_ID"]]
    return _message(
        "LicenceCondition",
        person,
        row,
        row["LIC_CONDITION_ID"],
        LicConditionID=_key(row, "LIC_CONDITION_ID"),
        **_event_keys(event),
        LicCondTypeMainCategory=row["LIC_COND_TYPE_MAIN_CAT_CODE"],
        LicCondTypeSubCategory=row["LIC_COND_TYPE_SUB_CAT_CODE"],
        SentenceDate=event["REFERRAL_DATE"],
        ActualStartDate=row["COMMENCEMENT_DATE"],
        ActualEndDate=row["TERMINATION_DATE"],
        TerminationReason=row["LIC_TERMINATION_REASON_CODE"],
        **_desk(records.managers["LIC_CONDITION"][row["LIC_CONDITION_ID"]], "LC"),
    )


def _pss_requirement(person: Person, row: Row, records: Records) -> Row:
    return _message(
        "PSSRequirement",
        person,
        row,
        row["PSS_RQMNT_ID"],
        PSSRequirementID=_key(row, "PSS_RQMNT_ID"),
        **_event_keys(row["case"].event),
        PSSRqmntTypeMainCategory=row["PSS_RQMNT_TYPE_MAIN_CAT_CODE"],
        ImposedDate=row["IMPOSED_DATE"],
        **_desk(records.managers["PSS_RQMNT"][row["PSS_RQMNT_ID"]], "PS"),
    )


def _nsi(person: Person, row: Row, records: Records) -> Row:
    event = records.by_key["EVENT"].get(row["EVENT_ID"])
    return _message(
        "NSI",
        person,
        row,
        row["NSI_ID"],
        NSIID=_key(row, "NSI_ID"),
        **(_event_keys(event) if event else {}),
        NSIType=row["NSI_TYPE_CODE"],
        ReferralDate=row["REFERRAL_DATE"],
        ActualStartDate=row["ACTUAL_START_DATE"],
        ActualEndDate=row["ACTUAL_END_DATE"],
        NSIStatus=row["NSI_STATUS_CODE"],
        NSIStatusDateTime=row["NSI_STATUS_DATE"],
        NSIOutcome=row["NSI_OUTCOME_CODE"],
        **_desk(records.managers["NSI"][row["NSI_ID"]], "NSI"),
    )


def _order(person: Person, row: Row, records: Records) -> Row:
    return _message(
        "UPWDetails",
        person,
        row,
        row["UPW_DETAILS_ID"],
        UPWDetailsID=_key(row, "UPW_DETAILS_ID"),
        **_event_keys(records.events[row["DISPOSAL_ID"]]),
        UPWLengthMinutes=row["UPW_LENGTH_MINUTES"],
        UPWStatus=row["UPW_STATUS_CODE"],
        UPWTeam=row["TEAM_CODE"],
        UPWOfficer=row["OFFICER_CODE"],
    )


def _session(person: Person, row: Row) -> Row:
    case: Case = row["case"]
    project: Row = row["project"]
    return _message(
        "UPWContact",
        person,
        row,
        row["UPW_APPOINTMENT_ID"],
        UPWAppointmentID=_key(row, "UPW_APPOINTMENT_ID"),
        **_event_keys(case.event),
        ProjectName=project["NAME"],
        ProjectType=project["PROJECT_TYPE_CODE"],
        ProjectCode=project["CODE"],
        AppointmentDate=row["APPOINTMENT_DATE"],
        StartTime=row["START_TIME"],
        EndTime=row["END_TIME"],
        MinutesOffered=row["MINUTES_OFFERED"],
        MinutesCredited=row["MINUTES_CREDITED"],
        TravelTime=row["TRAVEL_TIME"],
        ContactOutcome=row["CONTACT_OUTCOME_TYPE_CODE"],
        HighVisibilityVest=True,
        Provider=project["PROBATION_AREA_CODE"],
        UPWTeam=row["TEAM_CODE"],
        UPWContactOfficer=row["OFFICER_CODE"],
    )


def _adjustment(person: Person, row: Row) -> Row:
    case: Case = row["case"]
    return _message(
        "UPWAdjustment",
        person,
        row,
        row["UPW_ADJUSTMENT_ID"],
        UPWAdjustmentID=_key(row, "UPW_ADJUSTMENT_ID"),
        **_event_keys(case.event),
        AdjustmentType=row["ADJUSTMENT_TYPE"],
        AdjustmentMinutes=row["ADJUSTMENT_AMOUNT"],
        AdjustmentDate=row["ADJUSTMENT_DATE"],
        AdjustmentReason=row["ADJUSTMENT_REASON_CODE"],
    )


def _release(person: Person, row: Row) -> Row:
    return _message(
        "CustodyRelease",
        person,
        row["case"].event,
        row["RELEASE_ID"],
        **_event_keys(row["case"].event),
        ReleaseUser="zzsample.user",
        ActualReleaseDate=row["ACTUAL_RELEASE_DATE"],
        ReleaseType=row["RELEASE_TYPE"],
    )


def _key_date(person: Person, row: Row) -> Row:
    return _message(
        "CustodyDate",
        person,
        row["case"].event,
        row["KEY_DATE_ID"],
        KeyDateID=_key(row | {"local_only": row["case"].event.get("local_only")}, "KEY_DATE_ID"),
        **_event_keys(row["case"].event),
        KeyDateType=row["KEY_DATE_TYPE"],
        KeyDate=row["KEY_DATE"],
    )


def _contact(person: Person, row: Row, records: Records) -> Row:
    event = records.by_key["EVENT"].get(row["EVENT_ID"])
    # the gateway names a requirement by its nDelius key alone, so not one that has none yet
    requirement = records.by_key["RQMNT"].get(row.get("RQMNT_ID", 0), {"local_only": True})
    return _message(
        "Contact",
        person,
        row,
        row["CONTACT_ID"],
        ContactID=_key(row, "CONTACT_ID"),
        **(_event_keys(event) if event else {}),
        RequirementID=None if requirement.get("local_only") else row["RQMNT_ID"],
        Alert=False,
        ContactType=row["CONTACT_TYPE_CODE"],
        ContactDate=row["CONTACT_DATE"],
        ContactStartTime=row["CONTACT_START_TIME"],
        Provider=row["PROBATION_AREA_CODE"],
        Team=row["TEAM_CODE"],
        ContactOfficer=row["OFFICER_CODE"],
        ContactOutcome=row.get("CONTACT_OUTCOME_TYPE_CODE"),
        EnforcementAction="ROM" if row.get("CONTACT_OUTCOME_TYPE_CODE") == "UAAB" else None,
        SensitiveContact=row["SENSITIVE"],
        Notes=row["NOTES"],
        RARContact=row["RAR_ACTIVITY"],
    )
