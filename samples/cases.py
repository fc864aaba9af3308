"""Events with offence and sentence, requirements, NSIs, and the managers of all of these."""

import datetime as dt
from dataclasses import dataclass

from samples.dates import EARLIEST_SENTENCE, EXTRACT, LATEST_SENTENCE, days
from samples.world import Desk, Person, Row, World, key_column

MANAGED = {
    "OFFENDER_MANAGER": "OFFENDER",
    "ORDER_MANAGER": "EVENT",
    "RQMNT_MANAGER": "RQMNT",
    "LIC_CONDITION_MANAGER": "LIC_CONDITION",
    "PSS_RQMNT_MANAGER": "PSS_RQMNT",
    "NSI_MANAGER": "NSI",
    "REPORT_MANAGER": "EVENT",
}
"""Manager table to the table it manages. A report manager names its report as well as the event."""
OFFENCES = ("00857", "03900", "10400", "19511")


@dataclass(frozen=True)
class Case:
    """One event of a person; `disposal` is None before sentence, `ended` the day it was closed."""

    person: Person
    event: Row
    disposal: Row | None
    start: dt.date
    ended: dt.date | None

    @property
    def sentence(self) -> Row:
        """The sentence of a sentenced event."""
        if self.disposal is None:
            raise LookupError("This event has no sentence; open it with one.")
        return self.disposal


def add_managers(
    world: World, table: str, row: Row, desk: Desk, start: dt.date, ended: dt.date | None = None
) -> Row:
    """Add the manager of `row`, active unless `ended` is given; every fourth had another one before."""
    key = key_column(MANAGED[table])
    first = "IN1"
    if row[key] % 4 == 0 and (EXTRACT - start).days > 60:
        change = start + days(30)
        _manager(world, table, row, desk, start, change, first)
        start, first = change, "REA"
    return _manager(world, table, row, desk, start, ended, first)


def _manager(
    world: World, table: str, row: Row, desk: Desk, start: dt.date, end: dt.date | None, reason: str
) -> Row:
    key = key_column(MANAGED[table])
    began = "START_DATE" if table == "NSI_MANAGER" else "ALLOCATION_DATE"
    values = {
        key: row[key],
        "PROBATION_AREA_CODE": desk.area,
        "TEAM_CODE": desk.team,
        "OFFICER_CODE": desk.officer,
        began: start,
        "END_DATE": max(end, start) if end else None,
        "ALLOCATION_REASON_CODE": reason,
        "ACTIVE_FLAG": end is None,
        "SOFT_DELETED": False,
    }
    return world.add(table, **values)


def add_person_managers(world: World, person: Person) -> None:
    """Add the offender manager and the responsible officer who points at it."""
    start = world.draw.day(dt.date(2020, 1, 6), dt.date(2020, 6, 30))
    manager = add_managers(world, "OFFENDER_MANAGER", person.row, person.place.person, start)
    world.add(
        "RESPONSIBLE_OFFICER",
        OFFENDER_ID=person.id,
        OFFENDER_MANAGER_ID=manager["OFFENDER_MANAGER_ID"],
        START_DATE=manager["ALLOCATION_DATE"],
    )


def add_prison_manager(world: World, person: Person, *, alone: bool) -> None:
    """Somebody in prison is responsible; where not `alone`, nobody ended the offender manager's row."""
    officer = next(row for row in world.tables["RESPONSIBLE_OFFICER"] if row["OFFENDER_ID"] == person.id)
    prison = {"PRISON_OFFENDER_MANAGER_ID": world.draw.key("PRISON_OFFENDER_MANAGER")}
    if alone:
        officer.update(prison, OFFENDER_MANAGER_ID=None)
    else:
        world.add("RESPONSIBLE_OFFICER", OFFENDER_ID=person.id, START_DATE=officer["START_DATE"], **prison)


def open_case(
    world: World,
    person: Person,
    disposal_type: str | None,
    ended: bool = False,
    sentenced: dt.date | None = None,
    lasted: int | None = None,
) -> Case:
    """Add an event with its offence, its order manager and, unless `disposal_type` is None, its sentence.

    One that has `ended` lasted so many days.
    """
    draw = world.draw
    start = sentenced or draw.day(EARLIEST_SENTENCE, LATEST_SENTENCE)
    end = start + days(lasted or draw.number(30, 50)) if ended else None
    number = draw.next(f"event {person.id} {person.home}")
    event = world.add(
        "EVENT",
        OFFENDER_ID=person.id,
        EVENT_NUMBER=str(number),
        REFERRAL_DATE=start,
        CONVICTION_DATE=start - days(2),
        ACTIVE_FLAG=not ended,
        IN_BREACH=False,
        FTC_COUNT=draw.number(0, 2),
        PENDING_TRANSFER=False,
        SOFT_DELETED=False,
        rsr=round(draw.number(5, 900) / 100, 2),
    )
    world.add(
        "MAIN_OFFENCE",
        EVENT_ID=event["EVENT_ID"],
        OFFENDER_ID=person.id,
        OFFENCE_CODE=draw.pick(OFFENCES),
        OFFENCE_DATE=start - days(draw.number(20, 200)),
        OFFENCE_COUNT=draw.number(1, 3),
        SOFT_DELETED=False,
    )
    add_managers(world, "ORDER_MANAGER", event, person.place.order, start, end)
    disposal = _disposal(world, person, event, disposal_type, start, end) if disposal_type else None
    return Case(person, event, disposal, start, end)


def _disposal(
    world: World, person: Person, event: Row, disposal_type: str, start: dt.date, end: dt.date | None
) -> Row:
    months = world.draw.pick((12, 18, 24))
    if end is None:
        person.row["CURRENT_DISPOSAL"] = True
    return world.add(
        "DISPOSAL",
        EVENT_ID=event["EVENT_ID"],
        OFFENDER_ID=person.id,
        DISPOSAL_TYPE_CODE=disposal_type,
        DISPOSAL_DATE=start,
        LENGTH=months,
        ENTRY_LENGTH_UNITS_CODE="M",
        NOTIONAL_END_DATE=start + days(months * 30),
        TERMINATION_DATE=end,
        DISPOSAL_TERMINATION_REASON_CODE="COMP" if end else "",
        ACTIVE_FLAG=end is None,
        UPW=False,
        SOFT_DELETED=False,
    )


def add_requirement(
    world: World, case: Case, main: str, sub: str, length: int, desk: Desk, ended: dt.date | None = None
) -> Row:
    """Add a requirement with its manager; it is closed with its event, or on `ended`."""
    end = case.ended or ended
    row = world.add(
        "RQMNT",
        DISPOSAL_ID=case.sentence["DISPOSAL_ID"],
        OFFENDER_ID=case.person.id,
        RQMNT_TYPE_MAIN_CATEGORY_CODE=main,
        RQMNT_TYPE_SUB_CATEGORY_CODE=sub,
        START_DATE=case.start,
        COMMENCEMENT_DATE=case.start + days(14),
        EXPECTED_END_DATE=case.sentence["NOTIONAL_END_DATE"],
        TERMINATION_DATE=end,
        RQMNT_TERMINATION_REASON_CODE="COMP" if end else "",
        LENGTH=length,
        RAR_COUNT=world.draw.number(0, length // 2) if main == "F" else None,
        ACTIVE_FLAG=end is None,
        PENDING_TRANSFER=False,
        SOFT_DELETED=False,
    )
    add_managers(world, "RQMNT_MANAGER", row, desk, case.start, end)
    return row


def add_nsi(
    world: World, person: Person, desk: Desk, nsi_type: str, case: Case | None = None, is_done: bool = False
) -> Row:
    """Add an NSI with its manager at person or event level; a done one is closed."""
    referred = (case.start if case else dt.date(2021, 3, 1)) + days(20)
    ended = referred + days(35) if is_done else None
    row = world.add(
        "NSI",
        OFFENDER_ID=person.id,
        EVENT_ID=case.event["EVENT_ID"] if case else None,
        NSI_TYPE_CODE=nsi_type,
        NSI_SUB_TYPE_CODE="BRE01" if nsi_type == "BRE" else "",
        REFERRAL_DATE=referred,
        ACTUAL_START_DATE=referred + days(7),
        ACTUAL_END_DATE=ended,
        NSI_STATUS_CODE="COMP" if ended else "INPROG",
        NSI_STATUS_DATE=dt.datetime.combine(ended or referred + days(7), dt.time(9, 0)),
        NSI_OUTCOME_CODE="COMP" if ended else "",
        ACTIVE_FLAG=ended is None,
        PENDING_TRANSFER=False,
        SOFT_DELETED=False,
    )
    add_managers(world, "NSI_MANAGER", row, desk, referred, ended)
    return row
