"""Cuts the world into deliveries: the baseline, and each company's slice of it."""

from collections import defaultdict

from samples import facts
from samples.cases import MANAGED
from samples.delivery import BASELINE, Delivery
from samples.world import Row, World, key_column

AREA_TABLES = ("TEAM", "STAFF", "UPW_PROJECT")
"""Tables that belong to an area, not to a person."""


def baseline(world: World, cycle: str, spec_version: str = facts.LATEST_VERSION) -> Delivery:
    """Everything nDelius knows: all rows but those that only a company's own system holds."""
    delivery = Delivery(BASELINE, cycle, spec_version=spec_version)
    for table in facts.parts("delius"):
        delivery.parts["delius", table] = [
            dict(row) for row in world.tables[table] if not row.get("local_only")
        ]
    return delivery


def add_slice(world: World, delivery: Delivery) -> None:
    """Add a company's provider extract to its delivery.

    It holds the persons with an active manager of any kind in the company's area, all that belongs to
    them whoever owns it, and the teams, staff, users and projects of the area.
    """
    owner = owners(world)
    persons = {
        owner[table, row[key_column(MANAGED[table])]] if table != "OFFENDER_MANAGER" else row["OFFENDER_ID"]
        for table in MANAGED
        for row in world.tables[table]
        if row["ACTIVE_FLAG"] and not row["SOFT_DELETED"] and row["PROBATION_AREA_CODE"] == delivery.company
    }
    staff = {
        row["STAFF_ID"] for row in world.tables["STAFF"] if row["PROBATION_AREA_CODE"] == delivery.company
    }
    for table in facts.parts("delius"):
        delivery.parts["delius", table] = [
            dict(row)
            for row in world.tables[table]
            if _belongs(table, row, delivery.company, persons, staff, owner)
        ]


def owners(world: World) -> dict[tuple[str, int], int]:
    """Manager table and key of the managed row to the person it belongs to."""
    found: dict[tuple[str, int], int] = {}
    for table, managed in MANAGED.items():
        key = key_column(managed)
        found |= {(table, row[key]): row["OFFENDER_ID"] for row in world.tables[managed]}
    return found


def _belongs(
    table: str, row: Row, company: str, persons: set[int], staff: set[int], owner: dict[tuple[str, int], int]
) -> bool:
    if table in AREA_TABLES:
        return bool(row["PROBATION_AREA_CODE"] == company)
    if table in ("STAFF_TEAM", "USER_"):
        return row["STAFF_ID"] in staff
    if table in MANAGED and table != "OFFENDER_MANAGER":
        return owner[table, row[key_column(MANAGED[table])]] in persons
    return row["OFFENDER_ID"] in persons


def by_person(rows: list[Row]) -> dict[int, list[Row]]:
    """Rows by the person they belong to."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["OFFENDER_ID"]].append(row)
    return found
