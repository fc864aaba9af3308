"""Damage to events, components and managers of the provider extract."""

import datetime as dt

from samples import facts
from samples.defects.below import expect_below
from samples.defects.site import Site, has_no_deleted_row, is_only_in_case_system
from samples.world import Person, Row, key_column

WORKING = ("shared", "unpaid work")
"""Kinds of case with one live unpaid work order."""


def closed_without_date(site: Site) -> None:
    """D35: a closed requirement without its closing date."""
    person = site.victim(lambda found: found.kind == "rar")
    row = site.row("RQMNT", OFFENDER_ID=person.id, RQMNT_TYPE_MAIN_CATEGORY_CODE="E")
    row["TERMINATION_DATE"] = None
    site.expect("delius", "RQMNT", row, "R01")
    expect_below(site, "RQMNT", row)


def future_sentence(site: Site) -> None:
    """D36."""
    person = site.victim(lambda found: found.kind == "licence" and has_no_deleted_row(site, found))
    row = site.row("DISPOSAL", OFFENDER_ID=person.id)
    row.update(DISPOSAL_DATE=dt.date(2021, 9, 1), NOTIONAL_END_DATE=dt.date(2022, 8, 31))
    site.expect("delius", "DISPOSAL", row, "E03")
    expect_below(site, "DISPOSAL", row)


def unreadable_end(site: Site) -> None:
    """D64: the sentence ended on a day that is none."""

    def suits(person: Person) -> bool:
        alone = has_no_deleted_row(site, person) and is_only_in_case_system(site, person)
        return alone and bool(site.rows("DISPOSAL", OFFENDER_ID=person.id))

    row = site.row("DISPOSAL", OFFENDER_ID=site.victim(suits).id)
    row["TERMINATION_DATE"] = "00/00/0000"
    site.expect("delius", "DISPOSAL", row, "T13")
    expect_below(site, "DISPOSAL", row)


def event_number_twice(site: Site) -> None:
    """D37."""
    person = site.victim(lambda found: found.kind == "supervision" and has_no_deleted_row(site, found))
    first, second = site.rows("EVENT", OFFENDER_ID=person.id)
    second["EVENT_NUMBER"] = first["EVENT_NUMBER"]
    site.expect("delius", "EVENT", second, "E01")
    expect_below(site, "EVENT", second)


def two_managers(site: Site) -> None:
    """D38: an older offender manager was never closed."""
    person = site.victim(lambda found: found.kind != "shared" and _is_own(site, found))
    manager = site.row("OFFENDER_MANAGER", OFFENDER_ID=person.id, ACTIVE_FLAG=True)
    key = key_column("OFFENDER_MANAGER")
    older = manager | {key: site.world.draw.key("OFFENDER_MANAGER"), "ALLOCATION_DATE": dt.date(2019, 12, 2)}
    site.delivery.rows("delius", "OFFENDER_MANAGER").append(older)
    site.baseline.rows("delius", "OFFENDER_MANAGER").append(dict(older))
    site.expect("delius", "OFFENDER_MANAGER", older, "O02")


def _is_own(site: Site, person: Person) -> bool:
    return person.place.person.area == site.company


def _rar(site: Site) -> Row:
    """The live RAR of an undamaged person, managed by the company."""
    person = site.victim(lambda found: found.kind == "rar")
    return site.row("RQMNT", OFFENDER_ID=person.id, RQMNT_TYPE_MAIN_CATEGORY_CODE="F")


def no_manager(site: Site) -> None:
    """D39: the only manager rows of a live requirement are gone."""
    row = _rar(site)
    for delivery in (site.delivery, site.baseline):
        managers = delivery.rows("delius", "RQMNT_MANAGER")
        managers[:] = [manager for manager in managers if manager["RQMNT_ID"] != row["RQMNT_ID"]]
    site.expect("delius", "RQMNT", row, "O03")


def no_team(site: Site) -> None:
    """D40: an officer without team."""
    row = site.row("RQMNT_MANAGER", RQMNT_ID=_rar(site)["RQMNT_ID"], ACTIVE_FLAG=True)
    site.change_both("RQMNT_MANAGER", row, TEAM_CODE="")
    site.expect("delius", "RQMNT_MANAGER", row, "O04")


def manager_of_nothing(site: Site) -> None:
    """D41: an ended manager row names a requirement that does not exist."""
    ended = [row for row in site.rows("RQMNT_MANAGER", ACTIVE_FLAG=False) if row["TEAM_CODE"]]
    live = {row["RQMNT_ID"] for row in site.rows("RQMNT", ACTIVE_FLAG=True)}
    row = next(row for row in ended if row["RQMNT_ID"] in live)
    row["RQMNT_ID"] = 2_599_999_999
    site.expect("delius", "RQMNT_MANAGER", row, "X02")


def rar_days(site: Site) -> None:
    """D43: a live RAR without days; one with more days done than ordered."""
    blank, over = _rar(site), _rar(site)
    site.change_both("RQMNT", blank, LENGTH=None, RAR_COUNT=None)
    site.expect("delius", "RQMNT", blank, "R04")
    site.change_both("RQMNT", over, RAR_COUNT=over["LENGTH"] + 5)
    site.expect("delius", "RQMNT", over, "R05")


def _order(site: Site, person: Person) -> Row:
    """The live unpaid work order of a person: that of the latest sentence."""
    return site.rows("UPW_DETAILS", OFFENDER_ID=person.id)[-1]


def long_and_short_order(site: Site) -> None:
    """D44: 320 hours; and 39 hours, of which fewer are done and a fifth is more than one session (U11)."""
    long = _order(site, site.victim(lambda found: found.kind == "shared"))
    site.change_both("UPW_DETAILS", long, UPW_LENGTH_MINUTES=19_200)
    site.expect("delius", "UPW_DETAILS", long, "U02")
    short = _order(site, site.victim(lambda found: found.kind in WORKING and _has_done(site, found) <= 2_200))
    site.change_both("UPW_DETAILS", short, UPW_LENGTH_MINUTES=2_340)
    site.expect("delius", "UPW_DETAILS", short, "U01")


def _has_done(site: Site, person: Person) -> int:
    sessions = site.world.sessions[site.company]
    return sum(row["credited"] or 0 for row in sessions if row["placement"]["person"].id == person.id)


def credits_above_order(site: Site) -> None:
    """D45: an adjustment larger than the order."""
    added = site.rows("UPW_ADJUSTMENT", ADJUSTMENT_TYPE="POSITIVE")
    by_order = {row["UPW_DETAILS_ID"]: row for row in added}

    def has_addition(person: Person) -> bool:
        orders = site.rows("UPW_DETAILS", OFFENDER_ID=person.id)
        return bool(orders) and orders[-1]["UPW_DETAILS_ID"] in by_order

    order = _order(site, site.victim(has_addition))
    row = by_order[order["UPW_DETAILS_ID"]]
    site.change_both("UPW_ADJUSTMENT", row, ADJUSTMENT_AMOUNT=order["UPW_LENGTH_MINUTES"] + 60)
    site.expect("delius", "UPW_DETAILS", order, "U03")


def restricted_to_leavers(site: Site) -> None:
    """D57: all who may see a person stay behind: they object to the transfer.

    A company with its own case system delivers no restrictions: nDelius's row is the one that is named.
    """
    persons = {person.id for person in site.world.of(site.company)}
    known = [row for row in site.baseline.rows("delius", "RESTRICTION") if row["OFFENDER_ID"] in persons]
    first = next(row for row in known if _is_open(row))
    site.taken.add(first["OFFENDER_ID"])
    active = [row for row in known if _is_open(row) and row["OFFENDER_ID"] == first["OFFENDER_ID"]]
    limits = known + site.baseline.rows("delius", "EXCLUSION")
    others = {row["USER_NAME"] for row in limits if row not in active}
    leaver = next(
        employee
        for employee in site.delivery.rows("staff", "Staff")
        if employee["user_name"] and employee["user_name"] not in others
    )
    leaver["objected"] = True
    for row in active:
        row["USER_NAME"] = leaver["user_name"]
        said = site.rows("RESTRICTION", RESTRICTION_ID=row["RESTRICTION_ID"]) or [row]
        said[0]["USER_NAME"] = leaver["user_name"]
        site.expect("delius", "RESTRICTION", said[0], "L03")


def _is_open(restriction: Row) -> bool:
    return restriction.get("RESTRICTION_END_DATE") is None


def no_geography(site: Site) -> None:
    """D58: a hub team and no address that says where."""

    def suits(person: Person) -> bool:
        return (
            person.kind in ("closed", "licence")
            and is_only_in_case_system(site, person)
            and has_no_deleted_row(site, person)
        )

    held = site.victim(suits)
    for row in site.rows("OFFENDER_ADDRESS", OFFENDER_ID=held.id):
        site.change_both("OFFENDER_ADDRESS", row, POSTCODE="", DISTRICT="", COUNTY="")
    hub = site.world.officers[f"{site.company}H01"][0]
    for row in site.rows("OFFENDER_MANAGER", OFFENDER_ID=held.id):
        site.change_both("OFFENDER_MANAGER", row, TEAM_CODE=f"{site.company}H01", OFFICER_CODE=hub)
    offender = site.row("OFFENDER", OFFENDER_ID=held.id)
    site.expect("delius", "OFFENDER", offender, "G01")
    expect_below(site, "OFFENDER", offender)


def geography_against_team(site: Site) -> None:
    """D58: the address lies in another region than the team."""
    person = site.victim(lambda found: found.kind == "closed" and _is_own(site, found))
    region = next(
        line["region"]
        for line in facts.company_teams(site.company)
        if line["crc_team"] == person.place.person.team
    )
    district = next(
        line["district"]
        for line in facts.lines("mappings", "routing", "postcode_districts.csv")
        if line["company"] == site.company and line["region"] not in ("", region)
    )
    main = site.row("OFFENDER_ADDRESS", OFFENDER_ID=person.id, ADDRESS_STATUS_CODE="M", SOFT_DELETED=False)
    site.change_both("OFFENDER_ADDRESS", main, POSTCODE=f"{district} 9ZZ", NO_FIXED_ABODE=False)
    site.expect("delius", "OFFENDER", site.row("OFFENDER", OFFENDER_ID=person.id), "G02")


def code_of_ndelius(site: Site) -> None:
    """D74: a sentence under a code of nDelius that our sample lists lack. It is carried as itself."""
    person = site.victim(
        lambda found: found.kind in ("closed", "supervision") and has_no_deleted_row(site, found)
    )
    site.change_both("DISPOSAL", site.row("DISPOSAL", OFFENDER_ID=person.id), DISPOSAL_TYPE_CODE="SD7")
