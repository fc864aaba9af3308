"""What a custodial sentence brings: custody, licence conditions, PSS requirements, reports, key dates."""

import datetime as dt

from samples.cases import Case, add_managers
from samples.dates import days
from samples.world import Row, World


def add_custody(world: World, case: Case, status: str) -> Row:
    """Add the custody row of a released person: `status` B on licence, P in post-sentence supervision."""
    released = case.start + days(45)
    world.add("KEY_DATE", case=case, KEY_DATE_TYPE="LED", KEY_DATE=released + days(180))
    world.add("KEY_DATE", case=case, KEY_DATE_TYPE="SED", KEY_DATE=released + days(200))
    world.add("RELEASE", case=case, ACTUAL_RELEASE_DATE=released, RELEASE_TYPE="ADL")
    return world.add(
        "CUSTODY",
        DISPOSAL_ID=case.sentence["DISPOSAL_ID"],
        OFFENDER_ID=case.person.id,
        CUSTODIAL_STATUS_CODE=status,
        STATUS_CHANGE_DATE=released,
        PRISONER_NUMBER=f"ZZ{world.draw.next('prisoner') % 10_000:04d}",
        INSTITUTION_CODE="UNKNOW",
        PSS_START_DATE=released + days(10) if status == "P" else None,
        SOFT_DELETED=False,
    )


def add_prison(world: World, case: Case, release: dt.date) -> Row:
    """Add the custody row of somebody still in prison, and the key dates that the prison gave."""
    dates = {
        "ACR": release,
        "LED": release + days(120),
        "SED": release + days(140),
        "PSSED": release + days(365),
    }
    for kind, day in dates.items():
        world.add("KEY_DATE", case=case, KEY_DATE_TYPE=kind, KEY_DATE=day)
    return world.add(
        "CUSTODY",
        DISPOSAL_ID=case.sentence["DISPOSAL_ID"],
        OFFENDER_ID=case.person.id,
        CUSTODIAL_STATUS_CODE="D",
        STATUS_CHANGE_DATE=case.start,
        PRISONER_NUMBER=f"ZZ{world.draw.next('prisoner') % 10_000:04d}",
        INSTITUTION_CODE="ZZPRIS",
        PSS_START_DATE=None,
        SOFT_DELETED=False,
    )


def add_licence_condition(world: World, case: Case, main: str, sub: str, ended: dt.date | None = None) -> Row:
    """Add a licence condition that began at release, with its manager."""
    released = case.start + days(45)
    row = world.add(
        "LIC_CONDITION",
        DISPOSAL_ID=case.sentence["DISPOSAL_ID"],
        OFFENDER_ID=case.person.id,
        LIC_COND_TYPE_MAIN_CAT_CODE=main,
        LIC_COND_TYPE_SUB_CAT_CODE=sub,
        START_DATE=released,
        COMMENCEMENT_DATE=released,
        TERMINATION_DATE=ended,
        LIC_TERMINATION_REASON_CODE="COMP" if ended else "",
        ACTIVE_FLAG=ended is None,
        PENDING_TRANSFER=False,
        SOFT_DELETED=False,
    )
    add_managers(world, "LIC_CONDITION_MANAGER", row, case.person.place.order, released, ended)
    return row


def add_pss_requirement(world: World, case: Case, custody: Row, main: str) -> Row:
    """Add a post-sentence supervision requirement below the custody, with its manager."""
    imposed = custody["PSS_START_DATE"]
    row = world.add(
        "PSS_RQMNT",
        CUSTODY_ID=custody["CUSTODY_ID"],
        OFFENDER_ID=case.person.id,
        PSS_RQMNT_TYPE_MAIN_CAT_CODE=main,
        IMPOSED_DATE=imposed,
        LENGTH=180,
        ACTIVE_FLAG=True,
        PENDING_TRANSFER=False,
        SOFT_DELETED=False,
        case=case,
    )
    add_managers(world, "PSS_RQMNT_MANAGER", row, case.person.place.order, imposed)
    return row


def add_court_report(world: World, case: Case, is_done: bool) -> Row:
    """Add a court report on the event of `case`, live unless `is_done`."""
    asked = dt.date(2021, 6, 1)
    report = world.add(
        "COURT_REPORT",
        EVENT_ID=case.event["EVENT_ID"],
        OFFENDER_ID=case.person.id,
        COURT_REPORT_TYPE_CODE=world.draw.pick(("CJF", "CJO", "PSA")),
        DATE_REQUESTED=asked,
        DATE_REQUIRED=dt.date(2021, 7, 5),
        COMPLETED_DATE=dt.date(2021, 6, 18) if is_done else None,
        SOFT_DELETED=False,
    )
    _report_manager(world, case, asked, COURT_REPORT_ID=report["COURT_REPORT_ID"])
    return report


def add_institutional_report(world: World, case: Case, custody: Row) -> Row:
    """Add a live report to the prison."""
    asked = dt.date(2021, 6, 2)
    report = world.add(
        "INSTITUTIONAL_REPORT",
        CUSTODY_ID=custody["CUSTODY_ID"],
        OFFENDER_ID=case.person.id,
        INSTITUTION_REPORT_TYPE_CODE="PAR",
        DATE_REQUESTED=asked,
        DATE_REQUIRED=dt.date(2021, 7, 12),
        SOFT_DELETED=False,
    )
    _report_manager(world, case, asked, INSTITUTIONAL_REPORT_ID=report["INSTITUTIONAL_REPORT_ID"])
    return report


def _report_manager(world: World, case: Case, start: dt.date, **report: int) -> None:
    desk = case.person.place.order
    world.add(
        "REPORT_MANAGER",
        EVENT_ID=case.event["EVENT_ID"],
        **report,
        PROBATION_AREA_CODE=desk.area,
        TEAM_CODE=desk.team,
        OFFICER_CODE=desk.officer,
        ALLOCATION_DATE=start,
        ACTIVE_FLAG=True,
        SOFT_DELETED=False,
    )
