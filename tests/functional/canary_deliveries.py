"""Deliveries with canaries in them: rows are changed before they are written, so that manifests agree."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from canary_rows import CANARIES, KEYS, NAMELESS, Canary

from samples.cut import baseline
from samples.defects.across import plant_across
from samples.defects.plan import CARRIED, plant
from samples.defects.site import Site
from samples.delivery import Delivery, SentFile
from samples.exports import EXPORTS, draw_delivery, write_files
from samples.make import draw_world
from samples.manifest import write_delivery
from samples.world import Row

Planted = tuple[str, str]
"""Rule, and the export in which it is broken."""

CYCLE = "day-1"
DAMAGED = ("C04", "C17")
"""Companies with the defects of the samples: one that lands in two regions, one with its own case system."""

HOMES = {"eoc": "C04", "spg": "C16", "upw": "C16"}
HOME = "C01"
"""Where the canaries of an export are planted."""

PERSON = ("OFFENDER_ID", "person_ref")
"""Columns that say whose a row is: of a person no second row is changed, which the first might take along."""


def make_deliveries(out: Path, people: int = 72) -> set[Planted]:
    """Write the baseline and all deliveries: defects in two companies, canaries in each export.

    Gives what was planted.
    """
    planted = {(each.rule, each.export) for each in CANARIES}
    companies = sorted({*DAMAGED, *HOMES.values(), HOME})
    world = draw_world(companies, people, seed=1)
    before = baseline(world, CYCLE)
    sites = []
    for company in companies:
        delivery = draw_delivery(world, company, CYCLE)
        plant_canaries(delivery, [each for each in CANARIES if HOMES.get(each.export, HOME) == company])
        is_damaged = company in DAMAGED
        site = plant(world, delivery, before, CARRIED if is_damaged else (), list(EXPORTS))
        sites.append(site)
        refer_who_stays(site)
        if company in (HOME, HOMES["spg"]):
            offer_rate_card(company, before)
        if company == HOMES["spg"]:
            planted.add(lose_identifiers(delivery, before))
        if company == HOMES["upw"]:
            shorten_schedule(delivery)
        if company == HOME:
            leave_without_manager(delivery, before)
            send_one_of_two_away(delivery)
    plant_across(sites, CARRIED, list(EXPORTS))
    for site in sites:
        planted |= {(expected.rule, expected.export) for _, expected in site.expected}
        files = [_broken(file) for file in write_files(site.delivery)]
        write_delivery(out / CYCLE / site.company, site.delivery, files)
    write_delivery(out / CYCLE / "baseline", before, write_files(before))
    return planted


def plant_canaries(delivery: Delivery, canaries: Sequence[Canary]) -> None:
    """Plant them in order. What is copied is one of the last rows: defects choose from the first ones."""
    taken: set[Any] = set()
    drawn = {place: list(rows) for place, rows in delivery.parts.items()}
    for number, each in enumerate(canaries, start=1):
        place = each.export, "messages" if each.export == "spg" else each.part
        key = KEYS.get(place)
        is_copy = each.again or key is not None
        rows = drawn[place][::-1] if is_copy else drawn[place]
        row = next((row for row in rows if _suits(row, each, taken)), None)
        assert row is not None, f"no row left for the canary of {each.rule} in {each.export} {each.part}"
        if not each.again and key is not None:
            delivery.parts[place].append(_copy(row, number) | {key: f"CANARY-{number}"} | each.changes)
            continue
        taken.add(_owner(row, each))
        if each.again:
            delivery.parts[place].insert(delivery.parts[place].index(row) + 1, row | each.changes)
        else:
            row.update(each.changes)


def leave_without_manager(delivery: Delivery, before: Delivery) -> None:
    """O01: nobody manages the last person that the company manages, here and in nDelius."""
    own = [row for row in delivery.rows("delius", "OFFENDER_MANAGER") if row["ACTIVE_FLAG"]]
    person = next(row["OFFENDER_ID"] for row in own[::-1] if row["PROBATION_AREA_CODE"] == delivery.company)
    for side in (delivery, before):
        for table in ("RESPONSIBLE_OFFICER", "OFFENDER_MANAGER"):
            rows = side.rows("delius", table)
            rows[:] = [row for row in rows if row["OFFENDER_ID"] != person]


def refer_who_stays(site: Site) -> None:
    """X01: the last open referral is of somebody without a region, who stays with everything (G01)."""
    staying = [one.row for _, one in site.expected if one.rule == "G01" and one.row]
    if staying and site.company in DAMAGED:
        rows = site.delivery.rows("referrals", "referrals")
        person = {"crn": "CRN", "surname": "SURNAME", "date_of_birth": "DATE_OF_BIRTH_DATE"}
        last = next(row for row in rows[::-1] if row["end_date"] is None)
        last |= {word: staying[0][column] for word, column in person.items()}


def offer_rate_card(company: str, before: Delivery) -> None:
    """R09: the last live intervention that the company manages is of the rate card, as nDelius has it."""
    managers = [row for row in before.rows("delius", "NSI_MANAGER") if row["ACTIVE_FLAG"]]
    own = {row["NSI_ID"] for row in managers if row["PROBATION_AREA_CODE"] == company}
    live = [row for row in before.rows("delius", "NSI") if row["ACTIVE_FLAG"] and row["NSI_ID"] in own]
    live[-1]["NSI_TYPE_CODE"] = "RC01"


def lose_identifiers(delivery: Delivery, before: Delivery) -> Planted:
    """M11: the last person sentenced to no unpaid work has no number any more; both sides have a second name
    and the day of sentence."""
    messages = delivery.rows("spg", "messages")
    working = {row["person_ref"] for row in messages if row["record"].startswith("UPW")}
    sentenced = [row for row in messages if row["record"] == "Event" and row["OrderType"] and row["crn"]]
    event = next(row for row in sentenced[::-1] if row["person_ref"] not in working)
    own = [row for row in messages if row["person_ref"] == event["person_ref"]]
    for row in own:
        row["crn"] = ""
    profile = next(row for row in own if row["record"] == "OffenderProfile")
    profile.update(NAMELESS, SecondName="Zzsecond")
    person = next(
        row for row in before.rows("delius", "OFFENDER") if row["OFFENDER_ID"] == profile["OffenderID"]
    )
    person.update(SECOND_NAME="Zzsecond", FIRST_NAME=profile["FirstName"], SURNAME=profile["Surname"])
    return "M11", "spg"


def shorten_schedule(delivery: Delivery) -> None:
    """U22: the schedule lacks a session that nDelius has; no canary is a copy of the first ones."""
    sessions = delivery.rows("upw", "Sessions")
    sessions.remove(next(row for row in sessions if row["case_system_ref"]))


def send_one_of_two_away(delivery: Delivery) -> None:
    """L02: of two who may see a restricted person one objects to the transfer."""
    active = [row for row in delivery.rows("delius", "RESTRICTION") if not row["RESTRICTION_END_DATE"]]
    stays, leaves = (row["USER_NAME"] for row in active if row["OFFENDER_ID"] == active[0]["OFFENDER_ID"])
    assert stays != leaves
    employees = delivery.rows("staff", "Staff")
    next(row for row in employees if row["user_name"] == leaves)["objected"] = True


def _suits(row: Row, each: Canary, taken: set[Any]) -> bool:
    is_record = each.export != "spg" or row["record"] == each.part
    fits = all(row.get(name) == value for name, value in each.where.items())
    return is_record and fits and _owner(row, each) not in taken


def _owner(row: Row, each: Canary) -> Any:
    """Whose the row is, or the row itself."""
    return each.export, next((row[name] for name in PERSON if row.get(name)), id(row))


def _copy(row: Row, number: int) -> Row:
    """A copy that shares no list, and no number which belongs to one row only."""
    return deepcopy(row) | ({"alfresco_id": f"canary-{number}"} if "alfresco_id" in row else {})


def _broken(file: SentFile) -> SentFile:
    """The file with what no writer writes: a separator more (T01), a NUL (T02). Totals count no such row."""
    separator = b";" if b";" in file.content.split(b"\n")[0] else b","
    broken = file.content.replace(b"Sample CUT", b"Sample" + separator).replace(b"Sample NUL", b"Sample \0")
    return file if broken == file.content else replace(file, content=broken, totals={})
