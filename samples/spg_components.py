"""Messages of what is supervised: requirements, licence conditions, PSS requirements, NSIs."""

from samples.spg_envelope import Records, desk, event_keys, key_or_zero, message
from samples.world import Person, Row


def requirement(person: Person, row: Row, records: Records) -> Row:
    """CommunityRequirement."""
    return message(
        "CommunityRequirement",
        person,
        row,
        row["RQMNT_ID"],
        RequirementID=key_or_zero(row, "RQMNT_ID"),
        **event_keys(records.events[row["DISPOSAL_ID"]]),
        RequirementTypeMainCategory=row["RQMNT_TYPE_MAIN_CATEGORY_CODE"],
        RequirementTypeSubCategory=row["RQMNT_TYPE_SUB_CATEGORY_CODE"],
        ImposedDate=row["START_DATE"],
        Length=row["LENGTH"],
        ActualEndDate=row["TERMINATION_DATE"],
        TerminationReason=row["RQMNT_TERMINATION_REASON_CODE"],
        RARDaysDone=row["RAR_COUNT"],
        **desk(records.managers["RQMNT"][row["RQMNT_ID"]], "RQ"),
    )


def licence_condition(person: Person, row: Row, records: Records) -> Row:
    """LicenceCondition."""
    event = records.events[row["DISPOSAL_ID"]]
    return message(
        "LicenceCondition",
        person,
        row,
        row["LIC_CONDITION_ID"],
        LicConditionID=key_or_zero(row, "LIC_CONDITION_ID"),
        **event_keys(event),
        LicCondTypeMainCategory=row["LIC_COND_TYPE_MAIN_CAT_CODE"],
        LicCondTypeSubCategory=row["LIC_COND_TYPE_SUB_CAT_CODE"],
        SentenceDate=event["REFERRAL_DATE"],
        ActualStartDate=row["COMMENCEMENT_DATE"],
        ActualEndDate=row["TERMINATION_DATE"],
        TerminationReason=row["LIC_TERMINATION_REASON_CODE"],
        **desk(records.managers["LIC_CONDITION"][row["LIC_CONDITION_ID"]], "LC"),
    )


def pss_requirement(person: Person, row: Row, records: Records) -> Row:
    """PSSRequirement."""
    return message(
        "PSSRequirement",
        person,
        row,
        row["PSS_RQMNT_ID"],
        PSSRequirementID=key_or_zero(row, "PSS_RQMNT_ID"),
        **event_keys(row["case"].event),
        PSSRqmntTypeMainCategory=row["PSS_RQMNT_TYPE_MAIN_CAT_CODE"],
        ImposedDate=row["IMPOSED_DATE"],
        **desk(records.managers["PSS_RQMNT"][row["PSS_RQMNT_ID"]], "PS"),
    )


def nsi(person: Person, row: Row, records: Records) -> Row:
    """NSI."""
    event = records.by_key["EVENT"].get(row["EVENT_ID"])
    return message(
        "NSI",
        person,
        row,
        row["NSI_ID"],
        NSIID=key_or_zero(row, "NSI_ID"),
        **(event_keys(event) if event else {}),
        NSIType=row["NSI_TYPE_CODE"],
        ReferralDate=row["REFERRAL_DATE"],
        ActualStartDate=row["ACTUAL_START_DATE"],
        ActualEndDate=row["ACTUAL_END_DATE"],
        NSIStatus=row["NSI_STATUS_CODE"],
        NSIStatusDateTime=row["NSI_STATUS_DATE"],
        NSIOutcome=row["NSI_OUTCOME_CODE"],
        **desk(records.managers["NSI"][row["NSI_ID"]], "NSI"),
    )
