"""What readers of nDelius ask for, as queries of the target's file."""

from delivered_cases import KINDS

COMPANY_AREA = "GLOB 'C[0-2][0-9]'"
"""Areas of companies: CRS, for commissioned services, is none."""

MOVED = "(SELECT OFFENDER_ID FROM MASTER_TRANSFER)"
"""Persons of whom something was transferred."""

FUTURE = "a.SOFT_DELETED = 0 AND a.APPOINTMENT_DATE >= '2021-06-26'"
OF_REGION = (
    "FROM UPW_APPOINTMENT a JOIN TEAM t ON t.TEAM_ID = a.TEAM_ID "
    "JOIN PROBATION_AREA ta ON ta.PROBATION_AREA_ID = t.PROBATION_AREA_ID "
    "JOIN UPW_PROJECT p ON p.UPW_PROJECT_ID = a.UPW_PROJECT_ID "
    "JOIN PROBATION_AREA pa ON pa.PROBATION_AREA_ID = p.PROBATION_AREA_ID "
    f"WHERE ta.CODE LIKE 'N%' AND {FUTURE}"
)
"""Sessions from Day 1 on at a team of a region, with their project."""

DAYS = (
    "SELECT 1 FROM UPW_PROJECT_AVAILABILITY v JOIN UPW_DAY d ON d.UPW_DAY_ID = v.UPW_DAY_ID "
    "WHERE v.UPW_PROJECT_ID = p.UPW_PROJECT_ID AND d.WEEK_DAY = CASE strftime('%w', a.APPOINTMENT_DATE) "
    "WHEN '0' THEN 'SUNDAY' WHEN '1' THEN 'MONDAY' WHEN '2' THEN 'TUESDAY' WHEN '3' THEN 'WEDNESDAY' "
    "WHEN '4' THEN 'THURSDAY' WHEN '5' THEN 'FRIDAY' ELSE 'SATURDAY' END"
)
"""The project is open on the day of the session: session lists join these rows."""

EVENT_IS_LIVE = "e.ACTIVE_FLAG = 1 AND e.SOFT_DELETED = 0"
LIVE = {
    "OM": "OFFENDER c WHERE 1 = 1",
    "OS": "EVENT c WHERE c.ACTIVE_FLAG = 1",
    "RQ": "RQMNT c JOIN DISPOSAL d USING (DISPOSAL_ID) JOIN EVENT e USING (EVENT_ID) "
    f"WHERE c.ACTIVE_FLAG = 1 AND {EVENT_IS_LIVE} AND d.SOFT_DELETED = 0",
    "LC": "LIC_CONDITION c JOIN DISPOSAL d USING (DISPOSAL_ID) JOIN EVENT e USING (EVENT_ID) "
    f"WHERE c.ACTIVE_FLAG = 1 AND {EVENT_IS_LIVE} AND d.SOFT_DELETED = 0",
    "PSS": "PSS_RQMNT c JOIN CUSTODY u USING (CUSTODY_ID) JOIN DISPOSAL d USING (DISPOSAL_ID) "
    "JOIN EVENT e USING (EVENT_ID) "
    f"WHERE c.ACTIVE_FLAG = 1 AND {EVENT_IS_LIVE} AND u.SOFT_DELETED = 0 AND d.SOFT_DELETED = 0",
    "NSI": "NSI c WHERE c.ACTIVE_FLAG = 1",
    "CR": "COURT_REPORT c WHERE c.COMPLETED_DATE IS NULL",
    "IR": "INSTITUTIONAL_REPORT c WHERE c.DATE_COMPLETED IS NULL",
}
"""Kind to the rows that are live (delius.md, live components)."""


def at_company(kind: str, persons: str = MOVED) -> str:
    """Keys of live components of `persons` that somebody of a company manages."""
    table, managers = KINDS[kind]
    return (
        f"SELECT {table}_ID FROM {managers} m JOIN PROBATION_AREA a USING (PROBATION_AREA_ID) "
        f"JOIN (SELECT c.{table}_ID, c.OFFENDER_ID AS PERSON FROM {LIVE[kind]} AND c.SOFT_DELETED = 0) "
        f"USING ({table}_ID) WHERE m.END_DATE IS NULL AND m.SOFT_DELETED = 0 "
        f"AND a.CODE {COMPANY_AREA} AND PERSON IN {persons}"
    )


def _of_company_team(what: str, persons: str) -> str:
    return (
        f"{what} JOIN TEAM t ON t.TEAM_ID = x.TEAM_ID "
        "JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = t.PROBATION_AREA_ID "
        f"WHERE a.CODE {COMPANY_AREA} AND x.SOFT_DELETED = 0 AND x.OFFENDER_ID IN {persons}"
    )


def left_at_companies(persons: str = MOVED) -> dict[str, str]:
    """What readers of a region do not find, because it still stands with a company: of `persons`."""
    diary = _of_company_team("SELECT CONTACT_ID FROM CONTACT x", persons)
    sessions = _of_company_team("SELECT UPW_APPOINTMENT_ID FROM UPW_APPOINTMENT x", persons)
    orders = _of_company_team(
        "SELECT UPW_DETAILS_ID FROM UPW_DETAILS x JOIN DISPOSAL d USING (DISPOSAL_ID)", persons
    )
    return {f"component {kind}": at_company(kind, persons) for kind in KINDS} | {
        "future contact": f"{diary} AND x.CONTACT_DATE >= '2021-06-26'",
        "future session": f"{sessions} AND x.APPOINTMENT_DATE >= '2021-06-26'",
        "live order": f"{orders} AND d.ACTIVE_FLAG = 1 AND d.SOFT_DELETED = 0",
    }


ONE_LOGIN = "SELECT MIN(USER_ID) FROM USER_ GROUP BY lower(DISTINGUISHED_NAME) HAVING COUNT(*) > 1"
"""A login that names several users: readers expect exactly one."""

SERVICE_WITHOUT_EVENT = (
    "SELECT n.NSI_ID FROM NSI n JOIN R_NSI_TYPE t USING (NSI_TYPE_ID) "
    f"LEFT JOIN EVENT e ON e.EVENT_ID = n.EVENT_ID AND {EVENT_IS_LIVE} "
    "WHERE (t.CODE LIKE 'CRS%' OR t.OFFENDER_LEVEL = 0) "
    "AND n.ACTIVE_FLAG = 1 AND n.SOFT_DELETED = 0 AND e.EVENT_ID IS NULL"
)
"""Commissioned services, and whatever is of an event alone, are looked for through live events."""

SENTENCE_UNSEEN = (
    "SELECT o.OFFENDER_ID FROM OFFENDER o WHERE o.CURRENT_DISPOSAL = 0 AND o.SOFT_DELETED = 0 AND EXISTS ("
    "SELECT 1 FROM DISPOSAL d JOIN EVENT e USING (EVENT_ID) WHERE d.OFFENDER_ID = o.OFFENDER_ID "
    "AND d.ACTIVE_FLAG = 1 AND d.SOFT_DELETED = 0 AND e.SOFT_DELETED = 0)"
)
"""Persons with a live sentence that the flag hides."""

PROJECT_OF_COMPANY = f"SELECT a.UPW_APPOINTMENT_ID {OF_REGION} AND pa.CODE NOT LIKE 'N%'"
PROJECT_CLOSED = f"SELECT a.UPW_APPOINTMENT_ID {OF_REGION} AND NOT EXISTS ({DAYS})"
"""Sessions of a region that no session list shows."""

WRONG = {
    "login of several users": ONE_LOGIN,
    "session at a company's project": PROJECT_OF_COMPANY,
    "session on a day without its project": PROJECT_CLOSED,
    "commissioned service without a live event": SERVICE_WITHOUT_EVENT,
    "live sentence that the flag hides": SENTENCE_UNSEEN,
} | left_at_companies()
"""What must not be after Day 1, to the keys of the rows of which it is so."""

EVERYBODY = "(SELECT OFFENDER_ID FROM OFFENDER)"
BEFORE = left_at_companies(EVERYBODY)
"""What a company had on the evening before."""

OF_DAY_1 = (
    "(SELECT c.*, y.CODE FROM CONTACT c JOIN R_CONTACT_TYPE y USING (CONTACT_TYPE_ID) "
    "WHERE c.CONTACT_DATE LIKE '2021-06-26%' AND c.SOFT_DELETED = 0)"
)
TOLD = {
    "OFFENDER_TRANSFER": ("ETOM", "t.OFFENDER_ID = c.OFFENDER_ID"),
    "ORDER_TRANSFER": ("ETOS", "t.EVENT_ID = c.EVENT_ID"),
    "RQMNT_TRANSFER": ("ETRC", "t.RQMNT_ID = c.RQMNT_ID"),
    "LIC_CONDITION_TRANSFER": ("ETRC", "t.LIC_CONDITION_ID = c.LIC_CONDITION_ID"),
    "PSS_RQMNT_TRANSFER": ("ETRC", "t.PSS_RQMNT_ID = c.PSS_RQMNT_ID"),
    "NSI_TRANSFER": ("NTRS", "t.NSI_ID = c.NSI_ID"),
}
"""Transfer table to the contact that nDelius writes, and what lays one beside the other."""


def contacts_of(table: str) -> str:
    """Key of each row of a transfer table, and how many contacts tell of it."""
    code, beside = TOLD[table]
    return (
        f"SELECT t.{table}_ID, COUNT(c.CONTACT_ID) FROM {table} t "
        f"LEFT JOIN {OF_DAY_1} c ON c.CODE = '{code}' AND {beside} GROUP BY 1"
    )
