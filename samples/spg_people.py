"""Messages of the person, their events and custody, and the diary."""

from samples.spg_envelope import Records, desk, event_keys, key_or_zero, message
from samples.world import Person, Row


def profile(person: Person, records: Records) -> Row:
    """OffenderProfile."""
    row = person.row
    return message(
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
        **desk(records.managers["OFFENDER"][person.id], "OM"),
    )


def address(person: Person, row: Row) -> Row:
    """Address."""
    return message(
        "Address",
        person,
        row,
        row["OFFENDER_ADDRESS_ID"],
        OffenderAddressID=key_or_zero(row, "OFFENDER_ADDRESS_ID"),
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


def event(person: Person, row: Row, records: Records) -> Row:
    """Event, with its offence and sentence."""
    offence = records.by_key["MAIN_OFFENCE"][row["EVENT_ID"]]
    disposal = records.by_key["DISPOSAL"].get(row["EVENT_ID"], {})
    return message(
        "Event",
        person,
        row,
        row["EVENT_ID"],
        EventID=key_or_zero(row, "EVENT_ID"),
        ReferralDate=row["REFERRAL_DATE"],
        EventNumber=row["EVENT_NUMBER"],
        ConvictionDate=row["CONVICTION_DATE"],
        **desk(records.managers["EVENT"][row["EVENT_ID"]], "OS"),
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


def release(person: Person, row: Row) -> Row:
    """CustodyRelease: it has no key."""
    return message(
        "CustodyRelease",
        person,
        row["case"].event,
        row["RELEASE_ID"],
        **event_keys(row["case"].event),
        ReleaseUser="zzsample.user",
        ActualReleaseDate=row["ACTUAL_RELEASE_DATE"],
        ReleaseType=row["RELEASE_TYPE"],
    )


def key_date(person: Person, row: Row) -> Row:
    """CustodyDate."""
    return message(
        "CustodyDate",
        person,
        row["case"].event,
        row["KEY_DATE_ID"],
        KeyDateID=key_or_zero(row | {"local_only": row["case"].event.get("local_only")}, "KEY_DATE_ID"),
        **event_keys(row["case"].event),
        KeyDateType=row["KEY_DATE_TYPE"],
        KeyDate=row["KEY_DATE"],
    )


def contact(person: Person, row: Row, records: Records) -> Row:
    """Contact."""
    known = records.by_key["EVENT"].get(row["EVENT_ID"])
    # the gateway names a requirement by its nDelius key alone, so not one that has none yet
    requirement = records.by_key["RQMNT"].get(row.get("RQMNT_ID", 0), {"local_only": True})
    return message(
        "Contact",
        person,
        row,
        row["CONTACT_ID"],
        ContactID=key_or_zero(row, "CONTACT_ID"),
        **(event_keys(known) if known else {}),
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
