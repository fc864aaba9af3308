"""Messages of unpaid work: orders, sessions, adjustments."""

from samples.cases import Case
from samples.spg_envelope import Records, event_keys, key_or_zero, message
from samples.world import Person, Row


def order(person: Person, row: Row, records: Records) -> Row:
    """UPWDetails."""
    return message(
        "UPWDetails",
        person,
        row,
        row["UPW_DETAILS_ID"],
        UPWDetailsID=key_or_zero(row, "UPW_DETAILS_ID"),
        **event_keys(records.events[row["DISPOSAL_ID"]]),
        UPWLengthMinutes=row["UPW_LENGTH_MINUTES"],
        UPWStatus=row["UPW_STATUS_CODE"],
        UPWTeam=row["TEAM_CODE"],
        UPWOfficer=row["OFFICER_CODE"],
    )


def session(person: Person, row: Row) -> Row:
    """UPWContact."""
    case: Case = row["case"]
    project: Row = row["project"]
    return message(
        "UPWContact",
        person,
        row,
        row["UPW_APPOINTMENT_ID"],
        UPWAppointmentID=key_or_zero(row, "UPW_APPOINTMENT_ID"),
        **event_keys(case.event),
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


def adjustment(person: Person, row: Row) -> Row:
    """UPWAdjustment."""
    case: Case = row["case"]
    return message(
        "UPWAdjustment",
        person,
        row,
        row["UPW_ADJUSTMENT_ID"],
        UPWAdjustmentID=key_or_zero(row, "UPW_ADJUSTMENT_ID"),
        **event_keys(case.event),
        AdjustmentType=row["ADJUSTMENT_TYPE"],
        AdjustmentMinutes=row["ADJUSTMENT_AMOUNT"],
        AdjustmentDate=row["ADJUSTMENT_DATE"],
        AdjustmentReason=row["ADJUSTMENT_REASON_CODE"],
    )
