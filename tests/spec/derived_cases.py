"""One person whose event, components and managers lie in a bare target: the ground of the derived figures."""

import sqlalchemy as sa
from bare_target import put

PERSON = 1
"""Id of the person, and of each row that a component hangs on: one of each kind is there."""

ROWS = {
    "OFFENDER": {"FIRST_NAME": "Qx", "SURNAME": "Zz", "CRN": "X000001"},
    "EVENT": {"EVENT_ID": 1, "SOFT_DELETED": 0},
    "DISPOSAL": {"DISPOSAL_ID": 1, "EVENT_ID": 1, "ACTIVE_FLAG": 1, "DISPOSAL_TYPE_ID": 5, "LENGTH": 12},
    "CUSTODY": {"CUSTODY_ID": 1, "DISPOSAL_ID": 1},
    "RQMNT": {"RQMNT_ID": 1, "DISPOSAL_ID": 1, "LENGTH": 30, "RQMNT_TYPE_MAIN_CATEGORY_ID": 6},
    "LIC_CONDITION": {"LIC_CONDITION_ID": 1, "DISPOSAL_ID": 1},
    "PSS_RQMNT": {"PSS_RQMNT_ID": 1, "CUSTODY_ID": 1, "IMPOSED_DATE": "2021-02-02 00:00:00"},
    "NSI": {"NSI_ID": 1, "EVENT_ID": 1, "RQMNT_ID": 1, "ACTUAL_START_DATE": "2021-03-03 00:00:00"},
}
MANAGED = {
    "OM": ("OFFENDER_MANAGER", "OFFENDER_ID"),
    "OS": ("ORDER_MANAGER", "EVENT_ID"),
    "RQ": ("RQMNT_MANAGER", "RQMNT_ID"),
    "LC": ("LIC_CONDITION_MANAGER", "LIC_CONDITION_ID"),
    "PQ": ("PSS_RQMNT_MANAGER", "PSS_RQMNT_ID"),
    "NSI": ("NSI_MANAGER", "NSI_ID"),
    "POM": ("PRISON_OFFENDER_MANAGER", "OFFENDER_ID"),
    "RM": ("REPORT_MANAGER", "EVENT_ID"),
}
"""Role to its table and the column that names what is managed."""


def put_case(connection: sa.Connection) -> None:
    """The person with one event, sentence and component of each kind; no manager, no contact."""
    for table, values in ROWS.items():
        put(connection, table, **{"OFFENDER_ID": PERSON, **values})


def put_manager(connection: sa.Connection, text: str, number: int) -> None:
    """A manager row drawn as `ROLE area [closed|deleted]`, with id `number`."""
    role, area, *state = text.split()
    table, managed = MANAGED[role]
    values = {
        managed: 1,
        f"{table}_ID": number,
        "PROBATION_AREA_ID": int(area),
        "ACTIVE_FLAG": int("closed" not in state),
        "SOFT_DELETED": int("deleted" in state),
    }
    if role == "PQ":
        values["STAFF_EMPLOYEE_ID"] = 0  # may be empty in this table alone; a load always fills it
    put(connection, table, **values)
