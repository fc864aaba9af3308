"""Unpaid work: projects, orders, what the case system holds of the sessions, and the schedule beside it."""

import datetime as dt
from dataclasses import dataclass

from samples import facts
from samples.cases import Case, add_requirement
from samples.dates import DAY_1, EXTRACT, days
from samples.world import Person, Row, World

LONG, SHORT = 450, 420
"""Minutes of a session, by the weekday of the placement."""
STARTS = dt.time(9, 30)
ENDS = {LONG: dt.time(17, 0), SHORT: dt.time(16, 30)}
OUTCOMES = ("ATTC", "ATTC", "ATTC", "UAAB", "ATTC", "AASD", "ATSH")
"""Outcomes of past sessions in turn; every owner has a code for each."""
SENT_HOME_AFTER = 60
"""Minutes credited to who was sent home; nobody's list but nDelius's says whose fault that was."""
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
GROUP, INDIVIDUAL, TRAINING = "NP1", "ICP", "UP06"
KINDS = ((GROUP, False), (INDIVIDUAL, False), (GROUP, True), (TRAINING, False), (GROUP, False))
"""Projects of a company: nDelius project type, and whether for women only. The last one has ended."""


@dataclass(frozen=True)
class Order:
    """One unpaid work order with its requirement."""

    case: Case
    requirement: Row
    details: Row


def add_projects(world: World, company: str, sets: int = 1) -> None:
    """Add `sets` of projects in each region where a company has teams, all known to nDelius too."""
    teams: dict[str, list[str]] = {}
    for line in facts.company_teams(company):
        if line["kind"] == "UPW":
            teams.setdefault(line["region"], []).append(line["crc_team"])
    everywhere = [(region, *kind) for _ in range(sets) for region in teams for kind in KINDS]
    for number, (region, kind, women_only) in enumerate(everywhere, start=1):
        ended = dt.date(2021, 3, 31) if number % len(KINDS) == 0 else None
        world.add(
            "UPW_PROJECT",
            CODE=f"{company}P{number:03d}",
            NAME=f"Sample Park {number}, north side",
            PROJECT_TYPE_CODE=kind,
            TEAM_CODE=teams[region][number % len(teams[region])],
            PROBATION_AREA_CODE=company,
            SELECTABLE=ended is None,
            COMPLETION_DATE=ended,
            region=region,
            women_only=women_only,
            starts=dt.date(2019, 4, 1),
        )


def projects(world: World, company: str) -> list[Row]:
    """The projects of one company."""
    return [row for row in world.tables["UPW_PROJECT"] if row["PROBATION_AREA_CODE"] == company]


def projects_near(world: World, person: Person, company: str) -> list[Row]:
    """A set of a company's projects in the region of the person's unpaid work team, one of each kind."""
    team = person.place.unpaid_work.team
    region = next(line["region"] for line in facts.company_teams(company) if line["crc_team"] == team)
    near = [row for row in projects(world, company) if row["region"] == region]
    first = person.id % (len(near) // len(KINDS)) * len(KINDS)
    return near[first : first + len(KINDS)]


def add_order(world: World, case: Case, hours: int, company: str) -> Order:
    """Add an unpaid work requirement of `hours`, its order and, unless the event is closed, its sessions."""
    desk = case.person.place.unpaid_work
    requirement = add_requirement(world, case, "W", "W01", hours, desk)
    case.sentence["UPW"] = True
    details = world.add(
        "UPW_DETAILS",
        DISPOSAL_ID=case.sentence["DISPOSAL_ID"],
        OFFENDER_ID=case.person.id,
        UPW_LENGTH_MINUTES=hours * 60,
        UPW_STATUS_CODE="COMP" if case.ended else "WIP",
        UPW_STATUS_DATE=case.ended or case.start + days(14),
        TEAM_CODE=desk.team,
        OFFICER_CODE=desk.officer,
        ALLOCATION_DATE=case.start + days(7),
        WORKED_INTENSIVELY=False,
        SOFT_DELETED=False,
        case=case,
    )
    order = Order(case, requirement, details)
    if case.ended is None:
        _work(world, order, company)
    return order


def _work(world: World, order: Order, company: str) -> None:
    choices = projects_near(world, order.case.person, company)
    is_woman = order.case.person.row["GENDER_CODE"] == "F"
    project = choices[2] if is_woman else choices[order.details["UPW_DETAILS_ID"] % 2]
    first = order.case.start + days(10)
    placement = _placement(world, order, company, project, first)
    left = order.details["UPW_LENGTH_MINUTES"] * 3 // 4
    dates = [first + days(7 * week) for week in range(100) if first + days(7 * week) < EXTRACT][-8:]
    for number, date in enumerate(dates):
        outcome = OUTCOMES[(number + order.details["UPW_DETAILS_ID"]) % len(OUTCOMES)]
        credited = {"ATTC": placement["minutes"], "ATSH": SENT_HOME_AFTER}.get(outcome, 0)
        if credited > left:
            break
        left -= credited
        is_in_both = number < len(dates) - 2
        # one session of training stays below the 20 per cent allowance of the shortest order (BR07)
        at = choices[3] if number == 1 and not is_woman else project
        _session(world, order, placement, at, date, outcome, credited, is_in_both)
    saturday = DAY_1 + days(order.details["UPW_DETAILS_ID"] % 2)
    for number, date in enumerate((saturday, saturday + days(7), saturday + days(14))):
        _session(world, order, placement, project, date, "", None, number < 2)
    if order.details["UPW_DETAILS_ID"] % 3 == 0:
        _adjustment(world, order)


def _placement(world: World, order: Order, company: str, project: Row, first: dt.date) -> Row:
    number = world.draw.next(f"placement {company}")
    row: Row = {
        "placement_id": f"PL-{number:07d}",
        "person": order.case.person,
        "project": project,
        "order": order,
        "assessment_date": order.case.start + days(6),
        "start_date": first,
        "weekday": WEEKDAYS[first.weekday()],
        "minutes": LONG if first.weekday() % 2 else SHORT,
        "travel_minutes": world.draw.number(5, 85),
    }
    world.placements[company].append(row)
    return row


def _session(
    world: World,
    order: Order,
    placement: Row,
    project: Row,
    date: dt.date,
    outcome: str,
    credited: int | None,
    is_in_case_system: bool,
) -> None:
    appointment = None
    if is_in_case_system:
        appointment = _appointment(world, order, project, date, outcome, credited, placement["minutes"])
    company = project["PROBATION_AREA_CODE"]
    world.sessions[company].append(
        {
            "session_id": f"SE-{world.draw.next(f'session {company}'):07d}",
            "placement": placement,
            "project": project,
            "session_date": date,
            "start_time": STARTS,
            "end_time": ENDS[placement["minutes"]],
            "offered": placement["minutes"],
            "credited": credited,
            "outcome": outcome,
            "supervisor": order.details["OFFICER_CODE"],
            "appointment": appointment,
        }
    )


def _appointment(
    world: World, order: Order, project: Row, date: dt.date, outcome: str, credited: int | None, minutes: int
) -> Row:
    desk = order.case.person.place.unpaid_work
    contact = world.add(
        "CONTACT",
        OFFENDER_ID=order.case.person.id,
        EVENT_ID=order.case.event["EVENT_ID"],
        RQMNT_ID=order.requirement["RQMNT_ID"],
        CONTACT_TYPE_CODE="CUPA",
        CONTACT_DATE=date,
        CONTACT_START_TIME=STARTS,
        CONTACT_OUTCOME_TYPE_CODE=outcome,
        RAR_ACTIVITY=False,
        SENSITIVE=False,
        PROBATION_AREA_CODE=desk.area,
        TEAM_CODE=desk.team,
        OFFICER_CODE=desk.officer,
        NOTES="",
        SOFT_DELETED=False,
    )
    is_known = bool(outcome)
    return world.add(
        "UPW_APPOINTMENT",
        UPW_DETAILS_ID=order.details["UPW_DETAILS_ID"],
        UPW_PROJECT_ID=project["UPW_PROJECT_ID"],
        OFFENDER_ID=order.case.person.id,
        CONTACT_ID=contact["CONTACT_ID"],
        APPOINTMENT_DATE=date,
        START_TIME=STARTS,
        END_TIME=ENDS[minutes],
        MINUTES_OFFERED=minutes,
        MINUTES_CREDITED=credited,
        TRAVEL_TIME=0 if is_known else None,
        PENALTY_TIME=0 if is_known else None,
        ATTENDED=outcome in ("ATTC", "ATSH") if is_known else None,
        COMPLIED=outcome not in ("UAAB", "ATSH") if is_known else None,
        CONTACT_OUTCOME_TYPE_CODE=outcome,
        TEAM_CODE=desk.team,
        OFFICER_CODE=desk.officer,
        SOFT_DELETED=False,
        case=order.case,
        project=project,
    )


def _adjustment(world: World, order: Order) -> None:
    is_addition = order.details["UPW_DETAILS_ID"] % 2 == 0
    world.add(
        "UPW_ADJUSTMENT",
        OFFENDER_ID=order.case.person.id,
        UPW_DETAILS_ID=order.details["UPW_DETAILS_ID"],
        ADJUSTMENT_AMOUNT=60,
        ADJUSTMENT_DATE=order.case.start + days(40),
        ADJUSTMENT_TYPE="POSITIVE" if is_addition else "NEGATIVE",
        ADJUSTMENT_REASON_CODE="TTX" if is_addition else "CRT",
        SOFT_DELETED=False,
        case=order.case,
    )
