"""What every message of a gateway company needs: its envelope, and the world indexed by person and by key."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from samples.cases import MANAGED
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


def message(record: str, person: Person, row: Row, key: int, **elements: Any) -> Row:
    """One message: the envelope every record has, and its elements."""
    is_new = bool(row.get("local_only"))
    return {
        "record": record,
        "sent_with": person.id,
        "is_new": is_new,
        "crn": "" if person.row.get("local_only") else person.row["CRN"],
        "person_ref": local_reference(person.id),
        "version": "0" * 32 if is_new else f"{key:032X}",
        "LocalRecordReference": local_record(record, key),
        "OffenderID": key_or_zero(person.row, "OFFENDER_ID"),
        **elements,
    }


def key_or_zero(row: Row, column: str) -> int:
    """The nDelius key of a row; 0 when nDelius has not acknowledged it."""
    key: int = 0 if row.get("local_only") else row[column]
    return key


def event_keys(event: Row) -> Row:
    """The nDelius key and the own number of the event a record hangs on."""
    reference = local_record("Event", event["EVENT_ID"])
    return {"EventID": key_or_zero(event, "EVENT_ID"), "LocalEventReference": reference}


def desk(manager: Row, prefix: str) -> Row:
    """Who manages, in the elements that begin with `prefix`."""
    return {
        f"{prefix}Provider": manager["PROBATION_AREA_CODE"],
        f"{prefix}ResponsibleTeam": manager["TEAM_CODE"],
        f"{prefix}ResponsibleOfficer": manager["OFFICER_CODE"],
    }
