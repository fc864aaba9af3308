"""Contacts, registrations, restrictions and exclusions."""

import datetime as dt

from samples.cases import Case
from samples.dates import DAY_1, EXTRACT, days
from samples.world import Desk, Person, Row, World

TYPES = ("COAI", "CHVS", "C084", "ECOM", "C204")
COMPONENT_KEYS = ("RQMNT_ID", "LIC_CONDITION_ID", "PSS_RQMNT_ID", "NSI_ID")


def add_contacts(world: World, person: Person, case: Case | None, component: Row | None) -> None:
    """Add past and future contacts of the person, at event and component level where there is one."""
    desk = person.place.person
    last = EXTRACT - days(world.draw.number(0, 20))
    for weeks in range(4):
        row = _contact(world, person, desk, last - days(weeks * 7), case if weeks else None)
        row["CONTACT_OUTCOME_TYPE_CODE"] = world.draw.pick(("ATTC", "ATTC", "UAAB", "AAME"))
    _contact(world, person, desk, DAY_1 + days(person.id % 3), case)
    future = _contact(world, person, desk, DAY_1 + days(14), case)
    if case and component:
        _attach(future, component)
    if person.id % 5 == 0:
        _contact(world, person, desk, last - days(50), case).update(SOFT_DELETED=True)


def _contact(world: World, person: Person, desk: Desk, date: dt.date, case: Case | None) -> Row:
    number = world.draw.next("note")
    return world.add(
        "CONTACT",
        OFFENDER_ID=person.id,
        EVENT_ID=case.event["EVENT_ID"] if case else None,
        CONTACT_TYPE_CODE=TYPES[number % len(TYPES)],
        CONTACT_DATE=date,
        CONTACT_START_TIME=dt.time(10, 15 * (number % 4)),
        RAR_ACTIVITY=False,
        SENSITIVE=number % 9 == 0,
        PROBATION_AREA_CODE=desk.area,
        TEAM_CODE=desk.team,
        OFFICER_CODE=desk.officer,
        NOTES=f"Sample note {number}" if number % 3 else "",
        SOFT_DELETED=False,
    )


def _attach(contact: Row, component: Row) -> None:
    """Hang the contact at one component; at most one of the component keys is set."""
    key = next(name for name in COMPONENT_KEYS if name in component)
    contact[key] = component[key]
    contact["RAR_ACTIVITY"] = component.get("RQMNT_TYPE_MAIN_CATEGORY_CODE") == "F"


def add_registration(world: World, person: Person) -> None:
    """Add a registration; every other one is closed."""
    desk = person.place.person
    world.add(
        "REGISTRATION",
        OFFENDER_ID=person.id,
        REGISTER_TYPE_CODE=world.draw.pick(("ALSH", "ADVP", "ADVV", "AV2S", "AMHL")),
        REGISTRATION_DATE=dt.date(2020, 12, 1),
        NEXT_REVIEW_DATE=dt.date(2021, 9, 1),
        REGISTERING_TEAM_CODE=desk.team,
        REGISTERING_OFFICER_CODE=desk.officer,
        DEREGISTERED=person.id % 2 == 0,
        SOFT_DELETED=False,
    )


def add_restriction(world: World, person: Person, users: list[str]) -> None:
    """Restrict the record to `users`; an ended row of the first user stands before the active ones."""
    person.row.update(CURRENT_RESTRICTION=True, RESTRICTION_MESSAGE="Sample message")
    ends = [dt.date(2021, 1, 31)] + [None] * len(users)
    for user, end in zip([users[0], *users], ends, strict=True):
        world.add(
            "RESTRICTION",
            OFFENDER_ID=person.id,
            USER_NAME=user,
            RESTRICTION_DATE=dt.date(2020, 12, 1) if end else dt.date(2021, 2, 1),
            RESTRICTION_TIME=dt.time(9, 0),
            RESTRICTION_END_DATE=end,
            RESTRICTION_REASON_CODE="OTHER",
        )


def add_exclusion(world: World, person: Person, user: str) -> None:
    """Exclude one user from the record."""
    person.row.update(CURRENT_EXCLUSION=True)
    world.add(
        "EXCLUSION",
        OFFENDER_ID=person.id,
        USER_NAME=user,
        EXCLUSION_DATE=dt.date(2021, 2, 1),
        EXCLUSION_REASON_CODE="OTHER",
    )
