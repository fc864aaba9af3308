"""Proof 4: nothing is left with a closing company. Read from the target alone, company by company.

Looks for active managers, future contacts and appointments, live unpaid work orders, pending transfers, open
responsible officers: every row that still names a closing area or one of its teams.
"""

import datetime as dt
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from reconcile.sources.cases import kinds
from vocabulary import calendar
from vocabulary.companies import companies

SCHEMA = dict.fromkeys(("company", "rule", "table", "key", "column", "person"), pl.String)
K01 = "K01"
DAY_1 = f"'{calendar.DAY_1}'"
AFTER_DAY_1 = f"'{calendar.DAY_1 + dt.timedelta(days=1)}'"
AREA, TEAM = "PROBATION_AREA_ID", "TEAM_ID"


@dataclass(frozen=True)
class Look:
    """One query: rows of `table` that stand with a closing company by `column`."""

    table: str
    key: str
    column: str
    person: str
    join: str
    where: str


def find_left(connection: sa.Connection) -> pl.DataFrame:
    """SCHEMA of every row that still stands with a closing company."""
    found: list[tuple[str, ...]] = []
    for look in looks():
        rows = connection.exec_driver_sql(_query(look)).fetchall()
        found += [
            (str(area), K01, look.table, str(key), look.column, "" if person is None else str(person))
            for area, key, person in rows
        ]
    return pl.DataFrame(found, schema=SCHEMA, orient="row").unique(
        ["table", "key"], keep="first", maintain_order=True
    )


def looks() -> list[Look]:
    """Everything that must not stay."""
    found = []
    for kind in kinds().values():
        above = f"JOIN {kind.table} c ON c.{kind.manager_column} = t.{kind.manager_column}"
        found.append(
            Look(
                kind.manager_table,
                f"{kind.manager_table}_ID",
                AREA,
                "c.OFFENDER_ID",
                f"{above} JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = t.PROBATION_AREA_ID",
                f"t.ACTIVE_FLAG = 1 AND t.SOFT_DELETED = 0 AND {_is_live(kind.kind)}",
            )
        )
        if kind.has_pending:
            found.append(_pending(kind.table, kind.manager_column, kind.manager_table))
    of_team = (
        "JOIN TEAM m ON m.TEAM_ID = t.TEAM_ID "
        "JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = m.PROBATION_AREA_ID"
    )
    of_area = "JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = t.PROBATION_AREA_ID"
    future = f"t.SOFT_DELETED = 0 AND t.CONTACT_DATE >= {DAY_1}"
    found += [
        Look("CONTACT", "CONTACT_ID", TEAM, "t.OFFENDER_ID", of_team, future),
        Look("CONTACT", "CONTACT_ID", AREA, "t.OFFENDER_ID", of_area, future),
        Look(
            "UPW_APPOINTMENT", "UPW_APPOINTMENT_ID", TEAM, "t.OFFENDER_ID", of_team,
            f"t.SOFT_DELETED = 0 AND t.APPOINTMENT_DATE >= {DAY_1}",
        ),
        Look("UPW_DETAILS", "UPW_DETAILS_ID", TEAM, "t.OFFENDER_ID", of_team, _live_order()),
        Look(
            "RESPONSIBLE_OFFICER", "RESPONSIBLE_OFFICER_ID", "OFFENDER_MANAGER_ID", "t.OFFENDER_ID",
            "JOIN OFFENDER_MANAGER o ON o.OFFENDER_MANAGER_ID = t.OFFENDER_MANAGER_ID "
            "JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = o.PROBATION_AREA_ID",
            "t.END_DATE IS NULL AND EXISTS (SELECT 1 FROM OFFENDER p WHERE p.OFFENDER_ID = t.OFFENDER_ID "
            "AND p.SOFT_DELETED = 0)",  # whoever was merged away stays as it is, below what is deleted
        ),
        *(_user_of(table) for table in ("RESTRICTION", "EXCLUSION")),
    ]  # fmt: skip
    return found


def _is_live(kind: str) -> str:
    """The component `c` of a manager row is live: a closed one keeps its managers as they are (delius.md)."""
    there = "c.SOFT_DELETED = 0"
    of_event = "JOIN EVENT e ON e.EVENT_ID = d.EVENT_ID WHERE e.ACTIVE_FLAG = 1 AND e.SOFT_DELETED = 0"
    match kind:
        case "OM":
            return there
        case "OS" | "NSI":
            return f"{there} AND c.ACTIVE_FLAG = 1"
        case "RQ" | "LC":
            event = f"SELECT 1 FROM DISPOSAL d {of_event} AND d.DISPOSAL_ID = c.DISPOSAL_ID"  # nosec B608 # names only
        case "PSS":
            custody = "JOIN CUSTODY k ON k.DISPOSAL_ID = d.DISPOSAL_ID"
            of_custody = f"{custody} {of_event} AND k.CUSTODY_ID = c.CUSTODY_ID"
            event = f"SELECT 1 FROM DISPOSAL d {of_custody}"  # nosec B608 # names only
        case "CR":
            return f"{there} AND c.COMPLETED_DATE IS NULL"
        case _:
            return f"{there} AND c.DATE_COMPLETED IS NULL"
    return f"{there} AND c.ACTIVE_FLAG = 1 AND EXISTS ({event})"


def _user_of(table: str) -> Look:
    """An active restriction or exclusion that names an account of the company's staff."""
    return Look(
        table, f"{table}_ID", "USER_ID", "t.OFFENDER_ID",
        "JOIN USER_ u ON u.USER_ID = t.USER_ID JOIN STAFF s ON s.STAFF_ID = u.STAFF_ID "
        "JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = s.PROBATION_AREA_ID",
        f"(t.{table}_END_DATE IS NULL OR t.{table}_END_DATE >= {AFTER_DAY_1})",
    )  # fmt: skip


def _pending(table: str, key: str, manager: str) -> Look:
    """A transfer that is pending, of a component whose manager was the company's until Day 1."""
    return Look(
        table, key, "PENDING_TRANSFER", "t.OFFENDER_ID",
        f"JOIN {manager} o ON o.{key} = t.{key} AND (o.ACTIVE_FLAG = 1 OR o.END_DATE >= {DAY_1}) "
        "JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = o.PROBATION_AREA_ID",
        "t.PENDING_TRANSFER = 1 AND t.SOFT_DELETED = 0",
    )  # fmt: skip


def _live_order() -> str:
    """On a live event and an active sentence, and its unpaid work requirement has not ended."""
    work = (
        "SELECT 1 FROM RQMNT r JOIN R_RQMNT_TYPE_MAIN_CATEGORY k "
        "ON k.RQMNT_TYPE_MAIN_CATEGORY_ID = r.RQMNT_TYPE_MAIN_CATEGORY_ID "
        "WHERE r.DISPOSAL_ID = t.DISPOSAL_ID AND k.CODE = 'W' AND r.SOFT_DELETED = 0"
    )
    live_work = f"{work} AND r.ACTIVE_FLAG = 1"
    return (
        "t.SOFT_DELETED = 0 AND EXISTS (SELECT 1 FROM DISPOSAL d JOIN EVENT e ON e.EVENT_ID = d.EVENT_ID "
        "WHERE d.DISPOSAL_ID = t.DISPOSAL_ID AND d.ACTIVE_FLAG = 1 AND d.SOFT_DELETED = 0 "
        "AND e.ACTIVE_FLAG = 1 AND e.SOFT_DELETED = 0) "  # nosec B608 # names only
        f"AND (EXISTS ({live_work}) OR NOT EXISTS ({work}))"
    )


def _query(look: Look) -> str:
    areas = ", ".join(f"'{code}'" for code in companies())
    return (
        f"SELECT DISTINCT a.CODE, t.{look.key}, {look.person} FROM {look.table} t {look.join} "
        f"WHERE a.CODE IN ({areas}) AND {look.where} ORDER BY t.{look.key}"  # nosec B608 # names only
    )
